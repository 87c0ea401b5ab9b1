/** What customers are charged and pay, over HTTP: delivered, charged, credited, paid, bounced, written off. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
let customer: string;
let lamp: string;
let warehouse: string;

beforeAll(async () => {
  books = await openBooks([2025]);
  customer = idOf(await books.post('parties', { role: 'customer', name: 'Kiosk' }));
  lamp = idOf(await books.post('items', { name: 'Lamp', kind: 'stock', baseUnit: 'C62' }));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  warehouse = idOf(await books.post('warehouses', house));
  const lines = [{ item: lamp, warehouse, quantity: '10', unitCost: '4.00' }];
  await books.post('stock-adjustments', { postedOn: TODAY, text: 'opening', lines });
});
afterAll(() => books.close());

const days = { issuedOn: TODAY, postedOn: TODAY };
const charge = (more: object, headers = {}) =>
  books.post('customer-invoices', { ...days, ...more }, headers);
const rent = (unitPrice: string) =>
  charge({ customer, lines: [{ text: 'rent', unitPrice, taxCode: 'OUT-STD' }] });
const pay = (amount: string, parts: object[]) =>
  books.post('customer-payments', {
    customer,
    paidOn: TODAY,
    bankAccount: 'MAIN',
    currency: 'EUR',
    amount,
    parts,
  });

test('a delivery is charged once by its key, credited in part, and cancelled never after', async () => {
  const lines = [{ item: lamp, quantity: '5', unitPrice: '10', warehouse, taxCode: 'OUT-STD' }];
  const order = idOf(await books.post('sales-orders', { customer, issuedOn: TODAY, lines }));
  await books.post(`sales-orders/${order}/steps`, { step: 'confirm', version: 1 });
  const delivery = await books.post('deliveries', {
    shippedOn: TODAY,
    postedOn: TODAY,
    lines: [{ order, line: 10, quantity: '5' }],
  });
  const wish = { deliveries: [idOf(delivery)] };
  const first = await charge(wish, once('ci-1'));
  expect(first).toMatchObject({ status: 200 });
  expect((await charge(wish, once('ci-1'))).body).toEqual(first.body);
  expect(await charge(wish)).toMatchObject({ body: { code: 'receivables.nothing-to-charge' } });
  const id = idOf(first);
  const shown = await books.read(`customer-invoices/${id}`);
  expect(shown.body).toMatchObject({
    invoice: { gross: '59.50', kind: 'invoice', lines: [{ order, quantity: '5' }] },
    items: [{ open: '59.50' }],
  });
  const credit = await books.post('customer-credit-notes', {
    ...days,
    reason: 'one was broken',
    corrections: [{ invoice: id, line: 1, quantity: '1' }],
  });
  expect(credit).toMatchObject({ status: 200 });
  const cancel = await books.post(`customer-invoices/${id}/cancel`, { on: TODAY, reason: 'wrong' });
  expect(cancel).toMatchObject(refused(409, 'receivables.corrected'));
  expect(rowsOf(await books.read(`customer-invoices?order=${order}`))).toHaveLength(2);
  expect(rowsOf(await books.read('customer-invoices?kind=credit-note'))).toMatchObject([
    { id: idOf(credit), gross: '11.90' },
  ]);
});

test('a payment settles, bounces, and a few coins are written off; the aging agrees', async () => {
  const invoice = await rent('100.00');
  const item = String(invoice.body['item']);
  const paid = await pay('118.00', [{ item, amount: '118.00' }]);
  expect(paid).toMatchObject({ status: 200 });
  expect(await pay('200.00', [{ item, amount: '200.00' }])).toMatchObject(
    refused(409, 'receivables.settled'),
  );
  const bounce = () =>
    books.post(`customer-payments/${idOf(paid)}/reverse`, { on: TODAY, reason: 'bounced' });
  expect((await bounce()).status).toBe(200);
  expect((await books.read(`customer-payments/${idOf(paid)}`)).body).toMatchObject({
    amount: '118.00',
    takenBackOn: TODAY,
  });
  expect(await bounce()).toMatchObject(refused(409, 'receivables.already-taken-back'));
  await pay('118.00', [{ item, amount: '118.00' }]);
  const forgive = (kind: string) =>
    books.post(`receivables/${item}/write-off`, { kind, on: TODAY, reason: 'coins' });
  expect((await forgive('small-difference')).status).toBe(200);
  expect((await books.read(`receivables/${item}`)).body).toMatchObject({ item: { open: '0.00' } });
  const open = rowsOf(await books.read(`receivables?party=${customer}&state=open`));
  expect(open).toMatchObject([{ open: '47.60' }]); // The credit note settled its part of the invoice.
  const aging = rowsOf(await books.read(`receivables-aging?asOf=${TODAY}`));
  expect(aging).toMatchObject([{ party: customer, total: '47.60' }]);
  expect((await books.read(`payables/${item}`)).status).toBe(404);
});

test('parties and items are named by their ids, those that are there', async () => {
  const items = await books.read(`item-names?ids=${lamp},item_none`);
  expect(rowsOf(items)).toMatchObject([{ id: lamp, name: 'Lamp', unit: 'C62' }]);
  const named = rowsOf(await books.read(`party-names?ids=${customer}`));
  expect(named).toMatchObject([{ id: customer, role: 'customer' }]);
  expect((await books.read('party-names')).status).toBe(400);
});

test.each<[Role, readonly number[]]>([
  ['controller', [200, 200]],
  ['seller', [200, 403]],
  ['auditor', [200, 403]],
  ['buyer', [403, 403]],
])('%s: reading and charging answer %j', async (role, expected) => {
  const who = await books.someone(role);
  const lines = [{ text: 'rent', unitPrice: '1.00' }];
  const answers = [await books.read('receivables', who), await charge({ customer, lines }, who)];
  expect(answers.map(({ status }) => status)).toEqual(expected);
});
