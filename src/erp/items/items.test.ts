import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations } from '#erp/company';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  addPrices,
  addSupplierItems,
  bomOf,
  createAgreements,
  createBoms,
  createItemGroups,
  createItems,
  createPriceLists,
  itemFacts,
  itemHistory,
  itemsMigrations,
  listItems,
  listSupplierItems,
  pricesOf,
  updateItems,
} from './index.ts';
import type { PriceAsk } from './index.ts';
import { bolt, codeOf, context, foundEntity, newItems, on, valueOf } from './testing.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase([companyMigrations, itemsMigrations]);
  await foundEntity(database);
});
afterAll(() => database.close());

test('of many drafts the good ones are created, each refusal says why', async () => {
  const made = await transact(database, async (tx) => {
    await createItemGroups(tx, context, [{ code: 'PARTS', name: 'Parts' }]);
    return createItems(tx, context, [
      { ...bolt, number: 'B-1', itemGroup: 'PARTS' },
      { ...bolt, number: 'B-1' },
      { ...bolt, itemGroup: 'NONE' },
      { ...bolt, name: ' ' },
      { ...bolt, costing: 'standard' },
      { ...bolt, kind: 'service', batchManaged: true },
      { ...bolt, units: [{ unit: 'BX', numerator: decimal('0'), denominator: decimal('1') }] },
      { ...bolt, listPrice: decimal('-1'), listCurrency: 'EUR' },
      bolt,
      { ...bolt, units: [{ unit: 'BX', numerator: decimal('12'), denominator: decimal('1') }] },
    ]);
  });
  expect(made.map(codeOf)).toEqual([
    'ok',
    'items.number-taken',
    'items.unknown-group',
    'items.invalid',
    'items.invalid',
    'items.invalid',
    'items.invalid',
    'items.invalid',
    'ok',
    'ok',
  ]);
  expect(made.slice(8).map((one) => valueOf(one).number)).toEqual([
    'ITEM-2025-000001',
    'ITEM-2025-000002',
  ]);
});

test('groups stand under groups that exist', async () => {
  const made = await transact(database, (tx) =>
    createItemGroups(tx, context, [
      { code: 'A', name: 'A' },
      { code: 'A.1', name: 'A one', parent: 'A' },
      { code: 'A', name: 'again' },
      { code: 'B', name: 'B', parent: 'nowhere' },
      { code: '', name: 'B' },
    ]),
  );
  expect(made.map(codeOf)).toEqual([
    'ok',
    'ok',
    'items.code-taken',
    'items.unknown-group',
    'items.invalid',
  ]);
});

test('a change needs the version it was made from, and is kept with who made it', async () => {
  const [id = ''] = await newItems(database, { name: 'Old' });
  const change = (version: number, name: string) =>
    transact(database, (tx) =>
      updateItems(tx, { ...context, by: 'bert' }, [{ id, version, set: { name } }]),
    );
  expect((await change(1, 'New')).map(codeOf)).toEqual(['ok']);
  expect((await change(1, 'Other')).map(codeOf)).toEqual(['items.version-conflict']);
  expect((await change(2, '')).map(codeOf)).toEqual(['items.invalid']);
  const item = (await itemFacts(database.kysely, [id])).get(id);
  expect([item?.name, item?.version, item?.createdBy, item?.changedBy]).toEqual([
    'New',
    2,
    'anna',
    'bert',
  ]);
  expect(await itemHistory(database.kysely, id)).toEqual([
    {
      version: 2,
      changedBy: 'bert',
      changedAt: context.clock(),
      changes: { name: ['Old', 'New'] },
    },
  ]);
  const skipped = rows(
    database.kysely,
    sql`update erp_items.item set version = 9 where id = ${id}`,
  );
  await expect(skipped).rejects.toThrow('makes the next version');
});

test('two changes from the same version: one wins, the other is told', async () => {
  const [id = ''] = await newItems(database, {});
  const change = (name: string) =>
    transact(database, (tx) => updateItems(tx, context, [{ id, version: 1, set: { name } }]));
  const both = await Promise.all([change('One'), change('Two')]);
  expect(both.flat().map(codeOf).toSorted()).toEqual(['items.version-conflict', 'ok']);
});

test('items are listed by number, page after page', async () => {
  await newItems(database, { number: 'P-1' }, { number: 'P-2', kind: 'tool' }, { number: 'P-3' });
  const first = await listItems(database.kysely, { search: 'P-', limit: 2 });
  expect(first.map(({ number }) => number)).toEqual(['P-1', 'P-2']);
  const rest = await listItems(database.kysely, { search: 'p-', after: first[1]?.id, limit: 2 });
  expect(rest.map(({ number }) => number)).toEqual(['P-3']);
  const tools = await listItems(database.kysely, { search: 'P-', kind: 'tool', limit: 2 });
  expect(tools.map(({ number }) => number)).toEqual(['P-2']);
});

const one = decimal('1');
const zero = decimal('0');
const bom = (item: string, components: string[], version = '1', validFrom = on) => ({
  item,
  version,
  baseQuantity: one,
  validFrom,
  lines: components.map((component, at) => ({
    line: String(at + 1),
    component,
    quantity: one,
    scrapPercent: zero,
  })),
});

test('nothing is made of itself, through however many levels', async () => {
  const [a = '', b = '', c = ''] = await newItems(database, {}, {}, {});
  const write = (...drafts: Parameters<typeof createBoms>[2]) =>
    transact(database, (tx) => createBoms(tx, context, drafts));
  expect((await write(bom(a, [b]), bom(b, [c]), bom(c, [a]))).map(codeOf)).toEqual([
    'ok',
    'ok',
    'items.cycle',
  ]);
  expect((await write(bom(c, [a]), bom(a, [a]), bom(a, [c]), bom(a, ['x']))).map(codeOf)).toEqual([
    'items.cycle',
    'items.cycle',
    'items.code-taken',
    'items.unknown-item',
  ]);
  const byHand = rows(
    database.kysely,
    sql`with made as (insert into erp_items.bom (id, item, version, valid_from, created_by, created_at)
        values ('bom_x', ${c}, 'x', ${on}, 'x', now()) returning id)
      select id from made`,
  );
  await byHand;
  await expect(
    rows(
      database.kysely,
      sql`insert into erp_items.bom_line (bom, line, item, component, quantity)
        values ('bom_x', '1', ${c}, ${a}, 1)`,
    ),
  ).rejects.toThrow('made of itself');
});

test('two people close a circle at once: one of them is refused', async () => {
  const [a = '', b = ''] = await newItems(database, {}, {});
  const both = await Promise.all(
    [bom(a, [b]), bom(b, [a])].map((draft) =>
      transact(database, (tx) => createBoms(tx, context, [draft])),
    ),
  );
  expect(both.flat().map(codeOf).toSorted()).toEqual(['items.cycle', 'ok']);
});

test('the version of a bill that began last holds on a day', async () => {
  const [a = '', b = '', c = ''] = await newItems(database, {}, {}, {});
  await transact(database, (tx) =>
    createBoms(tx, context, [
      bom(a, [b], 'old', localDate('2025-01-01')),
      bom(a, [c], 'new', localDate('2025-06-01')),
    ]),
  );
  const versionOn = async (day: string) =>
    (await bomOf(database.kysely, a, localDate(day)))?.version;
  expect(await versionOn('2024-12-31')).toBe(undefined);
  expect(await versionOn('2025-05-31')).toBe('old');
  expect(await versionOn('2025-06-01')).toBe('new');
  expect((await bomOf(database.kysely, a, on))?.lines).toEqual([
    { line: '1', component: c, quantity: '1', scrapPercent: '0' },
  ]);
});

test('the price that holds comes from agreement, list, tier and day', async () => {
  const { kysely } = database;
  await transact(database, (tx) =>
    createItemGroups(tx, context, [{ code: 'PRICED', name: 'Priced' }]),
  );
  const [item = '', grouped = ''] = await newItems(
    database,
    { listPrice: decimal('10'), listCurrency: 'EUR' },
    { itemGroup: 'PRICED' },
  );
  await transact(database, async (tx) => {
    const lists = await createPriceLists(tx, context, [
      { code: 'ALL', name: 'All', currency: 'EUR', validFrom: localDate('2025-01-01') },
      { code: 'GOLD', name: 'Gold', currency: 'EUR', segment: 'gold', validFrom: on },
      { code: 'ALL', name: 'Again', currency: 'EUR', validFrom: on },
      { code: 'X', name: 'X', currency: 'EUR', segment: 'a', customer: 'b', validFrom: on },
    ]);
    expect(lists.map(codeOf)).toEqual(['ok', 'ok', 'items.code-taken', 'items.invalid']);
    const [all, gold] = lists.slice(0, 2).map((each) => valueOf(each).id);
    const strangers = { ...context, legalEntity: 'XX99' };
    const foreign = { priceList: all ?? '', item, price: decimal('9'), validFrom: on };
    const theirs = await addPrices(tx, strangers, [foreign]);
    expect(theirs.map(codeOf)).toEqual(['items.unknown-price-list']);
    const prices = await addPrices(tx, context, [
      { priceList: all ?? '', item, price: decimal('9'), validFrom: localDate('2025-01-01') },
      {
        priceList: all ?? '',
        item,
        price: decimal('8'),
        minQuantity: decimal('100'),
        validFrom: localDate('2025-01-01'),
      },
      { priceList: gold ?? '', item, price: decimal('7'), validFrom: on },
      { priceList: gold ?? '', item, price: decimal('6'), validFrom: on, minQuantity: zero },
      { priceList: 'none', item, price: decimal('6'), validFrom: on },
      { priceList: gold ?? '', item, price: decimal('-6'), validFrom: localDate('2026-01-01') },
    ]);
    expect(prices.map(codeOf)).toEqual([
      'ok',
      'ok',
      'ok',
      'items.code-taken',
      'items.unknown-price-list',
      'items.invalid',
    ]);
    await createAgreements(tx, context, [
      {
        side: 'sales',
        party: 'cust_1',
        kind: 'price',
        currency: 'EUR',
        validFrom: on,
        lines: [
          {
            line: '1',
            item,
            price: decimal('5'),
            tiers: [{ minQuantity: decimal('10'), price: decimal('4') }],
          },
          { line: '2', itemGroup: 'PRICED', price: decimal('3') },
        ],
      },
    ]);
    await addSupplierItems(tx, context, [
      { item, supplier: 'sup_1', price: decimal('2'), currency: 'USD', validFrom: on },
    ]);
  });
  const ask = (more: Partial<PriceAsk>): PriceAsk => ({
    item,
    side: 'sales',
    quantity: one,
    on,
    ...more,
  });
  const found = await pricesOf(kysely, 'RI', [
    ask({}),
    ask({ quantity: decimal('100') }),
    ask({ segment: 'gold', quantity: decimal('100') }),
    ask({ segment: 'gold', party: 'cust_1' }),
    ask({ party: 'cust_1', quantity: decimal('10') }),
    ask({ item: grouped, party: 'cust_1' }),
    ask({ item: grouped }),
    ask({ on: localDate('2024-01-01') }),
    ask({ side: 'purchase', party: 'sup_1' }),
    ask({ side: 'purchase', party: 'sup_1', currency: 'EUR' }),
    ask({ party: 'cust_1', on: localDate('2025-10-08') }),
  ]);
  expect(found.map((price) => price?.price)).toEqual([
    '9',
    '8',
    '7',
    '5',
    '4',
    '3',
    undefined,
    '10',
    '2',
    undefined,
    '9',
  ]);
  expect(found[3]?.source).toMatchObject({ kind: 'agreement', line: '1' });
  expect(await listSupplierItems(kysely, [item])).toMatchObject([
    { supplier: 'sup_1', price: '2', priceBase: '1', validFrom: '2025-10-09', preferred: false },
  ]);
});
