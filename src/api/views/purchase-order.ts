import type { PurchaseOrderDetail, PurchaseOrderRow, QueryOf } from '#api-contract';
import { RECORD_SCHEMAS } from '#canonical';
import type { PurchaseOrder } from '#canonical';
import type { Handle } from '#database';
import { findRecord } from '#records';
import type { Filter, RecordQuery, StoredRecord } from '#records';
import { listFilter, sortOf } from './list.ts';
import type { Parsed } from './list.ts';
import { readReferences } from './references.ts';
import { money, present, provenanceOf, storedOf } from './row.ts';

type Query = Parsed<QueryOf<'listPurchaseOrders'>>;

/** The contract's filters as the records' own. */
export async function purchaseOrderQuery(handle: Handle, query: Query): Promise<RecordQuery> {
  const filters: Filter[] = [
    ...listFilter('status', query.status),
    ...listFilter('kind', query.kind),
  ];
  if (query.from !== undefined)
    filters.push({ field: 'issuedOn', op: 'from', values: [query.from] });
  if (query.to !== undefined) filters.push({ field: 'issuedOn', op: 'to', values: [query.to] });
  let { integration } = query;
  for (const field of ['supplier', 'item'] as const) {
    const id = query[field];
    if (id === undefined) continue;
    const named = await findRecord(handle, id);
    filters.push({ field, op: 'is', values: [named?.key ?? ''] });
    integration = named?.integration ?? integration;
  }
  return {
    kind: 'purchase-order',
    filters,
    ...present({ integration, search: query.search }),
    sort: sortOf(query.sort ?? '-issuedOn'),
  };
}

/** Orders as list rows, their suppliers' names included. */
export async function purchaseOrderRows(
  handle: Handle,
  records: readonly StoredRecord[],
): Promise<PurchaseOrderRow[]> {
  const parsed = records.map((record) => ({ record, content: contentOf(record) }));
  const supplierOf = await readReferences(
    handle,
    'supplier',
    parsed.map(({ record, content }) => ({
      integration: record.integration,
      key: content.supplier,
    })),
  );
  return parsed.map(({ record, content }) => rowOf(record, content, supplierOf));
}

/** An order with its lines and the names of its items. */
export async function purchaseOrderDetail(
  handle: Handle,
  record: StoredRecord,
): Promise<PurchaseOrderDetail> {
  const content = contentOf(record);
  const { integration } = record;
  const supplierOf = await readReferences(handle, 'supplier', [
    { integration, key: content.supplier },
  ]);
  const itemOf = await readReferences(
    handle,
    'item',
    content.lines.flatMap(({ item }) => (item === undefined ? [] : [{ integration, key: item }])),
  );
  const amount = (value: string | undefined) =>
    value === undefined ? undefined : money(value, content.currency);
  return {
    ...rowOf(record, content, supplierOf),
    ...provenanceOf(record),
    ...present({
      extensions: content.extensions,
      taxAmount: amount(content.taxAmount),
      freightAmount: amount(content.freightAmount),
      grossAmount: amount(content.grossAmount),
    }),
    lines: content.lines.map((line) =>
      present({
        ...line,
        item: line.item === undefined ? undefined : itemOf({ integration, key: line.item }),
        unitPrice: money(line.unitPrice, content.currency),
        netAmount: money(line.netAmount, content.currency),
      }),
    ),
  };
}

const contentOf = (record: StoredRecord): PurchaseOrder =>
  RECORD_SCHEMAS['purchase-order'].parse(record.content);

function rowOf(
  record: StoredRecord,
  content: PurchaseOrder,
  supplierOf: Awaited<ReturnType<typeof readReferences>>,
): PurchaseOrderRow {
  return present({
    ...storedOf(record),
    number: content.number,
    kind: content.kind,
    status: content.status,
    sourceStatus: content.sourceStatus,
    supplier: supplierOf({ integration: record.integration, key: content.supplier }),
    issuedOn: content.issuedOn,
    shippedOn: content.shippedOn,
    currency: content.currency,
    netAmount: money(content.netAmount, content.currency),
    lineCount: content.lines.length,
    requester: content.requester,
    shipMethod: content.shipMethod,
  });
}
