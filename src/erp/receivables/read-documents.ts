import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';

type Sql = ReturnType<typeof sql>;

/** Payments, or write-offs: what may be taken back. `d` is the document, `t` what took it back. */
export type Shelf<Key extends string = string> = {
  readonly table: string;
  readonly columns: Sql;
  readonly day: Key; // That it is listed by, the newest first.
  readonly keys: Readonly<Record<Key, string>>; // That it can be sorted by.
};

/** Which of them to list. */
export type ShelfFilter<Key extends string = string> = {
  readonly legalEntity?: string;
  readonly customer?: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<Key>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

/** Documents of a shelf, unless sorted otherwise the newest first. */
export async function listDocuments<T, Key extends string>(
  handle: Handle,
  { table, columns, day, keys }: Shelf<Key>,
  filter: ShelfFilter<Key>,
): Promise<readonly T[]> {
  const { legalEntity, customer, from, to } = filter;
  const list = { table, alias: 'd', columns: keys };
  const { order, isAfter } = sortedBy<Key>(list, filter.sort ?? `-${day}`, filter.after);
  const on = sql.ref(`d.${keys[day]}`);
  const conditions = [
    ...given(legalEntity, (value) => sql`d.legal_entity = ${value}`),
    ...given(customer, (value) => sql`d.customer = ${value}`),
    ...given(from, (value) => sql`${on} >= ${value}`),
    ...given(to, (value) => sql`${on} <= ${value}`),
    ...given(filter.number, (value) => sql`starts_with(d.number, ${value})`),
    isAfter,
  ];
  return await rows<T>(
    handle,
    sql`select ${columns} from ${sql.table(table)} d
      left join erp_receivables.taken_back t on t.document_id = d.id
      where ${sql.join(conditions, sql` and `)}
      order by ${order} ${atMost(filter.limit)}`,
  );
}

/** Documents of a shelf by id. */
export async function findDocuments<T extends { readonly id: string }>(
  handle: Handle,
  { table, columns }: Shelf,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const found = await rows<T>(
    handle,
    sql`select ${columns} from ${sql.table(table)} d
      left join erp_receivables.taken_back t on t.document_id = d.id
      where d.id = any(${[...ids]})`,
  );
  return new Map(found.map((document) => [document.id, document]));
}

/** Documents of a shelf by id, locked: who takes one back waits for who else does. */
export async function lockDocuments<T extends { readonly id: string }>(
  tx: Handle,
  shelf: Shelf,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const which = sql`d.id = any(${[...ids]})`;
  await rows(
    tx,
    sql`select 1 from ${sql.table(shelf.table)} d where ${which} order by d.id for no key update`,
  );
  return await findDocuments(tx, shelf, ids);
}
