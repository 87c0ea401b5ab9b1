import { memory, rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Instant } from '#kernel/time';
import { PARTY_SELECT, partyOf } from './party.ts';
import type { Block, Party, PartyRole, PartyRow } from './party.ts';

/** Which parties; what is left out does not matter. */
export type PartyFilter = {
  readonly role: PartyRole;
  readonly legalEntity?: string | undefined;
  readonly search?: string | undefined; // In number, name and tax numbers.
  readonly status?: 'active' | 'inactive' | undefined;
  readonly block?: Block | undefined; // Who bears it.
  readonly segment?: string | undefined;
  readonly region?: string | undefined;
  readonly salesperson?: string | undefined;
  readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
  readonly after?: string | undefined; // The id of the last one seen.
  readonly limit: number;
};

const LIST = {
  table: 'erp_parties.party',
  alias: 'p',
  columns: { number: 'number', name: 'name' },
} as const;

/** Parties, unless sorted otherwise by number, from `after` on. */
export async function listParties(handle: Handle, filter: PartyFilter): Promise<readonly Party[]> {
  const { role, search, block, limit } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? 'number', filter.after);
  const like = search === undefined ? '' : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const equal = {
    legal_entity: filter.legalEntity,
    status: filter.status,
    segment: filter.segment,
    region: filter.region,
    salesperson: filter.salesperson,
  };
  const conditions = [
    isAfter,
    sql`p.role = ${role}`,
    ...Object.entries(equal).flatMap(([column, value]) =>
      value === undefined ? [] : [sql`p.${sql.id(column)} = ${value}`],
    ),
    ...(block === undefined ? [] : [sql`p.blocks ? ${block}`]),
    ...(search === undefined
      ? []
      : [
          sql`(p.number ilike ${like} or p.name ilike ${like} or p.legal_name ilike ${like}
            or p.tax_ids::text ilike ${like})`,
        ]),
  ];
  const found = await rows<PartyRow>(
    handle,
    sql`select ${PARTY_SELECT} from erp_parties.party p where ${sql.join(conditions, sql` and `)}
      order by ${order} limit ${limit}`,
  );
  return found.map(partyOf);
}

const remembered = memory<Party>();

/** Parties by their ids, whichever role; those that are not there are left out. A transaction looks once. */
export const findParties = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Party>> =>
  remembered.readMany(handle, ids, async (asked) => {
    const found = await rows<PartyRow>(
      handle,
      sql`select ${PARTY_SELECT} from erp_parties.party p where p.id = any(${asked})`,
    );
    return new Map(found.map(partyOf).map((party) => [party.id, party]));
  });

/** This transaction has changed a party. */
export const forgetParty = (tx: Handle, id: string): void => remembered.forget(tx, id);

/** What other areas need to know of suppliers, by id. Blocks are the caller's to heed. */
export const supplierFacts = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Party>> => factsOf(handle, 'supplier', ids);

/** What other areas need to know of customers, by id. Blocks and limit are the caller's to heed. */
export const customerFacts = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Party>> => factsOf(handle, 'customer', ids);

async function factsOf(
  handle: Handle,
  role: PartyRole,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Party>> {
  const found = await findParties(handle, ids);
  return new Map([...found].filter(([, party]) => party.role === role));
}

/** One change of a party: who, when, and each column before and after; numbers as text. */
export type PartyHistory = {
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Instant;
  readonly changes: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
};

/** What was changed of a party, the newest first. */
export const partyHistory = (handle: Handle, id: string): Promise<readonly PartyHistory[]> =>
  rows<PartyHistory>(
    handle,
    sql`select version, changed_by as "changedBy", changed_at as "changedAt",
        coalesce((select jsonb_object_agg(c.key, (select jsonb_agg(
            case jsonb_typeof(v.value) when 'number' then to_jsonb(v.value #>> '{}') else v.value end
            order by v.ordinality)
          from jsonb_array_elements(c.value) with ordinality v))
          from jsonb_each(changes) c), '{}') as changes
      from erp_parties.party_change where party = ${id} order by version desc`,
  );
