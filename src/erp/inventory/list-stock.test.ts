import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact } from '#database';
import { decimal } from '#kernel/decimal';
import { listMovements, listPositions, moveStock } from './index.ts';
import { context, draftsFor, newItems, openStock, valueOf } from './testing.ts';
import type { Stock } from './testing.ts';

let stock: Stock;
let pump = '';
let valve = '';

beforeAll(async () => {
  stock = await openStock();
  [pump = '', valve = ''] = await newItems(
    stock.database,
    { name: 'Garden pump A10', number: 'P-100' },
    { name: 'Ball valve 50 %', number: 'V-7' },
  );
  const drafts = [
    draftsFor(pump, stock.main)('receipt', '5', { unitCost: decimal('2') }),
    draftsFor(pump, stock.other)('receipt', '2', { unitCost: decimal('2') }),
    draftsFor(valve, stock.main)('receipt', '3', { unitCost: decimal('2') }),
    draftsFor(valve, stock.main)('issue', '-3'),
  ];
  for (const draft of drafts) {
    const [moved] = await transact(stock.database, (tx) => moveStock(tx, context, [draft]));
    valueOf(moved);
  }
});
afterAll(() => stock.database.close());

const found = async (filter: { search?: string; inStock?: boolean; warehouse?: string }) =>
  (await listPositions(stock.database.kysely, { ...filter, legalEntity: 'RI', limit: 9 })).map(
    ({ item, warehouse }) => [item, warehouse],
  );

test('stock is searched by what its item is called and by its number', async () => {
  expect(await found({ search: 'garden' })).toEqual(
    expect.arrayContaining([
      [pump, stock.main],
      [pump, stock.other],
    ]),
  );
  expect(await found({ search: 'v-7' })).toEqual([[valve, stock.main]]);
  expect(await found({ search: 'p-1', warehouse: stock.other })).toEqual([[pump, stock.other]]);
  expect(await found({ search: '50 %' })).toEqual([[valve, stock.main]]);
  expect(await found({ search: '%' })).toHaveLength(1); // A sign like any other.
  expect(await found({ search: 'hose' })).toEqual([]);
});

test('what is there and what is not are two lists, and all of it a third', async () => {
  expect(await found({ inStock: false })).toEqual([[valve, stock.main]]);
  expect(await found({ inStock: true })).toHaveLength(2);
  expect(await found({})).toHaveLength(3);
});

test('movements are searched by their item', async () => {
  const moved = await listMovements(stock.database.kysely, {
    legalEntity: 'RI',
    search: 'valve',
    limit: 9,
  });
  expect(moved.map(({ kind }) => kind)).toEqual(['issue', 'receipt']);
});
