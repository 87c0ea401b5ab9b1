import { memory, rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Instant } from '#kernel/time';
import { ITEM_SELECT, itemOf } from './item.ts';
import type { Item, ItemKind, ItemRow } from './item.ts';

/** Which items; what is left out does not matter. */
export type ItemFilter = {
  readonly legalEntity?: string | undefined;
  readonly search?: string | undefined; // In number, name and GTIN.
  readonly kind?: ItemKind | undefined;
  readonly status?: 'active' | 'inactive' | undefined;
  readonly itemGroup?: string | undefined;
  readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
  readonly after?: string | undefined; // The id of the last one seen.
  readonly limit: number;
};

const LIST = {
  table: 'erp_items.item',
  alias: 'i',
  columns: { number: 'number', name: 'name' },
} as const;

/** Items, unless sorted otherwise by number, from `after` on. */
export async function listItems(handle: Handle, filter: ItemFilter): Promise<readonly Item[]> {
  const { legalEntity, search, kind, status, itemGroup, limit } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? 'number', filter.after);
  const conditions = [
    isAfter,
    ...(legalEntity === undefined ? [] : [sql`i.legal_entity = ${legalEntity}`]),
    ...(kind === undefined ? [] : [sql`i.kind = ${kind}`]),
    ...(status === undefined ? [] : [sql`i.status = ${status}`]),
    ...(itemGroup === undefined ? [] : [sql`i.item_group = ${itemGroup}`]),
    ...(search === undefined ? [] : [isLike(search)]),
  ];
  const found = await rows<ItemRow>(
    handle,
    sql`select ${ITEM_SELECT} from erp_items.item i where ${sql.join(conditions, sql` and `)}
      order by ${order} limit ${limit}`,
  );
  return found.map(itemOf);
}

type Fragment = ReturnType<typeof sql<boolean>>;

function isLike(search: string): Fragment {
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(i.number ilike ${like} or i.name ilike ${like} or i.gtin = ${search})`;
}

/** The ids of items that a search finds, as part of another area's statement: `item in ${…}`. */
export const itemsLike = (search: string): Fragment =>
  sql<boolean>`(select i.id from erp_items.item i where ${isLike(search)})`;

const remembered = memory<Item>();

/**
 * Items by their ids, as other areas need to know them: units, costing, group, batches, lead time.
 * Those that are not there are left out. A transaction looks once.
 */
export const itemFacts = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item>> =>
  remembered.readMany(handle, ids, async (asked) => {
    const found = await rows<ItemRow>(
      handle,
      sql`select ${ITEM_SELECT} from erp_items.item i where i.id = any(${asked})`,
    );
    return new Map(found.map((row) => [row.id, itemOf(row)]));
  });

/** This transaction has changed an item. */
export const forgetItem = (tx: Handle, id: string): void => remembered.forget(tx, id);

/** One change of an item: who, when, and each column before and after; numbers as text. */
export type ItemHistory = {
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Instant;
  readonly changes: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
};

/** What was changed of an item, the newest first. */
export const itemHistory = (handle: Handle, id: string): Promise<readonly ItemHistory[]> =>
  rows<ItemHistory>(
    handle,
    sql`select version, changed_by as "changedBy", changed_at as "changedAt",
        coalesce((select jsonb_object_agg(c.key, (select jsonb_agg(
            case jsonb_typeof(v.value) when 'number' then to_jsonb(v.value #>> '{}') else v.value end
            order by v.ordinality)
          from jsonb_array_elements(c.value) with ordinality v))
          from jsonb_each(changes) c), '{}') as changes
      from erp_items.item_change where item = ${id} order by version desc`,
  );
