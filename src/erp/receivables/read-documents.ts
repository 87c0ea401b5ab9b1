import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { LocalDate } from '#kernel/time';

type Sql = ReturnType<typeof sql>;

/** Payments, or write-offs: what may be taken back. `d` is the document, `t` what took it back. */
export type Shelf = { readonly table: Sql; readonly columns: Sql; readonly day: Sql };

/** Which of them to list. */
export type ShelfFilter = {
  readonly legalEntity?: string;
  readonly customer?: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

/** Documents of a shelf, the newest first. */
export async function listDocuments<T>(
  handle: Handle,
  { table, columns, day }: Shelf,
  filter: ShelfFilter,
): Promise<readonly T[]> {
  const { legalEntity = null, customer = null, from = null, to = null, after = null } = filter;
  return await rows<T>(
    handle,
    sql`select ${columns} from ${table} d
      left join erp_receivables.taken_back t on t.document_id = d.id
      where (${legalEntity}::text is null or d.legal_entity = ${legalEntity})
        and (${customer}::text is null or d.customer = ${customer})
        and (${from}::date is null or d.${day} >= ${from})
        and (${to}::date is null or d.${day} <= ${to})
        and (${after}::text is null or (d.${day}, d.id) <
          (select a.${day}, a.id from ${table} a where a.id = ${after}))
      order by d.${day} desc, d.id desc limit ${filter.limit}`,
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
    sql`select ${columns} from ${table} d
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
    sql`select 1 from ${shelf.table} d where ${which} order by d.id for no key update`,
  );
  return await findDocuments(tx, shelf, ids);
}
