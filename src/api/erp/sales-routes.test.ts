/** What is sold, over HTTP: credit checked, stock reserved, delivered, returned; refused with a reason. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Role } from '#access';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
let customer: string;
let frame: string;
let warehouse: string;

beforeAll(async () => {
  books = await openBooks();
  const kiosk = { role: 'customer', name: 'Kiosk', creditLimit: '1000.00' };
  customer = idOf(await books.post('parties', kiosk));
  frame = idOf(await books.post('items', { name: 'Frame', kind: 'stock', baseUnit: 'C62' }));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  warehouse = idOf(await books.post('warehouses', house));
  const lines = [{ item: frame, warehouse, quantity: '10', unitCost: '4.00' }];
  await books.post('stock-adjustments', { postedOn: TODAY, text: 'opening', lines });
});
afterAll(() => books.close());

const draft = (quantity: string, unitPrice: string, more: object = {}) => ({
  customer,
  issuedOn: TODAY,
  lines: [{ item: frame, quantity, unitPrice, warehouse }],
  ...more,
});
const order = async (quantity: string, unitPrice: string, who = {}) =>
  idOf(await books.post('sales-orders', draft(quantity, unitPrice), who));
const step = (id: string, version: number, name: string) =>
  books.post(`sales-orders/${id}/steps`, { step: name, version });
const deliver = (id: string, quantity: string, more: object = {}, headers = {}) => {
  const lines = [{ order: id, line: 10, quantity }];
  const days = { shippedOn: TODAY, postedOn: TODAY };
  return books.post('deliveries', { ...days, lines, ...more }, headers);
};

test('an order reserves what there is when it is confirmed, and gives it back when cancelled', async () => {
  const first = await books.post('sales-orders', draft('8', '10'), once('so-1'));
  expect(first).toMatchObject({ status: 200, body: { number: 'SO-2025-000001' } });
  expect((await books.post('sales-orders', draft('8', '10'), once('so-1'))).body).toEqual(
    first.body,
  );
  const id = idOf(first);
  expect((await step(id, 1, 'confirm')).body).toEqual({ id, version: 2, status: 'confirmed' });
  expect(await step(id, 1, 'cancel')).toMatchObject(refused(409, 'sales.moved-on'));
  const other = await order('5', '10');
  await step(other, 1, 'confirm');
  expect((await books.read(`sales-orders/${other}`)).body).toMatchObject({
    status: 'confirmed',
    reservations: [{ line: 10, quantity: '2', status: 'open' }],
  });
  const none = await order('1', '10');
  await step(none, 1, 'confirm');
  const shown = await books.read(`sales-orders/${none}`);
  expect(shown.body).toMatchObject({ reservations: [], lines: [{ reservation: null }] });
  expect((await step(id, 2, 'cancel')).body).toMatchObject({ status: 'cancelled' });
  const stock = await books.read(`stock?item=${frame}`);
  expect(rowsOf(stock)).toMatchObject([{ free: '10', reserved: '2', available: '8' }]);
  await step(other, 2, 'cancel');
  await step(none, 2, 'cancel');
});

test('beyond the credit limit an order is held, until another releases it', async () => {
  const seller = await books.someone('seller');
  const id = await order('2', '600', seller);
  expect((await step(id, 1, 'confirm')).body).toMatchObject({ status: 'on-credit-hold' });
  const release = (who: Readonly<Record<string, string>>, of = id) =>
    books.post(`sales-orders/${of}/credit-release`, { version: 2 }, who);
  expect(await deliver(id, '1')).toMatchObject(refused(409, 'sales.not-in-this-state'));
  expect(await release(seller)).toMatchObject(refused(403, 'api.not-allowed'));
  expect((await release(await books.someone('controller'))).body).toMatchObject({
    status: 'confirmed',
  });
  const own = await order('2', '600');
  await step(own, 1, 'confirm');
  expect(await release({}, own)).toMatchObject(refused(403, 'sales.four-eyes'));
  const held = await books.read(`sales-orders?customer=${customer}&status=on-credit-hold`);
  expect(rowsOf(held).map((row) => row['id'])).toEqual([own]);
  await step(own, 2, 'cancel');
  await step(id, 3, 'cancel');
});

test('deliveries leave in parts, come back at what they cost, and are taken back', async () => {
  const id = await order('6', '10');
  await step(id, 1, 'confirm');
  const key = once('dn-1');
  const first = await deliver(id, '4', { carrier: 'DHL' }, key);
  expect(first).toMatchObject({ status: 200, body: { entry: expect.any(String) as unknown } });
  expect((await deliver(id, '4', { carrier: 'DHL' }, key)).body).toEqual(first.body);
  expect(await deliver(id, '3')).toMatchObject(refused(409, 'sales.over-delivery'));
  expect((await deliver(id, '2')).status).toBe(200);
  expect((await books.read(`sales-orders/${id}`)).body).toMatchObject({ status: 'delivered' });
  expect((await deliver(id, '1', { kind: 'return' })).status).toBe(200);
  expect(await deliver(id, '9', { kind: 'return' })).toMatchObject(
    refused(409, 'sales.returns-too-much'),
  );
  const reverse = () => books.post(`deliveries/${idOf(first)}/reverse`, { on: TODAY });
  expect((await reverse()).status).toBe(200);
  expect(await reverse()).toMatchObject(refused(409, 'sales.already-reversed'));
  const page = await books.read(`deliveries?order=${id}&limit=3`);
  expect(rowsOf(page)).toMatchObject([{ kind: 'reversal' }, { kind: 'return' }, {}]);
  const after = String(page.body['next']);
  const next = await books.read(`deliveries?order=${id}&after=${after}`);
  expect(rowsOf(next)).toMatchObject([{ carrier: 'DHL', lines: [{ cost: '16.00' }] }]);
  const shown = await books.read(`deliveries/${idOf(first)}`);
  expect(shown.body['reversedBy']).not.toBeNull();
  expect(rowsOf(await books.read(`stock?item=${frame}`))).toMatchObject([
    { owned: '9', value: '36.00' },
  ]);
});

test('what cannot be sold says why', async () => {
  const post = (more: object) => books.post('sales-orders', { ...draft('1', '1'), ...more });
  expect(await post({ customer: 'none' })).toMatchObject(refused(404, 'sales.no-such-customer'));
  expect(await post({ currency: 'USD' })).toMatchObject(refused(400, 'sales.no-rate'));
  expect(await post({ paymentTerms: 'NEVER' })).toMatchObject(refused(404, 'sales.no-such-terms'));
  expect(await post({ discount: '1' })).toMatchObject(refused(400, 'api.invalid-request'));
  expect((await books.read('deliveries/dn_none')).status).toBe(404);
});

test.each<[Role, readonly number[]]>([
  ['seller', [200, 200]],
  ['controller', [200, 403]],
  ['auditor', [200, 403]],
  ['buyer', [403, 403]],
])('%s: reading orders and writing one answer %j', async (role, expected) => {
  const who = await books.someone(role);
  const answers = [
    await books.read('sales-orders', who),
    await books.post('sales-orders', draft('1', '1'), who),
  ];
  expect(answers.map(({ status }) => status)).toEqual(expected);
});

test('only what a person closed is told as closed by one, and can be opened again', async () => {
  const lines = [{ text: 'advice', quantity: '1', unitPrice: '10', isDeliveredAgainst: false }];
  const service = { customer, issuedOn: TODAY, lines };
  const [byHand, charged] = [
    idOf(await books.post('sales-orders', service)),
    idOf(await books.post('sales-orders', service)),
  ];
  for (const id of [byHand, charged]) await step(id, 1, 'confirm');
  await step(byHand, 2, 'close');
  idOf(
    await books.post('customer-invoices', { issuedOn: TODAY, postedOn: TODAY, orders: [charged] }),
  );
  const shown = async (id: string) => (await books.read(`sales-orders/${id}`)).body;
  expect(await shown(byHand)).toMatchObject({ status: 'closed', isClosed: true });
  expect(await shown(charged)).toMatchObject({ status: 'closed', isClosed: false });
  const { version } = z.object({ version: z.number() }).parse(await shown(charged));
  expect(await step(charged, version, 'reopen')).toMatchObject(
    refused(409, 'sales.not-in-this-state'),
  );
  expect((await step(byHand, 3, 'reopen')).body).toMatchObject({ status: 'confirmed' });
});
