import { ofCustomer, printPage } from './trade-commands.ts';
import type { List } from './trade-commands.ts';

const showWorkOrders: List = async (it, entity, { party: _party, ...query }) => {
  const page = await it.client.call('listWorkOrders', { params: { entity }, query });
  const headings = ['number', 'starts on', 'ends on', 'status', 'item', 'quantity', 'good', 'wip'];
  return printPage(it, page, headings, (row) => [
    row.number,
    row.plannedStartOn,
    row.plannedEndOn,
    row.status,
    row.item,
    row.quantity,
    row.good,
    row.wip,
  ]);
};

const showRequisitions: List = async (it, entity, filter) => {
  const { status, after, limit } = filter;
  const query = definedOf({ status, after, limit });
  const page = await it.client.call('listRequisitions', { params: { entity }, query });
  return printPage(it, page, ['number', 'issued on', 'status', 'requester', 'lines'], (row) => [
    row.number,
    row.issuedOn,
    row.status,
    row.requester,
    row.lines.length,
  ]);
};

const showQuotations: List = async (it, entity, { from: _from, to: _to, ...filter }) => {
  const query = ofCustomer(filter);
  const page = await it.client.call('listQuotations', { params: { entity }, query });
  const headings = ['number', 'rev', 'issued on', 'holds until', 'status', 'customer', 'net', ''];
  return printPage(it, page, headings, (row) => [
    row.number,
    row.revision,
    row.issuedOn,
    row.validUntil,
    row.status,
    row.customer,
    row.net,
    row.currency,
  ]);
};

const showPaymentRuns: List = async (it, entity, { after, limit }) => {
  const query = definedOf({ after, limit });
  const page = await it.client.call('listPaymentRuns', { params: { entity }, query });
  const headings = ['number', 'pays on', 'status', 'from', 'suppliers', 'amount', '', 'left out'];
  return printPage(it, page, headings, (row) => [
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

const showDunningRuns: List = async (it, entity, { after, limit }) => {
  const query = definedOf({ after, limit });
  const page = await it.client.call('listDunningRuns', { params: { entity }, query });
  return printPage(it, page, ['number', 'on', 'status', 'reminded', 'left out'], (row) => [
    row.number,
    row.runOn,
    row.status,
    row.reminded,
    row.leftOut,
  ]);
};

const showBankAccounts: List = async (it, entity) => {
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

/** What of a filter is there. */
function definedOf<Key extends string>(
  filter: Readonly<Record<Key, string | undefined>>,
): Partial<Record<Key, string>> {
  const there = Object.entries(filter).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is undefined was left out.
  return Object.fromEntries(there) as Partial<Record<Key, string>>;
}

/** Lists of what is made, wanted, offered, paid together and reminded of: command, what it says, what it does. */
export const WORK_LISTS = [
  ['work-orders', 'Lists work orders, the newest planned start first.', showWorkOrders],
  ['requisitions', 'Lists requisitions, newest first.', showRequisitions],
  ['quotations', 'Lists quotations in their revisions, newest first.', showQuotations],
  ['payment-runs', 'Lists payment runs, newest first.', showPaymentRuns],
  ['dunning-runs', 'Lists dunning runs, newest first.', showDunningRuns],
  ['bank-accounts', 'Lists our own bank accounts, by code.', showBankAccounts],
] as const;
