/** Lists of documents, over HTTP: with their lines, or without for who only shows the list. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ROUTES } from '#api-contract';
import { idOf, openBooks, rowsOf, TODAY } from './testing.ts';
import type { Body, Books } from './testing.ts';

let books: Books;
beforeAll(async () => {
  books = await openBooks();
  await buyAndSell();
});
afterAll(() => books.close());

const issued = { issuedOn: TODAY };
const posted = { postedOn: TODAY };

/** A lamp is ordered, comes, is charged by who made it; then by us, to who buys it. */
async function buyAndSell(): Promise<void> {
  const supplier = idOf(await books.post('parties', { role: 'supplier', name: 'Forge' }));
  const customer = idOf(await books.post('parties', { role: 'customer', name: 'Kiosk' }));
  const item = idOf(await books.post('items', { name: 'Lamp', kind: 'stock', baseUnit: 'C62' }));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  const warehouse = idOf(await books.post('warehouses', house));
  const one = { item, warehouse, quantity: '1' };
  const bought = { supplier, ...issued, lines: [{ ...one, unitPrice: '4', taxCode: 'IN-STD' }] };
  const purchase = idOf(await books.post('purchase-orders', bought));
  await books.post(`purchase-orders/${purchase}/steps`, { step: 'issue', version: 1 });
  const moved = (order: string) => ({ ...posted, lines: [{ order, line: 10, quantity: '1' }] });
  idOf(await books.post('goods-receipts', { receivedOn: TODAY, ...moved(purchase) }));
  const order = { id: purchase, line: 10 };
  const charged = [{ order, quantity: '1', net: '4.00', taxCode: 'IN-STD' }];
  const theirs = { supplier, supplierNumber: 'RE 1', ...issued, ...posted, lines: charged };
  idOf(await books.post('supplier-invoices', theirs));
  const sold = { customer, ...issued, lines: [{ ...one, unitPrice: '9', taxCode: 'OUT-STD' }] };
  const sale = idOf(await books.post('sales-orders', sold));
  await books.post(`sales-orders/${sale}/steps`, { step: 'confirm', version: 1 });
  const delivery = idOf(await books.post('deliveries', { shippedOn: TODAY, ...moved(sale) }));
  idOf(await books.post('customer-invoices', { ...issued, ...posted, deliveries: [delivery] }));
}

/** The address of every list that can be asked for without lines. */
const LISTS = Object.values(ROUTES).flatMap(({ path, query }) =>
  query instanceof z.ZodObject && 'lines' in query.shape
    ? [path.replace('/v1/erp/legal-entities/:entity/', '')]
    : [],
);

const linesOf = (row: Body) => z.array(z.looseObject({ amount: z.string() })).parse(row['lines']);

test('every list of documents is the same without its lines, and tells all but them', async () => {
  expect(LISTS).toHaveLength(7);
  for (const list of LISTS) {
    const whole = rowsOf(await books.read(list));
    const heads = rowsOf(await books.read(`${list}?lines=none`));
    const isWhole = whole.length > 0 && whole.every(({ lines }) => Array.isArray(lines));
    expect({ list, isWhole }).toEqual({ list, isWhole: true });
    expect({ list, rows: heads.map(({ total: _total, ...row }) => row) }).toEqual({
      list,
      rows: whole.map(({ lines: _lines, ...row }) => row),
    });
  }
});

test('the journal without its lines says what each entry debits in all', async () => {
  const whole = rowsOf(await books.read('journal-entries'));
  const debits = whole.map((row) =>
    linesOf(row).reduce(
      (sum, { amount }) => sum + Math.max(0, Math.round(Number(amount) * 100)),
      0,
    ),
  );
  const heads = rowsOf(await books.read('journal-entries?lines=none'));
  expect(heads.map(({ total }) => Math.round(Number(total) * 100))).toEqual(debits);
  expect(debits).toContain(1_071); // 9.00 and 19 % of it.
});

test('lines are all or none', async () => {
  expect(await books.read('sales-orders?lines=some')).toMatchObject({ status: 400 });
});
