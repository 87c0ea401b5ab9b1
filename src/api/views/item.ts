import type { ItemDetail, ItemRow } from '#api-contract';
import { RECORD_SCHEMAS } from '#canonical';
import type { Item } from '#canonical';
import type { Handle } from '#database';
import type { RecordQuery, StoredRecord } from '#records';
import { listFilter, sortOf } from './list.ts';
import { readReferences } from './references.ts';
import { money, present, provenanceOf, storedOf } from './row.ts';

type Query = {
  readonly search?: string | undefined;
  readonly integration?: string | undefined;
  readonly sort?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly category?: string | undefined;
  readonly subcategory?: string | undefined;
};

/** The contract's filters as the records' own. */
export const itemQuery = (query: Query): RecordQuery => ({
  kind: 'item',
  filters: [
    ...listFilter('status', query.status),
    ...listFilter('kind', query.kind),
    ...listFilter('category', query.category === undefined ? undefined : [query.category]),
    ...listFilter('subcategory', query.subcategory === undefined ? undefined : [query.subcategory]),
  ],
  ...present({ integration: query.integration, search: query.search }),
  sort: sortOf(query.sort ?? 'number'),
});

/** Items as list rows. */
export const itemRows = (records: readonly StoredRecord[]): ItemRow[] =>
  records.map((record) => rowOf(record, contentOf(record)));

/** An item with its suppliers' prices and names. */
export async function itemDetail(
  handle: Handle,
  record: StoredRecord,
): Promise<Omit<ItemDetail, 'recentOrders'>> {
  const content = contentOf(record);
  const { integration } = record;
  const supplierOf = await readReferences(
    handle,
    'supplier',
    content.supplierItems.map(({ supplier }) => ({ integration, key: supplier })),
  );
  return {
    ...rowOf(record, content),
    ...provenanceOf(record),
    ...present({
      extensions: content.extensions,
      safetyStock: content.safetyStock,
      reorderPoint: content.reorderPoint,
      leadTimeDays: content.leadTimeDays,
    }),
    supplierItems: content.supplierItems.map((entry) =>
      present({ ...entry, supplier: supplierOf({ integration, key: entry.supplier }) }),
    ),
  };
}

const contentOf = (record: StoredRecord): Item => RECORD_SCHEMAS.item.parse(record.content);

function rowOf(record: StoredRecord, content: Item): ItemRow {
  const { standardCost, listPrice } = content;
  return present({
    ...storedOf(record),
    number: content.number,
    name: content.name,
    kind: content.kind,
    status: content.status,
    baseUnit: content.baseUnit,
    categoryPath: content.categoryPath,
    standardCost:
      standardCost === undefined ? undefined : money(standardCost.amount, standardCost.currency),
    listPrice: listPrice === undefined ? undefined : money(listPrice.amount, listPrice.currency),
    supplierCount: content.supplierItems.length,
  });
}
