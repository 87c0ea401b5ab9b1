import { Readable } from 'node:stream';
import type { ItemRow, PurchaseOrderRow, SupplierRow } from '#api-contract';
import { EXPORTS } from '#api-contract';
import type { Handle } from '#database';
import { streamRecords } from '#records';
import type { RecordQuery, StoredRecord } from '#records';
import { csvLine } from './csv.ts';
import { itemQuery, itemRows } from './views/item.ts';
import { purchaseOrderQuery, purchaseOrderRows } from './views/purchase-order.ts';
import { supplierQuery, supplierRows } from './views/supplier.ts';

type Cell = string | number | boolean | undefined;

/** A list as a file: its columns by name, and how a query becomes rows of cells. */
export type Export = {
  readonly name: keyof typeof EXPORTS;
  readonly header: readonly string[];
  query(handle: Handle, parsed: unknown): Promise<RecordQuery>;
  cells(handle: Handle, records: readonly StoredRecord[]): Promise<Cell[][]>;
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

/** Every list that can be had as CSV. */
export const ALL_EXPORTS: readonly Export[] = [
  {
    name: 'exportSuppliers',
    header: Object.keys(SUPPLIER_COLUMNS),
    query: (_, parsed) =>
      Promise.resolve(supplierQuery(EXPORTS.exportSuppliers.query.parse(parsed))),
    cells: (_, records) => Promise.resolve(cellsOf(supplierRows(records), SUPPLIER_COLUMNS)),
  },
  {
    name: 'exportItems',
    header: Object.keys(ITEM_COLUMNS),
    query: (_, parsed) => Promise.resolve(itemQuery(EXPORTS.exportItems.query.parse(parsed))),
    cells: (_, records) => Promise.resolve(cellsOf(itemRows(records), ITEM_COLUMNS)),
  },
  {
    name: 'exportPurchaseOrders',
    header: Object.keys(ORDER_COLUMNS),
    query: (handle, parsed) =>
      purchaseOrderQuery(handle, EXPORTS.exportPurchaseOrders.query.parse(parsed)),
    cells: async (handle, records) =>
      cellsOf(await purchaseOrderRows(handle, records), ORDER_COLUMNS),
  },
];

/** The file, a page of records at a time: its memory does not grow with the list. */
export const csvStream = (handle: Handle, each: Export, query: RecordQuery): Readable =>
  Readable.from(linesOf(handle, each, query));

async function* linesOf(handle: Handle, each: Export, query: RecordQuery): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(each.header)}`; // Spreadsheets take it for UTF-8 by this mark.
  let page: StoredRecord[] = [];
  for await (const record of streamRecords(handle, query)) {
    page.push(record);
    if (page.length < PAGE) continue;
    yield (await each.cells(handle, page)).map(csvLine).join('');
    page = [];
  }
  if (page.length > 0) yield (await each.cells(handle, page)).map(csvLine).join('');
}

const cellsOf = <Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): Cell[][] => rows.map((row) => Object.values(columns).map((read) => read(row)));
