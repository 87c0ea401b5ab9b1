import { ofCustomer } from './trade-commands.ts';
import { itemNames, oneOf, partyNames, printNaming, printPage } from './trade-list.ts';
import type { List } from './trade-list.ts';

type Show = List['show'];

const showWorkOrders: Show = async (it, entity, query) => {
  const page = await it.client.call('listWorkOrders', { params: { entity }, query });
  return printNaming(it, page, {
    names: itemNames(it, entity),
    of: ({ item }) => item,
    headings: ['number', 'starts on', 'ends on', 'status', 'item', 'quantity', 'good', 'wip'],
    cells: (row, named) => [
      row.number,
      row.plannedStartOn,
      row.plannedEndOn,
      row.status,
      named,
      row.quantity,
      row.good,
      row.wip,
    ],
  });
};

const showRequisitions: Show = async (it, entity, query) => {
  const page = await it.client.call('listRequisitions', { params: { entity }, query });
  return printPage(it, page, ['number', 'issued on', 'status', 'requester', 'lines'], (row) => [
    row.number,
    row.issuedOn,
    row.status,
    row.requester,
    row.lines.length,
  ]);
};

const showQuotations: Show = async (it, entity, filter) => {
  const query = ofCustomer(filter);
  const page = await it.client.call('listQuotations', { params: { entity }, query });
  return printNaming(it, page, {
    names: partyNames(it, entity),
    of: ({ customer }) => customer,
    headings: ['number', 'rev', 'issued on', 'holds until', 'status', 'customer', 'net', ''],
    cells: (row, named) => [
      row.number,
      row.revision,
      row.issuedOn,
      row.validUntil,
      row.status,
      named,
      row.net,
      row.currency,
    ],
  });
};

const PAYMENT_RUNS = ['proposed', 'approved', 'paid', 'withdrawn'] as const;

const showPaymentRuns: Show = async (it, entity, { status, ...page }) => {
  const query = {
    ...page,
    ...(status === undefined ? {} : { status: oneOf(PAYMENT_RUNS, status) }),
  };
  const found = await it.client.call('listPaymentRuns', { params: { entity }, query });
  const headings = ['number', 'pays on', 'status', 'from', 'suppliers', 'amount', '', 'left out'];
  return printPage(it, found, headings, (row) => [
    row.number,
    row.payOn,
    row.status,
    row.bankAccount,
    row.suppliers,
    row.amount,
    row.currency,
    row.leftOut,
  ]);
};

const DUNNING_RUNS = ['proposed', 'approved', 'executed', 'withdrawn'] as const;

const showDunningRuns: Show = async (it, entity, { status, ...page }) => {
  const query = {
    ...page,
    ...(status === undefined ? {} : { status: oneOf(DUNNING_RUNS, status) }),
  };
  const found = await it.client.call('listDunningRuns', { params: { entity }, query });
  return printPage(it, found, ['number', 'on', 'status', 'reminded', 'left out'], (row) => [
    row.number,
    row.runOn,
    row.status,
    row.reminded,
    row.leftOut,
  ]);
};

const showBankAccounts: Show = async (it, entity) => {
  const found = await it.client.call('listOwnBankAccounts', { params: { entity } });
  const headings = ['code', 'name', 'account', 'currency', 'ledger', 'clearing'];
  return printPage(it, found, headings, (row) => [
    row.code,
    row.name,
    row.iban ?? row.accountNumber,
    row.currency,
    row.ledgerAccount,
    row.clearingAccount,
  ]);
};

const TRANSFERS = ['in-transit', 'arrived', 'reversed'] as const;

const showBankTransfers: Show = async (it, entity, { status, ...page }) => {
  const query = {
    ...page,
    ...(status === undefined ? {} : { status: oneOf(TRANSFERS, status) }),
  };
  const found = await it.client.call('listBankTransfers', { params: { entity }, query });
  const headings = ['number', 'on', 'status', 'from', 'amount', '', 'to', 'arriving', ''];
  return printPage(it, found, headings, (row) => [
    row.number,
    row.on,
    row.status,
    row.fromCode,
    row.amount,
    row.currency,
    row.toCode,
    row.arrivingAmount,
    row.arrivingCurrency,
  ]);
};

/** Lists of what is made, wanted, offered, paid together, reminded of and moved between banks. */
export const WORK_LISTS: readonly List[] = [
  {
    name: 'work-orders',
    summary: 'Lists work orders, the newest planned start first.',
    by: { status: 'planned, released, in-progress, completed, closed, cancelled', days: true },
    show: showWorkOrders,
  },
  {
    name: 'requisitions',
    summary: 'Lists requisitions, newest first.',
    by: {
      status: 'draft, submitted, approved, rejected, withdrawn, partly-ordered, ordered, closed',
    },
    show: showRequisitions,
  },
  {
    name: 'quotations',
    summary: 'Lists quotations in their revisions, newest first.',
    by: {
      party: 'customer',
      status: 'draft, sent, accepted, rejected, superseded, expired, partly-ordered, ordered',
    },
    show: showQuotations,
  },
  {
    name: 'payment-runs',
    summary: 'Lists payment runs, newest first.',
    by: { status: PAYMENT_RUNS.join(', ') },
    show: showPaymentRuns,
  },
  {
    name: 'dunning-runs',
    summary: 'Lists dunning runs, newest first.',
    by: { status: DUNNING_RUNS.join(', ') },
    show: showDunningRuns,
  },
  {
    name: 'bank-accounts',
    summary: 'Lists our own bank accounts, by code.',
    by: { whole: true },
    show: showBankAccounts,
  },
  {
    name: 'bank-transfers',
    summary: 'Lists transfers between our own bank accounts, newest first.',
    by: { status: TRANSFERS.join(', '), days: true },
    show: showBankTransfers,
  },
];
