import { oneOf, partyNames, printNaming } from './trade-list.ts';
import type { List, TradeFilter } from './trade-list.ts';

const ofSupplier = ({ party, ...rest }: TradeFilter) => ({
  ...rest,
  ...(party === undefined ? {} : { supplier: party }),
});

/** The party of a filter as its customer. */
export const ofCustomer = ({ party, ...rest }: TradeFilter) => ({
  ...rest,
  ...(party === undefined ? {} : { customer: party }),
});

const purchaseOrders: List = {
  name: 'purchase-orders',
  summary: 'Lists purchase orders, newest first.',
  by: {
    party: 'supplier',
    status:
      'draft, awaiting-approval, rejected, cancelled, issued, partly-received, received, closed',
    days: true,
  },
  show: async (it, entity, filter) => {
    const query = ofSupplier(filter);
    const page = await it.client.call('listErpPurchaseOrders', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ supplier }) => supplier,
      headings: ['number', 'issued on', 'status', 'supplier', 'net', ''],
      cells: (row, named) => [row.number, row.issuedOn, row.status, named, row.net, row.currency],
    });
  },
};

const goodsReceipts: List = {
  name: 'goods-receipts',
  summary: 'Lists goods receipts and returns, newest first.',
  by: { party: 'supplier', days: true },
  show: async (it, entity, filter) => {
    const query = ofSupplier(filter);
    const page = await it.client.call('listGoodsReceipts', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ supplier }) => supplier,
      headings: ['number', 'posted on', 'kind', 'supplier', 'delivery note', 'lines'],
      cells: (row, named) => [
        row.number,
        row.postedOn,
        row.kind,
        named,
        row.deliveryNote,
        row.lines?.length ?? 0,
      ],
    });
  },
};

const MATCHES = ['matched', 'deviating', 'not-matched'] as const;

const supplierInvoices: List = {
  name: 'supplier-invoices',
  summary: 'Lists supplier invoices and how they match.',
  by: { party: 'supplier', status: MATCHES.join(', '), days: true },
  show: async (it, entity, { status, ...filter }) => {
    const matchStatus = status === undefined ? undefined : oneOf(MATCHES, status);
    const query = { ...ofSupplier(filter), ...(matchStatus === undefined ? {} : { matchStatus }) };
    const page = await it.client.call('listSupplierInvoices', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ supplier }) => supplier,
      headings: ['number', 'theirs', 'posted on', 'due on', 'supplier', 'gross', '', 'match'],
      cells: (row, named) => [
        row.number,
        row.supplierNumber,
        row.postedOn,
        row.dueOn,
        named,
        row.gross,
        row.currency,
        row.cancelledOn === null ? row.matchStatus : 'cancelled',
      ],
    });
  },
};

const STATES = ['open', 'overdue', 'cleared'] as const;

/** What is owed on one side, unless asked otherwise what is open. */
const owed = (
  name: 'payables' | 'receivables',
  party: 'customer' | 'supplier',
  summary: string,
): List => ({
  name,
  summary,
  by: { party, status: STATES.join(', ') },
  show: async (it, entity, { status = 'open', ...filter }) => {
    const query = { ...filter, state: oneOf(STATES, status) };
    const route = name === 'payables' ? 'listPayables' : 'listReceivables';
    const page = await it.client.call(route, { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: (row) => row.party,
      headings: ['document', 'due on', party, 'open', '', 'waits because'],
      cells: (row, named) => [
        row.documentNumber,
        row.dueOn,
        named,
        row.effect === 'raises' ? row.open : `-${row.open}`,
        row.currency,
        row.blocks.join(' '),
      ],
    });
  },
});

const supplierPayments: List = {
  name: 'supplier-payments',
  summary: 'Lists payments to suppliers, newest first.',
  by: { party: 'supplier', days: true },
  show: async (it, entity, filter) => {
    const query = ofSupplier(filter);
    const page = await it.client.call('listSupplierPayments', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ supplier }) => supplier,
      headings: ['number', 'paid on', 'supplier', 'from', 'amount', '', 'reference'],
      cells: (row, named) => [
        row.number,
        row.paidOn,
        named,
        row.bankAccount,
        row.amount,
        row.currency,
        row.reference,
      ],
    });
  },
};

const salesOrders: List = {
  name: 'sales-orders',
  summary: 'Lists sales orders, newest first.',
  by: {
    party: 'customer',
    status: 'draft, on-credit-hold, confirmed, cancelled, partly-delivered, delivered, closed',
    days: true,
  },
  show: async (it, entity, filter) => {
    const query = ofCustomer(filter);
    const page = await it.client.call('listSalesOrders', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ customer }) => customer,
      headings: ['number', 'issued on', 'status', 'customer', 'net', ''],
      cells: (row, named) => [row.number, row.issuedOn, row.status, named, row.net, row.currency],
    });
  },
};

const deliveries: List = {
  name: 'deliveries',
  summary: 'Lists deliveries and returns, newest first.',
  by: { party: 'customer', days: true },
  show: async (it, entity, filter) => {
    const query = ofCustomer(filter);
    const page = await it.client.call('listDeliveries', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ customer }) => customer,
      headings: ['number', 'posted on', 'kind', 'customer', 'carrier', 'lines'],
      cells: (row, named) => [
        row.number,
        row.postedOn,
        row.kind,
        named,
        row.carrier,
        row.lines?.length ?? 0,
      ],
    });
  },
};

const customerInvoices: List = {
  name: 'customer-invoices',
  summary: 'Lists customer invoices and credit notes, newest first.',
  by: { party: 'customer', days: true },
  show: async (it, entity, filter) => {
    const query = ofCustomer(filter);
    const page = await it.client.call('listCustomerInvoices', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ customer }) => customer,
      headings: ['number', 'posted on', 'due on', 'kind', 'customer', 'gross', ''],
      cells: (row, named) => [
        row.number,
        row.postedOn,
        row.dueOn,
        row.kind,
        named,
        row.gross,
        row.currency,
      ],
    });
  },
};

const customerPayments: List = {
  name: 'customer-payments',
  summary: 'Lists payments of customers, newest first.',
  by: { party: 'customer', days: true },
  show: async (it, entity, filter) => {
    const query = ofCustomer(filter);
    const page = await it.client.call('listCustomerPayments', { params: { entity }, query });
    return printNaming(it, page, {
      names: partyNames(it, entity),
      of: ({ customer }) => customer,
      headings: ['number', 'paid on', 'customer', 'to', 'amount', '', 'reference'],
      cells: (row, named) => [
        row.number,
        row.paidOn,
        named,
        row.bankAccount,
        row.amount,
        row.currency,
        row.reference,
      ],
    });
  },
};

/** Lists of what is bought, paid, sold and owed. */
export const TRADE_LISTS: readonly List[] = [
  purchaseOrders,
  goodsReceipts,
  supplierInvoices,
  owed('payables', 'supplier', 'Lists what is owed to suppliers, by the day it is due.'),
  supplierPayments,
  salesOrders,
  deliveries,
  customerInvoices,
  owed('receivables', 'customer', 'Lists what customers owe, by the day it is due.'),
  customerPayments,
];
