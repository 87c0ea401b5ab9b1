/** What is counted says in what, over HTTP: on documents in the order's unit, in stock in the item's own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, openBooks, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
let wire: string; // In metres; bought and sold in boxes of 12.
let nails: string; // In kilograms.
let house: string;
let owner: string;

const said = { postedOn: TODAY, text: 'test' };
const one = async (path: string, body: object): Promise<string> =>
  idOf(await books.post(path, body));

beforeAll(async () => {
  books = await openBooks();
  const units = [{ unit: 'XBX', numerator: '12', denominator: '1' }];
  wire = await one('items', { name: 'Wire', kind: 'stock', baseUnit: 'MTR', units });
  nails = await one('items', { name: 'Nails', kind: 'raw', baseUnit: 'KGM' });
  house = await one('warehouses', { code: 'MAIN', name: 'Main', kind: 'plant' });
  owner = await one('parties', { role: 'supplier', name: 'Drahtwerk' });
  const of = (item: string) => ({ item, warehouse: house, quantity: '60', unitCost: '1' });
  await books.post('stock-adjustments', { ...said, lines: [of(wire), of(nails)] });
});
afterAll(() => books.close());

test('a line that came or left says the unit that was ordered, also where it is no item', async () => {
  const supplier = owner;
  const lines = [
    { item: wire, quantity: '2', unit: 'XBX', unitPrice: '5', warehouse: house },
    { text: 'Winding', quantity: '3', unit: 'HUR', unitPrice: '40' },
  ];
  const order = await one('purchase-orders', {
    supplier,
    issuedOn: TODAY,
    lines,
  });
  expect(
    (await books.post(`purchase-orders/${order}/steps`, { version: 1, step: 'issue' })).status,
  ).toBe(200);
  const came = [10, 20].map((line) => ({ order, line, quantity: '2' }));
  const receipt = await one('goods-receipts', { receivedOn: TODAY, postedOn: TODAY, lines: came });
  expect((await books.read(`goods-receipts/${receipt}`)).body).toMatchObject({
    lines: [
      { item: wire, quantity: '2', unit: 'XBX' },
      { item: null, quantity: '2', unit: 'HUR' },
    ],
  });

  const customer = await one('parties', { role: 'customer', name: 'Kiosk' });
  const sold = lines.slice(0, 1);
  const wanted = await one('sales-orders', { customer, issuedOn: TODAY, lines: sold });
  expect(
    (await books.post(`sales-orders/${wanted}/steps`, { version: 1, step: 'confirm' })).status,
  ).toBe(200);
  const left = [{ order: wanted, line: 10, quantity: '1' }];
  const delivery = await one('deliveries', { shippedOn: TODAY, postedOn: TODAY, lines: left });
  expect((await books.read(`deliveries/${delivery}`)).body).toMatchObject({
    lines: [{ item: wire, quantity: '1', unit: 'XBX' }],
  });
});

test('stock, its places, movements and counts are in the unit of each item', async () => {
  const unitsOf = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    new Map(rows.map(({ item, unit }) => [item, unit]));
  const own = new Map([
    [wire, 'MTR'],
    [nails, 'KGM'],
  ]);
  expect(unitsOf(rowsOf(await books.read('stock')))).toEqual(own);
  expect(unitsOf(rowsOf(await books.read('stock-movements')))).toEqual(own);
  expect(unitsOf(rowsOf(await books.read(`warehouses/${house}/balances`)))).toEqual(own);
  const count = await one('stock-counts', { warehouse: house });
  const { body } = await books.read(`stock-counts/${count}`);
  const lines = Object.values(Object(body['lines']) as Record<string, Record<string, unknown>>);
  expect(unitsOf(lines)).toEqual(own);
  expect(rowsOf(await books.read('stock-counts'))).toMatchObject([{ lines }]);
  await books.post(`stock-counts/${count}/cancel`, { version: 1 });
});

test('a bill of material says of each component what it is counted in', async () => {
  const coil = await one('items', { name: 'Coil', kind: 'finished', baseUnit: 'C62' });
  const of = (line: string, component: string, quantity: string) => ({
    line,
    component,
    quantity,
    scrapPercent: '0',
  });
  const lines = [of('1', wire, '2.5'), of('2', nails, '0.1')];
  const bill = { version: '1', baseQuantity: '10', validFrom: TODAY, lines };
  expect((await books.post(`items/${coil}/boms`, bill)).status).toBe(200);
  expect((await books.read(`items/${coil}`)).body).toMatchObject({
    boms: [
      {
        lines: [
          { component: wire, quantity: '2.5', unit: 'MTR' },
          { component: nails, quantity: '0.1', unit: 'KGM' },
        ],
      },
    ],
  });
});

test('what is taken of consignment is in the unit of its item', async () => {
  const line = { item: nails, warehouse: house, owner, quantity: '9' };
  await books.post('stock-adjustments', { ...said, lines: [{ ...line, status: 'consignment' }] });
  const lines = [{ ...line, unitCost: '1.10' }];
  await books.post('consignment-withdrawals', { ...said, lines });
  expect(rowsOf(await books.read('consignment-withdrawals'))).toMatchObject([
    { item: nails, open: '9', unit: 'KGM' },
  ]);
});
