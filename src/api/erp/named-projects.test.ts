/** Lines of documents name projects of their company that are open; any other is refused by name. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert } from '#kernel';
import { idOf, openBooks, TODAY } from './testing.ts';
import type { Answer, Books } from './testing.ts';

let books: Books;
let open: string;
let gone: string;
let elsewhere: string;
let ways: Readonly<Record<string, (project: string) => Promise<Answer>>>;

const PROJECT = {
  name: 'New hall',
  kind: 'internal',
  plan: {
    startsOn: TODAY,
    endsOn: TODAY,
    tasks: [{ number: '1', name: 'Plan', months: [{ month: '2025-10-01', cost: '100' }] }],
  },
};

beforeAll(async () => {
  books = await openBooks([2025]);
  open = idOf(await books.post('projects', PROJECT));
  gone = idOf(await books.post('projects', PROJECT));
  await books.post(`projects/${gone}/steps`, { step: 'cancel', version: 1 });
  elsewhere = idOf(await books.ask('POST', `${await books.elsewhere()}/projects`, PROJECT));
  ways = await waysToName();
});
afterAll(() => books.close());

/** Everything in whose lines somebody may name a project. */
async function waysToName(): Promise<typeof ways> {
  const customer = idOf(await books.post('parties', { role: 'customer', name: 'Kiosk' }));
  const supplier = idOf(await books.post('parties', { role: 'supplier', name: 'Works' }));
  const made = { name: 'Lamp', kind: 'finished', baseUnit: 'C62' };
  const lamp = idOf(await books.post('items', made));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  const warehouse = idOf(await books.post('warehouses', house));
  const days = { issuedOn: TODAY, postedOn: TODAY };
  const sold = { text: 'advice', quantity: '1', unitPrice: '10', isDeliveredAgainst: false };
  const bought = { text: 'advice', quantity: '1', unitPrice: '10', account: '6200' };
  let sent = 0;
  return {
    'sales order': (project) =>
      books.post('sales-orders', { customer, issuedOn: TODAY, lines: [{ ...sold, project }] }),
    quotation: (project) =>
      books.post('quotations', {
        customer,
        issuedOn: TODAY,
        validUntil: TODAY,
        lines: [{ ...sold, project }],
      }),
    'purchase order': (project) =>
      books.post('purchase-orders', {
        kind: 'service',
        supplier,
        issuedOn: TODAY,
        lines: [{ ...bought, project }],
      }),
    requisition: (project) =>
      books.post('requisitions', {
        requester: 'p1',
        issuedOn: TODAY,
        lines: [{ text: 'advice', quantity: '1', neededOn: TODAY, account: '6200', project }],
      }),
    invoice: (project) =>
      books.post('customer-invoices', {
        ...days,
        customer,
        lines: [{ text: 'advice', unitPrice: '10', project }],
      }),
    'credit note': (project) =>
      books.post('customer-credit-notes', {
        ...days,
        reason: 'goodwill',
        free: { customer, lines: [{ text: 'advice', unitPrice: '5', project }] },
      }),
    'supplier invoice': (project) => {
      sent += 1;
      return books.post('supplier-invoices', {
        ...days,
        supplier,
        supplierNumber: `R-${sent}`,
        lines: [{ text: 'advice', net: '10', account: '6200', project }],
      });
    },
    'journal entry': (project) => books.post('journal-entries', byHand(project)),
    'parked entry': (project) => books.post('parked-entries', byHand(project)),
    'work order': (project) =>
      books.post('work-orders', {
        item: lamp,
        quantity: '1',
        warehouse,
        plannedStartOn: TODAY,
        plannedEndOn: TODAY,
        project,
      }),
  };
}

/** An entry that somebody writes by hand. */
const byHand = (project: string) => ({
  postedOn: TODAY,
  currency: 'EUR',
  text: 'advice',
  lines: [
    { account: '6200', amount: '10.00', project },
    { account: '1400', amount: '-10.00' },
  ],
});

const WAYS = [
  ['sales order', 'sales.bad-line', 'lines.0.project'],
  ['quotation', 'sales.bad-line', 'lines.0.project'],
  ['purchase order', 'purchasing.bad-line', 'lines.0.project'],
  ['requisition', 'purchasing.bad-line', 'lines.0.project'],
  ['invoice', 'receivables.bad-line', 'lines.0.project'],
  ['credit note', 'receivables.bad-line', 'free.lines.0.project'],
  ['supplier invoice', 'payables.bad-line', 'lines.0.project'],
  ['journal entry', 'ledger.no-such-project', 'lines.0.project'],
  ['parked entry', 'ledger.no-such-project', 'lines.0.project'],
  ['work order', 'production.bad-order', 'project'],
] as const;

test.each(WAYS)(
  'a %s names no project but an open one of its company',
  async (way, code, field) => {
    const name = ways[way];
    assert(name !== undefined, 'it is one of the ways');
    expect(await name(open)).toMatchObject({ status: 200 });
    const refusedFor = (like: RegExp) => {
      const reason: unknown = expect.stringMatching(like);
      return { body: { code, problems: [{ field, reason }] } };
    };
    expect(await name('pj_nobody')).toMatchObject(refusedFor(/there is no project pj_nobody/));
    expect(await name(elsewhere)).toMatchObject(refusedFor(/there is no project/));
    expect(await name(gone)).toMatchObject(refusedFor(/closed or cancelled/));
  },
);
