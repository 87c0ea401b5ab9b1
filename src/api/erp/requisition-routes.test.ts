/** What is wanted and what becomes of orders, over HTTP: asked for, approved by another, ordered, changed, kept. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Answer, Books } from './testing.ts';

let books: Books;
let supplier: string;
let bolt: string;
let warehouse: string;
let controller: Readonly<Record<string, string>>;

beforeAll(async () => {
  books = await openBooks();
  supplier = idOf(await books.post('parties', { role: 'supplier', name: 'Schrauben Albrecht' }));
  bolt = idOf(await books.post('items', { name: 'Bolt', kind: 'raw', baseUnit: 'C62' }));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  warehouse = idOf(await books.post('warehouses', house));
  controller = await books.someone('controller');
});
afterAll(() => books.close());

const wanted = (quantity: string, more: object = {}) => ({
  issuedOn: TODAY,
  lines: [{ item: bolt, quantity, neededOn: TODAY, warehouse, estimatedPrice: '2.00', ...more }],
});
const ask = (quantity: string, more: object = {}, headers = {}) =>
  books.post('requisitions', wanted(quantity, more), headers);
const step = (id: string, name: string, version: number) =>
  books.post(`requisitions/${id}/steps`, { step: name, version });
const decide = (id: string, name: string, version: number, who = controller) =>
  books.post(`requisitions/${id}/decision`, { step: name, version }, who);
const approved = async (quantity: string) => {
  const id = idOf(await ask(quantity));
  await step(id, 'submit', 1);
  expect((await decide(id, 'approve', 2)).body).toMatchObject({ status: 'approved' });
  return id;
};
const order = (lines: object[], headers = {}) =>
  books.post(
    'requisition-orders',
    { lines: lines.map((line) => ({ line: 1, issuedOn: TODAY, ...line })) },
    headers,
  );

test('a requisition is asked for once by its key, submitted, approved by another, or sent back', async () => {
  const first = await ask('10', {}, once('rq-1'));
  expect(first).toMatchObject({ status: 200, body: { number: 'RQ-2025-000001' } });
  expect((await ask('10', {}, once('rq-1'))).body).toEqual(first.body);
  const id = idOf(first);
  expect((await step(id, 'submit', 1)).body).toMatchObject({ version: 2, status: 'submitted' });
  expect(await step(id, 'withdraw', 1)).toMatchObject(refused(409, 'purchasing.moved-on'));
  expect(await decide(id, 'approve', 2, {})).toMatchObject(refused(403, 'purchasing.four-eyes'));
  expect((await decide(id, 'reject', 2)).body).toMatchObject({ status: 'rejected' });
  expect(await step(id, 'submit', 3)).toMatchObject(refused(409, 'purchasing.not-in-this-state'));
  expect(await step('rq_none', 'submit', 1)).toMatchObject(
    refused(404, 'purchasing.no-such-requisition'),
  );
  const elsewhere = await books.ask('GET', `/v1/erp/legal-entities/XX/requisitions/${id}`);
  expect(elsewhere).toMatchObject(refused(404, 'api.no-such-record'));
});

test('what cannot be asked for says why', async () => {
  expect(await ask('0')).toMatchObject(refused(400, 'purchasing.quantity-not-positive'));
  expect(await ask('1', { item: 'none' })).toMatchObject(refused(404, 'purchasing.no-such-item'));
  expect(await ask('1', { unit: 'KGM' })).toMatchObject(refused(400, 'purchasing.bad-line'));
  expect(await books.post('requisitions', { issuedOn: TODAY, lines: [] })).toMatchObject(
    refused(400, 'api.invalid-request'),
  );
});

test('what was approved is ordered in parts, never beyond it, all lines or none', async () => {
  const id = await approved('10');
  const open = idOf(await ask('5'));
  const part = { requisition: id, line: 10, supplier, quantity: '4' };
  expect(await order([part, { ...part, requisition: open }])).toMatchObject(
    refused(409, 'purchasing.not-in-this-state'),
  );
  expect((await books.read(`requisitions/${id}`)).body).toMatchObject({ status: 'approved' });
  expect(await order([{ ...part, supplier: undefined }])).toMatchObject(
    refused(404, 'purchasing.no-such-supplier'),
  );
  const cheap = { ...part, quantity: '1' };
  expect((await order([cheap, { ...cheap, supplier: undefined }])).body).toMatchObject({
    code: 'purchasing.no-such-supplier',
    problems: [{ field: 'lines.1.supplier' }],
  });
  expect(await order([{ ...part, quantity: '11' }])).toMatchObject(
    refused(409, 'purchasing.above-requisition'),
  );
  const made = await order([part], once('ro-1'));
  expect(made).toMatchObject({ status: 200, body: { lines: [{ line: 10 }] } });
  expect((await order([part], once('ro-1'))).body).toEqual(made.body);
  expect((await books.read(`requisitions/${id}`)).body).toMatchObject({
    status: 'partly-ordered',
    lines: [{ ordered: '4' }],
  });
  const rest = await order([{ requisition: id, line: 10, supplier, unitPrice: '2.10' }]);
  const [{ order: second } = { order: '' }] = Object(rest.body['lines']) as { order: string }[];
  expect((await books.read(`purchase-orders/${second}`)).body).toMatchObject({
    status: 'draft',
    lines: [{ ordered: '6', unitPrice: '2.10' }],
  });
  const listed = await books.read('requisitions?status=ordered&sort=-number');
  expect(rowsOf(listed)).toMatchObject([{ id }]);
});

test('what nobody knows the price of is told by its line', async () => {
  const nut = idOf(await books.post('items', { name: 'Nut', kind: 'raw', baseUnit: 'C62' }));
  const lines = [{ item: nut, quantity: '2', neededOn: TODAY, warehouse }];
  const asked = { issuedOn: TODAY, lines };
  const id = idOf(await books.post('requisitions', asked));
  await step(id, 'submit', 1);
  await decide(id, 'approve', 2);
  const unpriced = { requisition: id, line: 10, supplier };
  expect((await order([unpriced])).body).toMatchObject({
    code: 'purchasing.no-price',
    problems: [{ field: 'lines.0.unitPrice' }],
  });
  expect(await order([{ ...unpriced, unitPrice: '7' }])).toMatchObject({ status: 200 });
});

test('requisitions are read by cursor in the order asked for', async () => {
  for (const quantity of ['1', '2', '3']) await ask(quantity);
  const all = rowsOf(await books.read('requisitions?sort=number&limit=200')).map(
    (row) => row['id'],
  );
  const seen: unknown[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: Answer = await books.read(`requisitions?sort=number&limit=2${after}`);
    seen.push(...rowsOf(page).map((row) => row['id']));
    const { next } = page.body;
    after = typeof next === 'string' ? `&after=${encodeURIComponent(next)}` : undefined;
  }
  expect(seen).toEqual(all);
  const first = await books.read('requisitions?limit=1');
  const plain = encodeURIComponent(String(first.body['next']));
  expect(await books.read(`requisitions?sort=number&after=${plain}`)).toMatchObject(
    refused(400, 'api.unknown-cursor'),
  );
});

test('an order is changed from the version seen; worth more, it waits for another; all of it is kept', async () => {
  await books.put('purchasing-settings', { approvalLimit: '100.00' });
  const lines = [{ item: bolt, quantity: '10', unitPrice: '2.00', warehouse }];
  const id = idOf(await books.post('purchase-orders', { supplier, issuedOn: TODAY, lines }));
  await books.post(`purchase-orders/${id}/steps`, { step: 'issue', version: 1 });
  const change = (version: number, body: object) =>
    books.put(`purchase-orders/${id}`, { version, ...body });
  expect(await change(2, {})).toMatchObject(refused(400, 'purchasing.empty-document'));
  expect(await change(1, { lines: [{ line: 10, quantity: '12' }] })).toMatchObject(
    refused(409, 'purchasing.moved-on'),
  );
  const centre = { code: 'X', name: { en: 'Works', de: 'Werk' }, validFrom: TODAY };
  await books.post('cost-centres', centre);
  const added = [{ text: 'consulting', quantity: '1', unitPrice: '500.00', costCentre: 'X' }];
  expect((await change(2, { added, reason: 'set-up' })).body).toEqual({
    id,
    version: 3,
    status: 'awaiting-approval',
  });
  const agreed = { step: 'approve', version: 3 };
  expect(await books.post(`purchase-orders/${id}/decision`, agreed)).toMatchObject(
    refused(403, 'purchasing.four-eyes'),
  );
  expect((await books.post(`purchase-orders/${id}/decision`, agreed, controller)).body).toEqual({
    id,
    version: 4,
    status: 'issued',
  });
  const receipt = { receivedOn: TODAY, postedOn: TODAY };
  await books.post('goods-receipts', {
    ...receipt,
    lines: [{ order: id, line: 10, quantity: '4' }],
  });
  const { body } = await books.read(`purchase-orders/${id}`);
  const less = { lines: [{ line: 10, quantity: '3' }] };
  expect(await change(Number(body['version']), less)).toMatchObject(
    refused(409, 'purchasing.below-received'),
  );
  const history = rowsOf(await books.read(`purchase-orders/${id}/history`));
  expect(history.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['changed', 'approved']),
  );
  const other = `${await books.elsewhere()}/purchase-orders/${id}`;
  expect(await books.ask('GET', `${other}/history`)).toMatchObject({ status: 404 });
  expect(await books.ask('PUT', other, { version: 4, ...less })).toMatchObject(
    refused(404, 'purchasing.no-such-order'),
  );
  await books.put('purchasing-settings', { approvalLimit: null });
});

const MAY: readonly (readonly [Role, readonly number[]])[] = [
  ['planner', [200, 200, 403]],
  ['controller', [200, 200, 200]],
  ['seller', [403, 403, 403]],
  ['viewer', [403, 403, 403]],
];
test.each(MAY)('a %s lists, asks for and approves: %j', async (role, expected) => {
  const who = await books.someone(role);
  const id = idOf(await ask('1'));
  await step(id, 'submit', 1);
  expect([
    (await books.read('requisitions', who)).status,
    (await ask('1', {}, who)).status,
    (await decide(id, 'approve', 2, who)).status,
  ]).toEqual(expected);
});
