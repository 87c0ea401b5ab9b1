import { EXIT_CODES, mainError } from '../errors.ts';
import { printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

/** Which documents to list; what is left out is not asked for. */
export type TradeFilter = {
  readonly party?: string;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: string;
  readonly limit?: string;
};

/** A list of the embedded ERP, as a command shows it. */
export type List = (context: Context, entity: string, filter: TradeFilter) => Promise<number>;
type Cells = readonly (string | number | null | undefined)[];
type Page<Row> = { readonly items: readonly Row[]; readonly next?: string | undefined };

/** Prints a page of documents, a line each, and how to go on. */
export function printPage<Row>(
  { json }: Context,
  page: Page<Row>,
  headings: readonly string[],
  cells: (row: Row) => Cells,
): number {
  if (json) printJson(page);
  else {
    printTable(headings, page.items.map(cells));
    if (page.next !== undefined) console.log(`More: --after ${page.next}`);
  }
  return EXIT_CODES.done;
}

const ofSupplier = ({ party, ...rest }: TradeFilter) => ({
  ...rest,
  ...(party === undefined ? {} : { supplier: party }),
});

/** The party of a filter as its customer. */
export const ofCustomer = ({ party, ...rest }: TradeFilter) => ({
  ...rest,
  ...(party === undefined ? {} : { customer: party }),
});

const showPurchaseOrders: List = async (it, entity, filter) => {
  const query = ofSupplier(filter);
  const page = await it.client.call('listErpPurchaseOrders', { params: { entity }, query });
  return printPage(it, page, ['number', 'issued on', 'status', 'supplier', 'net', ''], (row) => [
    row.number,
    row.issuedOn,
    row.status,
    row.supplier,
    row.net,
    row.currency,
  ]);
};

const showGoodsReceipts: List = async (it, entity, { status: _status, ...filter }) => {
  const query = ofSupplier(filter);
  const page = await it.client.call('listGoodsReceipts', { params: { entity }, query });
  const headings = ['number', 'posted on', 'kind', 'supplier', 'delivery note', 'lines'];
  return printPage(it, page, headings, (row) => [
    row.number,
    row.postedOn,
    row.kind,
    row.supplier,
    row.deliveryNote,
    row.lines.length,
  ]);
};

const showSupplierInvoices: List = async (it, entity, { status: _status, ...filter }) => {
  const query = ofSupplier(filter);
  const page = await it.client.call('listSupplierInvoices', { params: { entity }, query });
  const headings = ['number', 'theirs', 'posted on', 'due on', 'supplier', 'gross', '', 'match'];
  return printPage(it, page, headings, (row) => [
    row.number,
    row.supplierNumber,
    row.postedOn,
    row.dueOn,
    row.supplier,
    row.gross,
    row.currency,
    row.cancelledOn === null ? row.matchStatus : 'cancelled',
  ]);
};

const STATES = ['open', 'overdue', 'cleared'] as const;

const showPayables: List = async (it, entity, { status, from: _from, to: _to, ...filter }) => {
  const state = STATES.find((each) => each === (status ?? 'open'));
  if (state === undefined) {
    const remedy = `What is owed is ${STATES.join(', ')}.`;
    throw mainError('invalid', 'main.bad-setting', `--status '${status}'`, { remedy });
  }
  const query = { ...filter, state } as const;
  const page = await it.client.call('listPayables', { params: { entity }, query });
  const headings = ['document', 'due on', 'supplier', 'open', '', 'waits because'];
  return printPage(it, page, headings, (row) => [
    row.documentNumber,
    row.dueOn,
    row.party,
    row.effect === 'raises' ? row.open : `-${row.open}`,
    row.currency,
    row.blocks.join(' '),
  ]);
};

const showSupplierPayments: List = async (it, entity, { status: _status, ...filter }) => {
  const query = ofSupplier(filter);
  const page = await it.client.call('listSupplierPayments', { params: { entity }, query });
  const headings = ['number', 'paid on', 'supplier', 'from', 'amount', '', 'reference'];
  return printPage(it, page, headings, (row) => [
    row.number,
    row.paidOn,
    row.supplier,
    row.bankAccount,
    row.amount,
    row.currency,
    row.reference,
  ]);
};

const showSalesOrders: List = async (it, entity, filter) => {
  const query = ofCustomer(filter);
  const page = await it.client.call('listSalesOrders', { params: { entity }, query });
  return printPage(it, page, ['number', 'issued on', 'status', 'customer', 'net', ''], (row) => [
    row.number,
    row.issuedOn,
    row.status,
    row.customer,
    row.net,
    row.currency,
  ]);
};

const showDeliveries: List = async (it, entity, { status: _status, ...filter }) => {
  const query = ofCustomer(filter);
  const page = await it.client.call('listDeliveries', { params: { entity }, query });
  const headings = ['number', 'posted on', 'kind', 'customer', 'carrier', 'lines'];
  return printPage(it, page, headings, (row) => [
    row.number,
    row.postedOn,
    row.kind,
    row.customer,
    row.carrier,
    row.lines.length,
  ]);
};

/** Lists of what is bought, paid and sold: command, what it says, what it does. */
export const TRADE_LISTS = [
  ['purchase-orders', 'Lists purchase orders, newest first.', showPurchaseOrders],
  ['goods-receipts', 'Lists goods receipts and returns, newest first.', showGoodsReceipts],
  ['supplier-invoices', 'Lists supplier invoices and how they match.', showSupplierInvoices],
  ['payables', 'Lists what is owed to suppliers, by the day it is due.', showPayables],
  ['supplier-payments', 'Lists payments to suppliers, newest first.', showSupplierPayments],
  ['sales-orders', 'Lists sales orders, newest first.', showSalesOrders],
  ['deliveries', 'Lists deliveries and returns, newest first.', showDeliveries],
] as const;
