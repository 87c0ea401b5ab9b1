import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { parentsOf } from './create-parties.ts';
import type { PartiesProblemCode } from './errors.ts';
import { findDuplicates } from './find-duplicates.ts';
import type { Likeness } from './find-duplicates.ts';
import { forgetParty } from './list-parties.ts';
import { PARTY_COLUMNS, PARTY_SELECT, partyOf, partyProblem, partyRowOf } from './party.ts';
import type { Party, PartyFields, PartyRole, PartyRow } from './party.ts';

/** What is to be otherwise, if the party is still at `version`. Undefined empties a field. */
export type PartyChange = {
  readonly id: string;
  readonly version: number;
  readonly set: Partial<PartyFields>;
};
type Changed = {
  readonly id: string;
  readonly version: number;
  readonly warnings: readonly Likeness[];
};
type UpdateParties = (
  tx: Handle,
  context: ErpContext,
  changes: readonly PartyChange[],
) => Promise<readonly Result<Changed, PartiesProblemCode>[]>;

/** Changes customers; each change is kept with who made it. One is changed once a call. */
export const updateCustomers: UpdateParties = (tx, context, changes) =>
  updateParties(tx, context, 'customer', changes);

/** Changes suppliers; each change is kept with who made it. One is changed once a call. */
export const updateSuppliers: UpdateParties = (tx, context, changes) =>
  updateParties(tx, context, 'supplier', changes);

async function updateParties(
  tx: Handle,
  context: ErpContext,
  role: PartyRole,
  changes: readonly PartyChange[],
): Promise<readonly Result<Changed, PartiesProblemCode>[]> {
  const standing = await lockParties(tx, role, changes);
  const parents = await parentsOf(
    tx,
    role,
    changes.map(({ set }) => set),
  );
  const changed = new Map<string, Party>();
  const decided = changes.map(({ id, version, set }) => {
    const party = standing.get(id);
    if (party === undefined) {
      return refuse('parties.unknown-party' as const, `there is no such ${role}`, 'id');
    }
    if (party.version !== version || changed.has(id)) {
      const message = `${role} ${party.number} is at version ${party.version}, or changed twice`;
      return refuse('parties.version-conflict' as const, message, 'version');
    }
    const next: Party = { ...party, ...set, version: version + 1 };
    const problem = partyProblem(role, next);
    if (problem !== undefined) return problem;
    if (set.parent !== undefined && (set.parent === id || !parents.has(set.parent))) {
      return refuse('parties.unknown-party' as const, `there is no other such ${role}`, 'parent');
    }
    changed.set(id, next);
    return accept(id);
  });
  const written = [...changed.values()];
  if (written.length > 0) await write(tx, context, written);
  const alike = await findDuplicates(tx, role, written);
  const results = new Map(
    written.map(({ id, version }, at) => [id, { id, version, warnings: alike[at] ?? [] }]),
  );
  return decided.flatMap((each) => {
    if (!each.ok) return each;
    const one = results.get(each.value);
    return one === undefined ? [] : accept(one);
  });
}

async function lockParties(
  tx: Handle,
  role: PartyRole,
  changes: readonly PartyChange[],
): Promise<ReadonlyMap<string, Party>> {
  const found = await rows<PartyRow>(
    tx,
    sql`select ${PARTY_SELECT} from erp_parties.party p
      where p.role = ${role} and p.id = any(${changes.map(({ id }) => id)})
      order by p.id for update`,
  );
  return new Map(found.map(partyOf).map((party) => [party.id, party]));
}

async function write(tx: Handle, context: ErpContext, parties: readonly Party[]): Promise<void> {
  const { id: _id, ...settable } = PARTY_COLUMNS;
  const assignments = Object.keys(settable).map(
    (name) => sql`${sql.id(name)} = draft.${sql.id(name)}`,
  );
  await rows(
    tx,
    sql`update erp_parties.party p set ${sql.join(assignments)}, version = p.version + 1,
        changed_by = ${context.by}, changed_at = ${context.clock()}
      from ${unnested('draft', PARTY_COLUMNS, parties.map(partyRowOf))} where p.id = draft.id`,
  );
  for (const { id } of parties) forgetParty(tx, id);
}
