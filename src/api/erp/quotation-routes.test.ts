/** What customers are offered, over HTTP: written, sent, revised, accepted, ordered; and orders that change. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
let customer: string;
let lamp: string;
let warehouse: string;

beforeAll(async () => {
  books = await openBooks();
  const kiosk = { role: 'customer', name: 'Kiosk', creditLimit: '1000.00' };
  customer = idOf(await books.post('parties', kiosk));
  lamp = idOf(await books.post('items', { name: 'Lamp', kind: 'stock', baseUnit: 'C62' }));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  warehouse = idOf(await books.post('warehouses', house));
});
afterAll(() => books.close());

const draft = (quantity: string, more: object = {}) => ({
  customer,
  issuedOn: TODAY,
  validUntil: '2025-10-31',
  lines: [{ item: lamp, quantity, unitPrice: '90.00', discountPercent: '5', warehouse }],
  ...more,
});
const quote = (quantity: string, more: object = {}, headers = {}) =>
  books.post('quotations', draft(quantity, more), headers);
const step = (id: string, name: string, version: number) =>
  books.post(`quotations/${id}/steps`, { step: name, version });
const order = (id: string, more: object = {}, headers = {}) =>
  books.post(`quotations/${id}/orders`, { issuedOn: TODAY, ...more }, headers);

test('a quotation is sent, revised under its number, accepted, and ordered in parts at its price', async () => {
  const first = await quote('8', {}, once('sq-1'));
  expect(first.body).toMatchObject({ number: 'SQ-2025-000001', revision: 1 });
  expect((await quote('8', {}, once('sq-1'))).body).toEqual(first.body);
  const old = idOf(first);
  expect((await step(old, 'send', 1)).body).toMatchObject({ status: 'sent', version: 2 });
  expect(await step(old, 'reject', 1)).toMatchObject(refused(409, 'sales.moved-on'));
  const revise = (version: number) =>
    books.post(`quotations/${old}/revisions`, { version, draft: draft('6') });
  const second = await revise(2);
  expect(second.body).toMatchObject({ number: 'SQ-2025-000001', revision: 2 });
  expect(await revise(3)).toMatchObject(refused(409, 'sales.not-in-this-state'));
  const id = idOf(second);
  expect(await order(id)).toMatchObject(refused(409, 'sales.not-in-this-state'));
  await step(id, 'send', 1);
  expect((await step(id, 'accept', 2)).body).toMatchObject({ status: 'accepted' });
  const lines = [{ line: 10, quantity: '4' }];
  const made = await order(id, { lines }, once('so-1'));
  expect((await order(id, { lines }, once('so-1'))).body).toEqual(made.body);
  expect((await books.read(`sales-orders/${idOf(made)}`)).body).toMatchObject({
    status: 'draft',
    lines: [{ ordered: '4', unitPrice: '90.00', discountPercent: '5' }],
  });
  expect(await order(id, { lines })).toMatchObject(refused(409, 'sales.above-quotation'));
  expect((await order(id)).status).toBe(200);
  expect((await books.read(`quotations/${id}`)).body).toMatchObject({
    status: 'ordered',
    revises: old,
    lines: [{ ordered: '6' }],
  });
  expect((await books.read(`quotations/${old}`)).body).toMatchObject({ status: 'superseded' });
});

test('what holds no longer is not accepted, and what cannot be offered says why', async () => {
  const past = { issuedOn: '2025-09-01', validUntil: '2025-09-30' };
  const late = idOf(await quote('1', past));
  await step(late, 'send', 1);
  expect(await step(late, 'accept', 2)).toMatchObject(refused(409, 'sales.expired'));
  expect(rowsOf(await books.read('quotations?status=expired'))).toMatchObject([{ id: late }]);
  expect(await quote('0')).toMatchObject(refused(400, 'sales.quantity-not-positive'));
  expect(await quote('1', { customer: 'none' })).toMatchObject(
    refused(404, 'sales.no-such-customer'),
  );
  expect(await step('sq_none', 'send', 1)).toMatchObject(refused(404, 'sales.no-such-quotation'));
  const elsewhere = await books.ask('GET', `/v1/erp/legal-entities/XX/quotations/${late}`);
  expect(elsewhere).toMatchObject(refused(404, 'api.no-such-record'));
});

test('quotations are read by cursor in the order asked for', async () => {
  for (const quantity of ['3', '1', '2']) await quote(quantity);
  const page = await books.read('quotations?status=draft&sort=net&limit=2');
  expect(rowsOf(page).map(({ net }) => net)).toEqual(['85.5', '171']);
  const next = encodeURIComponent(String(page.body['next']));
  const rest = await books.read(`quotations?status=draft&sort=net&limit=2&after=${next}`);
  expect(rowsOf(rest).map(({ net }) => net)).toEqual(['256.5']);
});

test('a confirmed order is changed; beyond the credit limit it is held, and its history says by what', async () => {
  const body = { customer, issuedOn: TODAY, lines: draft('2').lines };
  const id = idOf(await books.post('sales-orders', body));
  await books.post(`sales-orders/${id}/steps`, { step: 'confirm', version: 1 });
  const change = (version: number, line: object) =>
    books.put(`sales-orders/${id}`, { version, lines: [{ line: 10, ...line }], reason: 'asked' });
  expect((await change(2, { quantity: '3' })).body).toMatchObject({ status: 'confirmed' });
  expect(await change(2, { quantity: '4' })).toMatchObject(refused(409, 'sales.moved-on'));
  expect(await change(3, { quantity: '0' })).toMatchObject(
    refused(400, 'sales.quantity-not-positive'),
  );
  expect((await change(3, { quantity: '30' })).body).toMatchObject({ status: 'on-credit-hold' });
  const history = rowsOf(await books.read(`sales-orders/${id}/history`));
  expect(history.at(-1)).toMatchObject({ action: 'changed', detail: { reason: 'asked' } });
  expect(JSON.stringify(history.at(-1))).toContain('30');
});
