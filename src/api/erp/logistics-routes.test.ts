/** Stock that is promised, picked, shipped or a supplier's, and prices, over HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
let bolt: string;
let main: string;
let shop: string;

beforeAll(async () => {
  books = await openBooks([2025]);
  bolt = idOf(await books.post('items', { name: 'Bolt', kind: 'raw', baseUnit: 'C62' }));
  main = idOf(await books.post('warehouses', { code: 'MAIN', name: 'Main', kind: 'plant' }));
  shop = idOf(await books.post('warehouses', { code: 'SHOP', name: 'Shop', kind: 'store' }));
  await adjust('10', '2.00');
  other = await books.elsewhere();
});
afterAll(() => books.close());

const said = { postedOn: TODAY, text: 'test' };
const adjust = (quantity: string, unitCost: string) => {
  const lines = [{ item: bolt, warehouse: main, quantity, unitCost }];
  return books.post('stock-adjustments', { ...said, lines });
};
let other: string;
const elsewhere = (path: string, payload: object) => books.ask('POST', `${other}/${path}`, payload);

test('stock is promised once by its key, picked, and given up', async () => {
  const wish = { item: bolt, warehouse: main, quantity: '6', reference: 'exhibition' };
  const first = await books.post('reservations', wish, once('rsv-1'));
  expect(first).toMatchObject({ status: 200, body: { quantity: '6' } });
  expect((await books.post('reservations', wish, once('rsv-1'))).body).toEqual(first.body);
  expect(await books.post('reservations', wish)).toMatchObject(
    refused(409, 'inventory.not-enough-stock'),
  );
  expect((await books.post('reservations', { ...wish, partial: true })).body).toMatchObject({
    quantity: '4',
  });
  const id = idOf(first);
  const pick = (quantity: string) => books.post(`reservations/${id}/pick`, { quantity });
  expect((await pick('2')).body).toMatchObject({ quantity: '2' });
  expect(await pick('5')).toMatchObject(refused(404, 'inventory.unknown-reservation'));
  expect(await elsewhere(`reservations/${id}/release`, {})).toMatchObject(
    refused(404, 'inventory.unknown-reservation'),
  );
  expect(await elsewhere(`reservations/${id}/pick`, { quantity: '1' })).toMatchObject(
    refused(404, 'inventory.unknown-reservation'),
  );
  const taken = { version: 1, set: { name: 'Theirs' } };
  expect(await books.ask('PUT', `${other}/warehouses/${main}`, taken)).toMatchObject(
    refused(404, 'inventory.unknown-warehouse'),
  );
  expect((await books.post(`reservations/${id}/release`, {})).body).toEqual({ id, released: '4' });
  const open = rowsOf(await books.read(`reservations?source=exhibition&item=${bolt}`));
  expect(open).toMatchObject([{ open: '4' }, { hard: true, open: '2' }]);
  const all = await books.read('reservations?source=exhibition&open=false');
  expect(rowsOf(all)).toHaveLength(3);
  for (const { id: held } of open) await books.post(`reservations/${String(held)}/release`, {});
});

test('stock is shipped, is on its way, and arrives in parts', async () => {
  const wish = { ...said, from: main, to: shop, lines: [{ item: bolt, quantity: '5' }] };
  const shipped = await books.post('stock-shipments', wish, once('ship-1'));
  expect(shipped).toMatchObject({ status: 200, body: { number: expect.any(String) as unknown } });
  const arrive = (quantity: string) =>
    books.post(`stock-shipments/${idOf(shipped)}/arrivals`, {
      ...said,
      lines: [{ line: '1', quantity }],
    });
  expect((await arrive('3')).status).toBe(200);
  expect(await arrive('3')).toMatchObject(refused(409, 'inventory.not-enough-stock'));
  expect(rowsOf(await books.read(`stock-shipments?to=${shop}`))).toMatchObject([
    { quantity: '5', received: '3', from: main },
  ]);
  expect(rowsOf(await books.read(`stock?warehouse=${shop}`))).toMatchObject([
    { owned: '5', free: '3', value: '10.00' },
  ]);
  expect((await arrive('2')).status).toBe(200);
  expect(rowsOf(await books.read('stock-shipments'))).toEqual([]);
});

test('what receipts cost is corrected, and what is gone of them is a variance', async () => {
  const [movement] = rowsOf(await books.read(`stock-movements?item=${bolt}&kind=adjustment`));
  const line = { movement: movement?.['id'], item: bolt, amount: '10.00' };
  const corrected = await books.post('cost-corrections', { ...said, lines: [line] });
  expect(corrected).toMatchObject({ status: 200 });
  const [{ value, variance } = {}] = corrected.body['moved'] as Readonly<Record<string, string>>[];
  expect([value, variance]).toEqual(['5.00', '5.00']); // Half of it was shipped.
  const none = { ...line, movement: 'none' };
  expect(await books.post('cost-corrections', { ...said, lines: [none] })).toMatchObject(
    refused(404, 'inventory.unknown-movement'),
  );
});

/** What was received, or taken of consignment, and not charged yet. */
const notCharged = async (): Promise<number> => {
  const { body } = await books.read(`trial-balance?to=${TODAY}`);
  const lines = body['rows'] as readonly { account: string; closing: string }[];
  return Number(lines.find(({ account }) => account === '2050')?.closing ?? 0);
};

test('what a supplier leaves here is his until it is withdrawn', async () => {
  const line = { item: bolt, warehouse: main, quantity: '4', status: 'consignment' };
  const leave = (more: object) =>
    books.post('stock-adjustments', { ...said, lines: [{ ...line, ...more }] });
  expect(await leave({})).toMatchObject(refused(400, 'inventory.owner-missing'));
  expect(await leave({ owner: 'sup_1' })).toMatchObject(refused(404, 'inventory.unknown-owner'));
  const owner = idOf(await books.post('parties', { role: 'supplier', name: 'Schrauben Süd' }));
  const taken = { item: bolt, warehouse: main, owner, quantity: '3', unitCost: '2.00' };
  expect(await books.post('consignment-withdrawals', { ...said, lines: [taken] })).toMatchObject(
    refused(409, 'inventory.not-enough-stock'),
  );
  expect((await leave({ owner })).body).toMatchObject({ moved: [{ value: '0' }] });
  const before = await notCharged();
  const withdrawn = await books.post('consignment-withdrawals', { ...said, lines: [taken] });
  expect(withdrawn.body).toMatchObject({ owed: [{ supplier: owner, amount: '6.00' }] });
  const left = rowsOf(await books.read(`warehouses/${main}/balances?item=${bolt}`));
  expect(left.filter((one) => one['owner'] === owner)).toMatchObject([{ quantity: '1' }]);
  expect((await notCharged()) - before).toBe(-6); // Until he charges it.
  const bill = {
    supplier: owner,
    supplierNumber: 'KO-1',
    issuedOn: TODAY,
    postedOn: TODAY,
    lines: [{ text: 'Bolt, taken', account: '2050', net: '6.00' }],
  };
  expect(await books.post('supplier-invoices', bill)).toMatchObject({ status: 200 });
  expect(await notCharged()).toBe(before);
});

test('what was taken is listed until it is charged, in parts, and again when that is taken back', async () => {
  const party = async (name: string) =>
    idOf(await books.post('parties', { role: 'supplier', name }));
  const [owner, stranger] = [await party('Federn Nord'), await party('Federn Ost')];
  const line = { item: bolt, warehouse: main, owner, quantity: '9' };
  await books.post('stock-adjustments', { ...said, lines: [{ ...line, status: 'consignment' }] });
  const take = async (quantity: string) => {
    const lines = [{ ...line, quantity, unitCost: '1.10' }];
    const { body } = await books.post('consignment-withdrawals', { ...said, lines });
    return { document: String(body['id']), withdrawal: `${String(body['id'])}:1` };
  };
  const [first, second] = [await take('3'), await take('6')];
  const open = async (more = '') =>
    rowsOf(await books.read(`consignment-withdrawals?supplier=${owner}&open=true${more}`)).map(
      (each) => [each['id'], each['open'], each['openValue'], each['unitCost']],
    );
  expect(await open('&sort=-value')).toEqual([
    [second.withdrawal, '6', '6.60', '1.10'],
    [first.withdrawal, '3', '3.30', '1.10'],
  ]);
  expect(await open('&limit=1&sort=value')).toHaveLength(1);
  const whose = async () => (await books.read('consignment-not-charged')).body;
  expect(await whose()).toEqual({
    suppliers: expect.arrayContaining([owner]) as unknown,
    items: expect.arrayContaining([bolt]) as unknown,
  });
  expect(JSON.stringify(await whose()).split(owner)).toHaveLength(2); // Once, though taken twice.
  const before = await notCharged();
  let bills = 0;
  const bill = (supplier: string, ...lines: object[]) => {
    bills += 1;
    const days = { issuedOn: TODAY, postedOn: TODAY };
    return books.post('supplier-invoices', {
      ...days,
      supplier,
      supplierNumber: `KW-${bills}`,
      lines,
    });
  };
  const { withdrawal } = second;
  expect(await bill(stranger, { withdrawal, net: '6.60' })).toMatchObject(
    refused(400, 'payables.supplier-differs'),
  );
  expect(await bill(owner, { withdrawal: 'none', net: '1' })).toMatchObject(
    refused(404, 'payables.no-such-withdrawal'),
  );
  const tooMuch = { withdrawal, quantity: '7', net: '7.70' };
  expect((await bill(owner, tooMuch)).body).toMatchObject({
    problems: [{ field: 'lines.0.quantity' }],
  });
  const part = { withdrawal, quantity: '2', net: '2.20' };
  const charged = await bill(owner, part);
  expect(charged.body).toMatchObject({ blocks: [] });
  expect(await open()).toContainEqual([withdrawal, '4', '4.40', '1.10']);
  const flow = await books.ask('GET', `/v1/erp/documents/supplier-invoice/${idOf(charged)}/flow`);
  expect(flow.body['links']).toContainEqual({
    from: expect.objectContaining({ kind: 'stock-document', id: second.document }) as unknown,
    to: expect.objectContaining({ kind: 'supplier-invoice', id: idOf(charged) }) as unknown,
  });
  expect((await notCharged()) - before).toBeCloseTo(2.2, 2);
  const back = { postedOn: TODAY, text: 'back' };
  expect(await books.post(`stock-documents/${second.document}/reverse`, back)).toMatchObject(
    refused(409, 'inventory.wrong-state'),
  );
  const dear = await bill(owner, { withdrawal, net: '5.40' }); // All that is left, dearer.
  expect(dear.body).toMatchObject({ blocks: ['price'] });
  expect(await open()).toEqual([[first.withdrawal, '3', '3.30', '1.10']]);
  for (const each of [dear, charged]) {
    const wrong = { on: TODAY, reason: 'not ours' };
    expect((await books.post(`supplier-invoices/${idOf(each)}/cancel`, wrong)).status).toBe(200);
  }
  expect(await open()).toContainEqual([withdrawal, '6', '6.60', '1.10']);
  expect((await books.post(`stock-documents/${second.document}/reverse`, back)).status).toBe(200);
  const byLetter = (id: string) =>
    books.post(`consignment-withdrawals/${id}/charged-elsewhere`, {
      on: TODAY,
      reason: 'by letter',
    });
  expect((await byLetter(first.withdrawal)).status).toBe(200);
  expect(await byLetter(first.withdrawal)).toMatchObject(refused(409, 'inventory.wrong-state'));
  expect(await byLetter('none')).toMatchObject(refused(404, 'inventory.unknown-withdrawal'));
  expect(await open()).toEqual([]);
  expect(JSON.stringify(await whose())).not.toContain(owner);
});

test('a warehouse is changed from the version seen, and gets locations', async () => {
  const put = (version: number, set: object) => books.put(`warehouses/${shop}`, { version, set });
  expect((await put(1, { name: 'City shop' })).body).toMatchObject({ version: 2 });
  expect(await put(1, { name: 'Old' })).toMatchObject(refused(409, 'inventory.version-conflict'));
  const add = () => books.post(`warehouses/${shop}/locations`, { code: 'A1' });
  expect((await add()).body).toEqual({ code: 'A1' });
  expect(await add()).toMatchObject(refused(409, 'inventory.code-taken'));
  const listed = rowsOf(await books.read('warehouses')).find(({ id }) => id === shop);
  expect(listed).toMatchObject({ name: 'City shop', locations: [{ code: 'A1' }] });
});

test('a price list answers what holds; an agreement is closed once', async () => {
  await books.ask('POST', '/v1/erp/item-groups', { code: 'PARTS', name: 'Parts' });
  const groups = await books.ask('GET', '/v1/erp/item-groups');
  expect(rowsOf(groups)).toEqual([{ code: 'PARTS', name: 'Parts' }]);
  const draft = { code: 'RETAIL', name: 'Retail', currency: 'EUR', validFrom: TODAY };
  const list = idOf(await books.post('price-lists', draft));
  expect(await books.post('price-lists', draft)).toMatchObject(refused(409, 'items.code-taken'));
  const price = { item: bolt, price: '3.50', minQuantity: '10', validFrom: TODAY };
  expect((await books.post(`price-lists/${list}/prices`, price)).status).toBe(200);
  expect(await books.post('price-lists/none/prices', price)).toMatchObject(
    refused(404, 'items.unknown-price-list'),
  );
  const asked = await books.read(`items/${bolt}/price?side=sales&quantity=12&on=${TODAY}`);
  expect(asked.body).toMatchObject({ price: { price: '3.50' } });
  expect(rowsOf(await books.read('price-lists'))).toMatchObject([{ id: list, code: 'RETAIL' }]);
  expect((await books.read(`price-lists/${list}`)).body).toMatchObject({
    code: 'RETAIL',
    prices: [{ item: bolt, minQuantity: '10', price: '3.50', priceBase: '1' }],
  });
  expect(await books.read('price-lists/none')).toMatchObject(refused(404, 'api.no-such-record'));
  const agreed = await books.post('agreements', {
    side: 'sales',
    party: 'cust_1',
    kind: 'price',
    currency: 'EUR',
    validFrom: TODAY,
    lines: [{ line: '1', item: bolt, price: '2.5' }],
  });
  expect((await books.read(`agreements/${idOf(agreed)}`)).body).toMatchObject({
    status: 'active',
    lines: [{ item: bolt, price: '2.5' }],
  });
  const close = () => books.post(`agreements/${idOf(agreed)}/close`, { version: 1 });
  expect((await close()).body).toMatchObject({ version: 2 });
  expect(await close()).toMatchObject(refused(409, 'items.version-conflict'));
});

test.each<[Role, readonly number[]]>([
  ['controller', [200, 200, 403]],
  ['buyer', [200, 403, 200]],
  ['auditor', [200, 403, 403]],
])('%s: reading reservations, reserving and pricing answer %j', async (role, expected) => {
  const who = await books.someone(role);
  const wish = { item: bolt, warehouse: main, quantity: '1', reference: role };
  const list = { code: role, name: role, currency: 'EUR', validFrom: TODAY };
  const answers = [
    await books.read('reservations', who),
    await books.post('reservations', wish, who),
    await books.post('price-lists', list, who),
  ];
  expect(answers.map(({ status }) => status)).toEqual(expected);
});

test('agreements and price lists are changed from the version seen, in their own books', async () => {
  const terms = { kind: 'price', currency: 'EUR', validFrom: TODAY };
  const agreed = { ...terms, side: 'purchase', party: 'sup_1' };
  const lines = [{ line: '1', item: bolt, price: '1.90' }];
  const id = idOf(await books.post('agreements', { ...agreed, lines }));
  const change = { version: 1, set: { validTo: '2025-12-31' }, lines: [{ line: '1', price: '2' }] };
  expect(await books.ask('PUT', `${other}/agreements/${id}`, change)).toMatchObject(
    refused(404, 'items.unknown-agreement'),
  );
  expect((await books.put(`agreements/${id}`, change)).body).toEqual({ id, version: 2 });
  expect(await books.put(`agreements/${id}`, change)).toMatchObject(
    refused(409, 'items.version-conflict'),
  );
  expect((await books.read(`agreements/${id}`)).body).toMatchObject({
    validTo: '2025-12-31',
    lines: [{ price: '2' }],
    history: [{ version: 2, changes: { 'lines[1].price': ['1.90', '2'] } }],
  });
  const draft = { code: 'WEB', name: 'Web shop', currency: 'EUR', validFrom: TODAY };
  const list = idOf(await books.post('price-lists', draft));
  const ends = { version: 1, set: { validTo: '2025-12-31' } };
  expect((await books.put(`price-lists/${list}`, ends)).body).toEqual({ id: list, version: 2 });
  const endless = { version: 2, set: { validTo: null } };
  expect((await books.put(`price-lists/${list}`, endless)).status).toBe(200);
  const shown = await books.read(`price-lists/${list}`);
  expect(shown.body).toMatchObject({ version: 3, history: [{ version: 3 }, { version: 2 }] });
  expect(shown.body).not.toHaveProperty('validTo');
});
