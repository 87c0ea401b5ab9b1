import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { moveStock, reverseMovements } from './index.ts';
import type { MovementDraft } from './index.ts';
import {
  codeOf,
  context,
  draftsFor,
  keepLaws,
  newItems,
  on,
  openStock,
  source,
  standing,
  valueOf,
} from './testing.ts';
import type { Stock } from './testing.ts';

let stock: Stock;

beforeAll(async () => {
  stock = await openStock();
});
afterAll(() => stock.database.close());
afterEach(async () => {
  await keepLaws(stock.database.kysely);
});

const move = (...drafts: MovementDraft[]) =>
  transact(stock.database, (tx) => moveStock(tx, context, drafts));
const values = async (...drafts: MovementDraft[]) =>
  (await move(...drafts)).map((one) => {
    const { value, variance } = valueOf(one);
    return variance === '0' || Number(variance) === 0 ? value : `${value} ${variance}`;
  });
const cost = (unitCost: string) => ({ unitCost: decimal(unitCost) });
const reverse = (...ids: string[]) =>
  transact(stock.database, (tx) =>
    reverseMovements(
      tx,
      context,
      ids.map((movement) => ({ movement, postedOn: on })),
    ),
  );
const stands = (item: string, warehouse = stock.main) =>
  standing(stock.database.kysely, item, warehouse);

test('moving average: an issue takes its share, the last one what is left', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  expect(
    await values(
      of('receipt', '3', cost('1')),
      of('receipt', '1', cost('2')),
      of('issue', '-3'),
      of('issue', '-1'),
    ),
  ).toEqual(['3.00', '2.00', '-3.75', '-1.25']);
  expect(await stands(item)).toBe('0 worth 0.00');
});

test('first in, first out: an issue takes the oldest, also a part of it', async () => {
  const [item = ''] = await newItems(stock.database, { costing: 'fifo' });
  const of = draftsFor(item, stock.main);
  await move(of('receipt', '2', cost('1')), of('receipt', '3', { value: decimal('10') }));
  expect(await values(of('issue', '-3'), of('issue', '-1'))).toEqual(['-5.33', '-3.34']);
  expect(await stands(item)).toBe('1 worth 3.33');
});

test('standard cost: stock is worth the standard, the rest is variance', async () => {
  const [item = ''] = await newItems(stock.database, {
    costing: 'standard',
    standardCost: decimal('2'),
  });
  const of = draftsFor(item, stock.main);
  expect(
    await values(of('receipt', '4', cost('2.5')), of('receipt', '1'), of('issue', '-5')),
  ).toEqual(['8.00 2.00', '2.00', '-10.00']);
});

test('a receipt that comes after its issue corrects the cost the issue guessed', async () => {
  for (const costing of ['moving-average', 'fifo'] as const) {
    const [item = ''] = await newItems(stock.database, { costing });
    const of = draftsFor(item, stock.owing);
    expect(
      await values(
        of('receipt', '1', cost('10')),
        of('issue', '-4'), // One at 10, three owed at 10.
        of('receipt', '2', cost('12')), // Covers two of the three: 20 into stock, 4 too late.
        of('receipt', '3', cost('11')), // Covers the third: 10, and two stay at 11.
        of('issue', '-2'),
      ),
    ).toEqual(['10.00', '-40.00', '20.00 4.00', '32.00 1.00', '-22.00']);
    expect(await stands(item, stock.owing)).toBe('0 worth 0.00');
  }
});

test('each refusal says why, and stops no other', async () => {
  const [item = '', batched = '', serial = '', service = ''] = await newItems(
    stock.database,
    {},
    { batchManaged: true, shelfLifeDays: 10 },
    { serialManaged: true },
    { kind: 'service' },
  );
  const of = draftsFor(item, stock.main);
  const ofBatch = draftsFor(batched, stock.main);
  const ofSerial = draftsFor(serial, stock.main);
  const late = { postedOn: localDate('2025-10-20') };
  const results = await move(
    of('receipt', '1', cost('1')),
    of('receipt', '-1', cost('1')),
    of('receipt', '1'),
    of('receipt', '1', { ...cost('1'), value: decimal('1') }),
    of('receipt', '1', cost('-1')),
    of('adjustment', '0'),
    of('issue', '-2'),
    of('issue', '-1', { location: 'A9' }),
    of('issue', '-1', { batch: 'X' }),
    of('issue', '-1', { warehouse: 'none' }),
    of('issue', '-1', { item: 'none' }),
    of('receipt', '1', { item: service, ...cost('1') }),
    of('receipt', '1', { ...cost('1'), owner: 'sup_1' }),
    of('consignment-in', '1'),
    of('receipt', '1', { ...cost('1'), status: 'consignment' }),
    ofBatch('receipt', '1', cost('1')),
    ofBatch('receipt', '1', { ...cost('1'), batch: 'L1' }),
    ofBatch('issue', '-1', { batch: 'L1', ...late }),
    ofBatch('scrap', '-1', { batch: 'L1', ...late }),
    ofSerial('receipt', '2', { ...cost('1'), serials: ['S1'] }),
    ofSerial('receipt', '2', { ...cost('1'), serials: ['S1', 'S1'] }),
    ofSerial('receipt', '2', { ...cost('1'), serials: ['S1', 'S2'] }),
    of('receipt', '1', { ...cost('1'), serials: ['S1'] }),
    of('issue', '-1', { reservation: 'none' }),
  );
  expect(results.map(codeOf)).toEqual([
    'ok',
    'inventory.invalid',
    'inventory.cost-missing',
    'inventory.invalid',
    'inventory.invalid',
    'inventory.invalid',
    'inventory.not-enough-stock',
    'inventory.unknown-location',
    'inventory.batch-missing',
    'inventory.unknown-warehouse',
    'inventory.unknown-item',
    'inventory.not-stocked',
    'inventory.owner-missing',
    'inventory.owner-missing',
    'inventory.owner-missing',
    'inventory.batch-missing',
    'ok',
    'inventory.batch-expired',
    'ok',
    'inventory.serials-missing',
    'inventory.serials-missing',
    'ok',
    'inventory.serials-missing',
    'inventory.unknown-reservation',
  ]);
  const elsewhere = await transact(stock.database, (tx) =>
    moveStock(tx, { ...context, legalEntity: 'XX' }, [of('issue', '-1')]),
  );
  expect(elsewhere.map(codeOf)).toEqual(['inventory.unknown-warehouse']);
});

test('drafts of one group are booked all or not at all, wherever they stand', async () => {
  const [item = ''] = await newItems(stock.database, { costing: 'fifo' });
  const of = draftsFor(item, stock.main);
  const results = await move(
    of('receipt', '5', { ...cost('1'), group: 'good' }),
    of('receipt', '5', { ...cost('9'), group: 'bad' }),
    of('issue', '-1', { group: 'good' }),
    of('issue', '-99', { group: 'bad' }),
    of('issue', '-1', { group: 'bad' }),
  );
  expect(results.map(codeOf)).toEqual([
    'ok',
    'inventory.group-refused',
    'ok',
    'inventory.not-enough-stock',
    'inventory.group-refused',
  ]);
  expect(await stands(item)).toBe('4 worth 4.00');
});

test('a reversal takes back what was booked, to the cent, once', async () => {
  for (const costing of ['moving-average', 'fifo'] as const) {
    const [item = ''] = await newItems(stock.database, { costing });
    const of = draftsFor(item, stock.main);
    const booked = await move(
      of('receipt', '3', { value: decimal('10') }),
      of('receipt', '7', { value: decimal('30') }),
      of('issue', '-4'),
    );
    const [first = '', second = '', issued = ''] = booked.map((one) => valueOf(one).id);
    const before = await stands(item);
    const taken = (await reverse(issued)).map((one) => valueOf(one));
    expect(Number(taken[0]?.value)).toBe(-Number(valueOf(booked[2]).value));
    expect(await stands(item)).toBe('10 worth 40.00');
    expect((await values(of('issue', '-4')))[0]).toBe(valueOf(booked[2]).value);
    expect(await stands(item)).toBe(before);
    expect((await reverse(issued)).map(codeOf)).toEqual(['inventory.already-reversed']);
    expect((await reverse(taken[0]?.id ?? '')).map(codeOf)).toEqual(['inventory.already-reversed']);
    expect((await reverse('none')).map(codeOf)).toEqual(['inventory.unknown-movement']);
    expect((await reverse(second)).map(codeOf)).toEqual(['inventory.not-enough-stock']);
    const [back] = await reverse(first); // Three left of ten: the rest is variance.
    const { value, variance } = valueOf(back);
    expect(Number(value) + Number(variance)).toBe(-10);
  }
});

test('reversing the last receipt leaves nothing worth nothing', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  const [, second] = await move(
    of('receipt', '1', cost('10')),
    of('receipt', '1', cost('20')),
    of('issue', '-1'),
  );
  const [back] = await reverse(valueOf(second).id);
  expect(valueOf(back)).toMatchObject({ value: '-15.00', variance: '-5.00' });
  expect(await stands(item)).toBe('0 worth 0.00');
});

test('two people reverse the same movement: one does', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const [booked] = await move(draftsFor(item, stock.main)('receipt', '1', cost('1')));
  const { id } = valueOf(booked);
  const both = await Promise.all([reverse(id), reverse(id)]);
  expect(both.flat().map(codeOf).toSorted()).toEqual(['inventory.already-reversed', 'ok']);
});

test('two people, one last item: one gets it', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  await move(of('receipt', '1', cost('1')));
  const all = await Promise.all([1, 2, 3, 4].map(() => move(of('issue', '-1'))));
  expect(all.flat().map(codeOf).toSorted()).toEqual([
    'inventory.not-enough-stock',
    'inventory.not-enough-stock',
    'inventory.not-enough-stock',
    'ok',
  ]);
});

test('what moved cannot be changed, and stock not pushed below zero, by any writer', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  await move(of('receipt', '1', cost('1')));
  const { kysely } = stock.database;
  const edited = rows(
    kysely,
    sql`update erp_inventory.movement set value = 2 where item = ${item}`,
  );
  await expect(edited).rejects.toThrow('what moved stays');
  const gone = rows(kysely, sql`delete from erp_inventory.movement where item = ${item}`);
  await expect(gone).rejects.toThrow('what moved stays');
  const pushed = rows(
    kysely,
    sql`insert into erp_inventory.movement (id, legal_entity, kind, item, warehouse, status,
        quantity, value, moved_at, posted_on, source_area, source_kind, source_id, created_by)
      values ('x', 'RI', 'issue', ${item}, ${stock.main}, 'free', -2, -1, now(), ${on}, ${source.area},
        ${source.kind}, ${source.id}, 'x')`,
  );
  await expect(pushed).rejects.toThrow('never_below_zero');
});
