import type { ItemRow, Permission, PurchaseOrderRow, SupplierRow } from '#api-contract';
import { EXPORTS } from '#api-contract';
import type { Handle } from '#database';
import { streamRecords } from '#records';
import type { RecordQuery, StoredRecord } from '#records';
import { AUDIT_COLUMNS, auditPages } from './views/audit-event.ts';
import { itemQuery, itemRows } from './views/item.ts';
import { purchaseOrderQuery, purchaseOrderRows } from './views/purchase-order.ts';
import {
  QUARANTINE_COLUMNS,
  quarantinePages,
  RUN_COLUMNS,
  runPages,
} from './views/source-exports.ts';
import { supplierQuery, supplierRows } from './views/supplier.ts';

type Cell = string | number | boolean | undefined;

/** A list as a file: who may have it, its columns by name, and a query as pages of rows of cells. */
export type Export = {
  readonly name: keyof typeof EXPORTS;
  readonly permission: Permission;
  readonly audit: { readonly around: `${string}.${string}` };
  readonly header: readonly string[];
  pages(handle: Handle, parsed: unknown): Promise<AsyncIterable<Cell[][]>>;
};

const PAGE = 500;

const SUPPLIER_COLUMNS = {
  number: (row) => row.number,
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
} as const satisfies Record<string, (row: SupplierRow) => Cell>;

const ITEM_COLUMNS = {
  number: (row) => row.number,
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
} as const satisfies Record<string, (row: ItemRow) => Cell>;

const ORDER_COLUMNS = {
  number: (row) => row.number,
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
} as const satisfies Record<string, (row: PurchaseOrderRow) => Cell>;

const OF_RECORDS = {
  permission: 'records:export',
  audit: { around: 'records.exported' },
} as const;

/** Every list that can be had as CSV. */
export const ALL_EXPORTS: readonly Export[] = [
  {
    name: 'exportSuppliers',
    ...OF_RECORDS,
    header: Object.keys(SUPPLIER_COLUMNS),
    pages: async (handle, parsed) =>
      recordPages(handle, supplierQuery(EXPORTS.exportSuppliers.query.parse(parsed)), (records) =>
        Promise.resolve(cellsOf(supplierRows(records), SUPPLIER_COLUMNS)),
      ),
  },
  {
    name: 'exportItems',
    ...OF_RECORDS,
    header: Object.keys(ITEM_COLUMNS),
    pages: async (handle, parsed) =>
      recordPages(handle, itemQuery(EXPORTS.exportItems.query.parse(parsed)), (records) =>
        Promise.resolve(cellsOf(itemRows(records), ITEM_COLUMNS)),
      ),
  },
  {
    name: 'exportPurchaseOrders',
    ...OF_RECORDS,
    header: Object.keys(ORDER_COLUMNS),
    pages: async (handle, parsed) => {
      const query = EXPORTS.exportPurchaseOrders.query.parse(parsed);
      return recordPages(handle, await purchaseOrderQuery(handle, query), async (records) =>
        cellsOf(await purchaseOrderRows(handle, records), ORDER_COLUMNS),
      );
    },
  },
  {
    name: 'exportRuns',
    permission: 'runs:read',
    audit: { around: 'runs.exported' },
    header: Object.keys(RUN_COLUMNS),
    pages: (handle, parsed) =>
      Promise.resolve(runPages(handle, EXPORTS.exportRuns.query.parse(parsed))),
  },
  {
    name: 'exportQuarantine',
    permission: 'quarantine:read',
    audit: { around: 'quarantine.exported' },
    header: Object.keys(QUARANTINE_COLUMNS),
    pages: (handle, parsed) =>
      Promise.resolve(quarantinePages(handle, EXPORTS.exportQuarantine.query.parse(parsed))),
  },
  {
    name: 'exportAuditEvents',
    permission: 'audit:read',
    audit: { around: 'audit-events.exported' },
    header: Object.keys(AUDIT_COLUMNS),
    pages: async (handle, parsed) =>
      auditPages(handle, EXPORTS.exportAuditEvents.query.parse(parsed)),
  },
];

async function* recordPages(
  handle: Handle,
  query: RecordQuery,
  cells: (records: readonly StoredRecord[]) => Promise<Cell[][]>,
): AsyncGenerator<Cell[][]> {
  let page: StoredRecord[] = [];
  for await (const record of streamRecords(handle, query)) {
    page.push(record);
    if (page.length < PAGE) continue;
    yield await cells(page);
    page = [];
  }
  if (page.length > 0) yield await cells(page);
}

const cellsOf = <Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): Cell[][] => rows.map((row) => Object.values(columns).map((read) => read(row)));
