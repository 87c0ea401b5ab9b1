import type { SupplierDetail, SupplierRow } from '#api-contract';
import { RECORD_SCHEMAS } from '#canonical';
import type { Supplier } from '#canonical';
import type { Handle } from '#database';
import type { Clock } from '#kernel/time';
import { listRecords, orderTotals } from '#records';
import type { RecordQuery, StoredRecord } from '#records';
import { listFilter, sortOf } from './list.ts';
import { purchaseOrderRows } from './purchase-order.ts';
import { present, provenanceOf, storedOf } from './row.ts';

type Query = {
  readonly search?: string | undefined;
  readonly integration?: string | undefined;
  readonly sort?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly preferred?: string | undefined;
};

const RECENT = 10;
const ORDERED = ['issued', 'partly-received', 'received', 'closed']; // As `spend`.

/** The contract's filters as the records' own. */
export const supplierQuery = (query: Query): RecordQuery => ({
  kind: 'supplier',
  filters: [
    ...listFilter('status', query.status),
    ...listFilter('category', query.category),
    ...listFilter('country', query.country),
    ...listFilter('preferred', query.preferred === undefined ? undefined : [query.preferred]),
  ],
  ...present({ integration: query.integration, search: query.search }),
  sort: sortOf(query.sort ?? 'name'),
});

/** Suppliers as list rows. */
export const supplierRows = (records: readonly StoredRecord[]): SupplierRow[] =>
  records.map((record) => rowOf(record, contentOf(record)));

/** A supplier with what was ordered from it. */
export async function supplierDetail(
  handle: Handle,
  clock: Clock,
  record: StoredRecord,
): Promise<SupplierDetail> {
  const content = contentOf(record);
  const orders: RecordQuery = {
    kind: 'purchase-order',
    integration: record.integration,
    filters: [{ field: 'supplier', op: 'is', values: [record.key] }],
    sort: { field: 'issuedOn', direction: 'desc' },
  };
  const recent = await listRecords(handle, { ...orders, offset: 0, limit: RECENT });
  const totals = await orderTotals(handle, record, ORDERED);
  return {
    ...rowOf(record, content),
    ...provenanceOf(record),
    ...present({ extensions: content.extensions, website: content.website }),
    totals: { ...totals, ordered: [...totals.ordered], countedAt: clock() },
    recentOrders: await purchaseOrderRows(handle, recent.rows),
  };
}

const contentOf = (record: StoredRecord): Supplier => RECORD_SCHEMAS.supplier.parse(record.content);

function rowOf(record: StoredRecord, content: Supplier): SupplierRow {
  const { extensions: _, website: __, ...shown } = content;
  return present({ ...storedOf(record), ...shown });
}
