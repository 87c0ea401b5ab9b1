import { rows, sql } from '#database';
import type { Handle } from '#database';
import { PARTY_SELECT, partyOf } from './party.ts';
import type { Party, PartyRole, PartyRow } from './party.ts';

/** Parties of a legal entity by the numbers they bear; those that are not there are left out. */
export async function partiesByNumber(
  handle: Handle,
  of: {
    readonly legalEntity: string;
    readonly role: PartyRole;
    readonly numbers: readonly string[];
  },
): Promise<ReadonlyMap<string, Party>> {
  const found = await rows<PartyRow>(
    handle,
    sql`select ${PARTY_SELECT} from erp_parties.party p
      where p.legal_entity = ${of.legalEntity} and p.role = ${of.role}
        and p.number = any(${[...new Set(of.numbers)]})`,
  );
  return new Map(found.map(partyOf).map((party) => [party.number, party]));
}
