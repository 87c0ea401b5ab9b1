import type { ItemRow, PurchaseOrderRow, ReplyOf, SupplierRow } from '#api-contract';
import type { Handle } from '#database';
import { streamRecords } from '#records';
import type { RecordQuery, StoredRecord } from '#records';
import { allPages, exportOf } from '../export.ts';
import { changeRows } from '../views/change.ts';
import { itemQuery, itemRows } from '../views/item.ts';
import { purchaseOrderQuery, purchaseOrderRows } from '../views/purchase-order.ts';
import { supplierQuery, supplierRows } from '../views/supplier.ts';

type RecordChange = ReplyOf<'listRecordChanges'>['items'][number];

const PAGE = 500;
const OF_RECORDS = {
  permission: 'records:export',
  audit: { around: 'records.exported' },
} as const;

/** Suppliers as a file. */
export const exportSuppliers = exportOf({
  name: 'exportSuppliers',
  ...OF_RECORDS,
  columns: {
    number: (row: SupplierRow) => row.number,
    name: (row) => row.name,
    status: (row) => row.status,
    category: (row) => row.category,
    country: (row) => row.country,
    region: (row) => row.region,
    city: (row) => row.city,
    currency: (row) => row.currency,
    paymentTerms: (row) => row.paymentTerms,
    preferred: (row) => row.preferred,
    creditRating: (row) => row.creditRating,
    id: (row) => row.id,
  },
  pages: ({ query }, { database: { kysely } }) =>
    recordPages(kysely, supplierQuery(query), (records) => Promise.resolve(supplierRows(records))),
});

/** Items as a file. */
export const exportItems = exportOf({
  name: 'exportItems',
  ...OF_RECORDS,
  columns: {
    number: (row: ItemRow) => row.number,
    name: (row) => row.name,
    kind: (row) => row.kind,
    status: (row) => row.status,
    baseUnit: (row) => row.baseUnit,
    category: (row) => row.categoryPath[0],
    subcategory: (row) => row.categoryPath[1],
    standardCost: (row) => row.standardCost?.amount,
    listPrice: (row) => row.listPrice?.amount,
    currency: (row) => row.listPrice?.currency ?? row.standardCost?.currency,
    suppliers: (row) => row.supplierCount,
    id: (row) => row.id,
  },
  pages: ({ query }, { database: { kysely } }) =>
    recordPages(kysely, itemQuery(query), (records) => Promise.resolve(itemRows(records))),
});

/** Purchase orders as a file. */
export const exportPurchaseOrders = exportOf({
  name: 'exportPurchaseOrders',
  ...OF_RECORDS,
  columns: {
    number: (row: PurchaseOrderRow) => row.number,
    kind: (row) => row.kind,
    status: (row) => row.status,
    supplierNumber: (row) => row.supplier.number ?? row.supplier.key,
    supplier: (row) => row.supplier.name,
    issuedOn: (row) => row.issuedOn,
    shippedOn: (row) => row.shippedOn,
    netAmount: (row) => row.netAmount.amount,
    currency: (row) => row.currency,
    lines: (row) => row.lineCount,
    requester: (row) => row.requester,
    shipMethod: (row) => row.shipMethod,
    id: (row) => row.id,
  },
  async *pages({ query }, { database: { kysely } }) {
    yield* recordPages(kysely, await purchaseOrderQuery(kysely, query), (records) =>
      purchaseOrderRows(kysely, records),
    );
  },
});

/** What happened to a record as a file: one line for each field that differs. */
export const exportRecordChanges = exportOf({
  name: 'exportRecordChanges',
  ...OF_RECORDS,
  columns: {
    position: ({ change }: ChangedField) => change.position,
    seenAt: ({ change }) => change.seenAt,
    what: ({ change }) => change.what,
    cause: ({ change }) => change.cause,
    field: ({ field }) => field?.field,
    before: ({ field }) => written(field?.before),
    after: ({ field }) => written(field?.after),
    integration: ({ change }) => change.source.integration,
    file: ({ change }) => change.source.file,
    line: ({ change }) => change.source.line,
    recordId: ({ change }) => change.recordId,
  },
  async *pages({ params, query }, { database: { kysely } }) {
    const list = (at: { offset: number; limit: number }) =>
      changeRows(kysely, params.id, { ...query, ...at });
    for await (const changes of allPages(list, ({ position }) => position)) {
      yield changes.flatMap((change): ChangedField[] =>
        change.changedFields.length === 0
          ? [{ change, field: undefined }]
          : change.changedFields.map((field) => ({ change, field })),
      );
    }
  },
});

type ChangedField = {
  readonly change: RecordChange;
  readonly field: RecordChange['changedFields'][number] | undefined;
};

const written = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

async function* recordPages<Row>(
  handle: Handle,
  query: RecordQuery,
  rowsOf: (records: readonly StoredRecord[]) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let page: StoredRecord[] = [];
  for await (const record of streamRecords(handle, query)) {
    page.push(record);
    if (page.length < PAGE) continue;
    yield await rowsOf(page);
    page = [];
  }
  if (page.length > 0) yield await rowsOf(page);
}
