import type { Money, SupplierDetail, SupplierRow } from '#api-contract';
import { RECORD_SCHEMAS } from '#canonical';
import type { Supplier } from '#canonical';
import type { Handle } from '#database';
import { addDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Clock } from '#kernel/time';
import { listRecords, streamRecords } from '#records';
import type { RecordQuery, StoredRecord } from '#records';
import { listFilter, sortOf } from './list.ts';
import { purchaseOrderRows } from './purchase-order.ts';
import { money, present, provenanceOf, storedOf } from './row.ts';

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
const ORDERED = new Set<unknown>(['issued', 'partly-received', 'received', 'closed']); // As `spend`.

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
  return {
    ...rowOf(record, content),
    ...provenanceOf(record),
    ...present({ extensions: content.extensions, website: content.website }),
    totals: { ...(await totalsOf(handle, orders)), countedAt: clock() },
    recentOrders: await purchaseOrderRows(handle, recent.rows),
  };
}

async function totalsOf(
  handle: Handle,
  orders: RecordQuery,
): Promise<Omit<SupplierDetail['totals'], 'countedAt'>> {
  const sums = new Map<string, Decimal>();
  let orderCount = 0;
  let [first, last] = ['', ''];
  for await (const { content } of streamRecords(handle, orders)) {
    orderCount += 1;
    const { currency, netAmount, issuedOn, status, kind } = content;
    if (typeof issuedOn === 'string') {
      if (last === '') last = issuedOn; // Newest first.
      first = issuedOn;
    }
    if (!ORDERED.has(status) || kind === 'return') continue;
    if (typeof currency !== 'string' || typeof netAmount !== 'string') continue;
    sums.set(currency, addDecimals(sums.get(currency) ?? decimal('0'), decimal(netAmount)));
  }
  const ordered: Money[] = [...sums].map(([currency, amount]) => money(amount, currency));
  return {
    orderCount,
    ordered,
    ...(first === '' ? {} : { firstOrderOn: first, lastOrderOn: last }),
  };
}

const contentOf = (record: StoredRecord): Supplier => RECORD_SCHEMAS.supplier.parse(record.content);

function rowOf(record: StoredRecord, content: Supplier): SupplierRow {
  const { extensions: _, website: __, ...shown } = content;
  return present({ ...storedOf(record), ...shown });
}
