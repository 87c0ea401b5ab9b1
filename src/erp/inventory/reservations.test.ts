import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Handle } from '#database';
import { compareDecimals, decimal, decimalOf, sumDecimals } from '#kernel/decimal';
import { addDays, localDate } from '#kernel/time';
import {
  available,
  cancelCount,
  changeStatus,
  listCounts,
  listReservations,
  moveStock,
  openCount,
  pick,
  postCount,
  proposeFefo,
  recordCount,
  release,
  reserve,
  reverseMovements,
  scrapStock,
} from './index.ts';
import type { MovementDraft, ReservationDraft } from './index.ts';
import { proposeBatches } from './propose-batches.ts';
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

const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(stock.database, work);
const move = (...drafts: MovementDraft[]) => run((tx) => moveStock(tx, context, drafts));
const cost = { unitCost: decimal('1') };
const wish = (item: string, quantity: string, more: Partial<ReservationDraft> = {}) => ({
  item,
  warehouse: stock.main,
  quantity: decimal(quantity),
  source,
  ...more,
});
const reserveNow = (...drafts: ReservationDraft[]) => run((tx) => reserve(tx, context, drafts));

test('what is promised is never more than what is free, and is not taken by others', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  await move(of('receipt', '10', cost), of('receipt', '5', { ...cost, status: 'quality' }));
  const reserved = await reserveNow(
    wish(item, '6'),
    wish(item, '5'),
    wish(item, '5', { partial: true }),
    wish(item, '1', { partial: true }),
    wish(item, '0'),
    wish('none', '1'),
    wish(item, '1', { warehouse: 'none' }),
  );
  expect(reserved.map(codeOf)).toEqual([
    'ok',
    'inventory.not-enough-stock',
    'ok',
    'inventory.not-enough-stock',
    'inventory.invalid',
    'inventory.unknown-item',
    'inventory.unknown-warehouse',
  ]);
  expect(valueOf(reserved[2]).quantity).toBe('4');
  const [there] = await available(stock.database.kysely, [{ item, warehouse: stock.main }]);
  expect(there).toMatchObject({ owned: '15', free: '10', reserved: '10', available: '0' });
  expect(there?.byStatus).toEqual({ free: '10', quality: '5' });
  const [mine = '', yours = ''] = [reserved[0], reserved[2]].map((one) => valueOf(one).id);
  const issued = await move(
    of('issue', '-1'),
    of('issue', '-4', { reservation: mine }),
    of('issue', '-3', { reservation: mine }), // One more than is left of it.
    of('scrap', '-1'), // What is broken is broken.
  );
  expect(issued.map(codeOf)).toEqual(['inventory.reserved', 'ok', 'inventory.reserved', 'ok']);
  const given = await run((tx) => release(tx, context, [yours, yours, 'none']));
  expect(given.map(codeOf)).toEqual([
    'ok',
    'inventory.unknown-reservation',
    'inventory.unknown-reservation',
  ]);
  const left = await listReservations(stock.database.kysely, { item, onlyOpen: true });
  expect(left).toMatchObject([{ id: mine, open: '2', status: 'open' }]);
});

test('what is picked lies ready: nobody else takes it, wherever they look', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  await move(
    of('receipt', '5', { ...cost, location: 'A1' }),
    of('receipt', '5', { ...cost, location: 'A2' }),
  );
  const [soft] = await reserveNow(wish(item, '4'));
  const picked = await run((tx) =>
    pick(tx, context, [
      { reservation: valueOf(soft).id, location: 'A1', quantity: decimal('3') },
      { reservation: valueOf(soft).id, location: 'A1', quantity: decimal('2') },
      { reservation: valueOf(soft).id, quantity: decimal('1') },
    ]),
  );
  expect(picked.map(codeOf)).toEqual([
    'ok',
    'inventory.unknown-reservation',
    'inventory.not-enough-stock',
  ]);
  const hard = valueOf(picked[0]).id;
  const taken = await move(
    of('scrap', '-3', { location: 'A1' }),
    of('issue', '-3', { location: 'A2', reservation: hard }),
    of('issue', '-2', { location: 'A1' }),
    of('issue', '-3', { location: 'A1', reservation: hard }),
  );
  expect(taken.map(codeOf)).toEqual([
    'inventory.reserved',
    'inventory.unknown-reservation',
    'ok',
    'ok',
  ]);
});

test('many people promise the same stock at once: no more than there is', async () => {
  const [item = ''] = await newItems(stock.database, {});
  await move(draftsFor(item, stock.main)('receipt', '5', cost));
  const all = await Promise.all(Array.from({ length: 8 }, () => reserveNow(wish(item, '2'))));
  expect(all.flat().filter(({ ok }) => ok)).toHaveLength(2);
});

test('first expired, first out: in order, whole, never expired, never more than there is', () => {
  const amount = fc.bigInt({ min: 0n, max: 50n }).map((units) => decimalOf(units, 0));
  const lying = fc.array(
    fc.record({
      location: fc.constantFrom('', 'A1'),
      batch: fc.string({ maxLength: 3 }),
      quantity: amount,
      expiresOn: fc.option(
        fc.integer({ min: -5, max: 5 }).map((days) => addDays(on, days)),
        { nil: undefined },
      ),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(lying, amount, (there, wanted) => {
      const { takes, missing } = proposeBatches(there, wanted, on);
      const taken = sumDecimals(takes.map(({ quantity }) => quantity));
      const usable = there.filter(({ expiresOn }) => expiresOn === undefined || expiresOn >= on);
      const most = sumDecimals(usable.map(({ quantity }) => quantity));
      const enough = compareDecimals(most, wanted) >= 0;
      const days = takes.map(({ expiresOn }) => expiresOn ?? '9999-12-31');
      expect(compareDecimals(taken, enough ? wanted : most)).toBe(0);
      expect(compareDecimals(sumDecimals([taken, missing]), wanted)).toBe(0);
      expect(days).toEqual(days.toSorted());
      expect(days.every((day) => day >= on)).toBe(true);
    }),
  );
});

test('stock that goes takes the newest promises with it, never what is picked', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  const [first] = await move(of('receipt', '6', cost));
  await move(of('receipt', '4', cost));
  const held = await reserveNow(wish(item, '3'), wish(item, '3'), wish(item, '4'));
  const [old = '', newer = '', newest = ''] = held.map((one) => valueOf(one).id);
  await run((tx) => pick(tx, context, [{ reservation: newer, quantity: decimal('2') }]));
  const said = { postedOn: on, text: 'broken' };
  const scrap = { item, warehouse: stock.main, quantity: decimal('3') };
  await run((tx) => scrapStock(tx, context, [{ ...said, lines: [scrap] }]));
  const openOf = async () =>
    (await listReservations(stock.database.kysely, { item, onlyOpen: true })).map(
      ({ id, hard, open, lost }) => `${hard ? 'picked' : id} ${open} ${lost}`,
    );
  expect((await openOf()).toSorted()).toEqual(
    [`${old} 3 0`, `${newer} 1 0`, `${newest} 1 3`, 'picked 2 0'].toSorted(),
  );
  // The first receipt is taken back: one is left, and two lie ready for somebody.
  const back = { movement: valueOf(first).id, postedOn: on };
  const refused = await run((tx) => reverseMovements(tx, context, [back]));
  expect(refused.map(codeOf)).toEqual(['inventory.reserved']);
  const line = { item, warehouse: stock.main, quantity: decimal('4'), status: 'free' as const };
  await run((tx) =>
    changeStatus(tx, context, [{ ...said, lines: [{ ...line, to: 'blocked' as const }] }]),
  );
  expect((await openOf()).toSorted()).toEqual([`${old} 1 2`, 'picked 2 0'].toSorted());
  const unasked = run((tx) =>
    rows(tx, sql`update erp_inventory.reservation set open = open + 1 where id = ${old}`),
  );
  await expect(unasked).rejects.toThrow('promised_is_there');
});

test('where more may leave than is there, promises go with it', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.owing);
  await move(of('receipt', '5', cost));
  await reserveNow(wish(item, '4', { warehouse: stock.owing }));
  await move(of('issue', '-7'));
  const there = await available(stock.database.kysely, [{ item, warehouse: stock.owing }]);
  expect(there[0]).toMatchObject({ free: '-2', reserved: '0' });
  await move(of('receipt', '5', cost));
  expect((await reserveNow(wish(item, '3', { warehouse: stock.owing }))).map(codeOf)).toEqual([
    'ok',
  ]);
});

test('a proposal leaves out what is picked, blocked or expired', async () => {
  const [item = ''] = await newItems(stock.database, { batchManaged: true });
  const of = draftsFor(item, stock.main);
  const ends = (day: string) => ({ ...cost, expiresOn: localDate(day) });
  await move(
    of('receipt', '5', { batch: 'LATE', ...ends('2026-12-31') }),
    of('receipt', '5', { batch: 'SOON', ...ends('2025-11-01') }),
    of('receipt', '5', { batch: 'GONE', ...ends('2025-10-08') }),
    of('receipt', '5', { batch: 'HELD', ...ends('2025-10-20') }),
    of('receipt', '5', { batch: 'SOON', ...cost, status: 'blocked' }),
  );
  const [soft] = await reserveNow(wish(item, '5'));
  await run((tx) =>
    pick(tx, context, [{ reservation: valueOf(soft).id, batch: 'HELD', quantity: decimal('5') }]),
  );
  const asks = [{ item, warehouse: stock.main, quantity: decimal('12'), on }];
  const [proposal] = await proposeFefo(stock.database.kysely, asks);
  expect(proposal?.takes.map(({ batch, quantity }) => `${batch} ${quantity}`)).toEqual([
    'SOON 5',
    'LATE 5',
  ]);
  expect(proposal?.missing).toBe('2');
});

const count = (version: number, id: string) => ({ id, version });

test('a count freezes what it counts, and posts the differences with their entry', async () => {
  const [item = '', other = ''] = await newItems(stock.database, { costing: 'fifo' }, {});
  const of = draftsFor(item, stock.main);
  await move(
    of('receipt', '10', { ...cost, location: 'A1' }),
    of('receipt', '5', { ...cost, location: 'A2' }),
  );
  const opened = valueOf(
    await run((tx) => openCount(tx, context, { warehouse: stock.main, items: [item] })),
  );
  const again = await run((tx) => openCount(tx, context, { warehouse: stock.main }));
  expect(codeOf(again)).toBe('inventory.frozen-for-count');
  expect((await move(of('issue', '-1', { location: 'A1' }))).map(codeOf)).toEqual([
    'inventory.frozen-for-count',
  ]);
  const { id } = opened;
  const record = (version: number, lines: Parameters<typeof recordCount>[2]['lines']) =>
    run((tx) => recordCount(tx, context, { id, version, countedOn: on, lines }));
  const post = (version: number, postedOn = on) =>
    run((tx) => postCount(tx, context, { id, version, postedOn }));
  expect(codeOf(await record(1, [{ line: 9, counted: decimal('1') }]))).toBe(
    'inventory.unknown-count',
  );
  expect(codeOf(await record(1, [{ line: 1, counted: decimal('-1') }]))).toBe('inventory.invalid');
  expect(codeOf(await record(1, [{ line: 1, counted: decimal('8'), reason: 'lost' }]))).toBe('ok');
  expect(codeOf(await post(1))).toBe('inventory.version-conflict');
  expect(codeOf(await post(2))).toBe('inventory.wrong-state');
  expect(
    codeOf(
      await record(2, [
        { line: 2, counted: decimal('5') },
        { item: other, location: 'A2', counted: decimal('3') },
      ]),
    ),
  ).toBe('ok');
  expect(codeOf(await post(3, localDate('2031-01-01')))).toBe('inventory.not-booked');
  const posted = valueOf(await post(3));
  expect(posted.document?.entry).toBeDefined();
  expect(await standing(stock.database.kysely, item, stock.main)).toBe('13 worth 13.00');
  expect(await standing(stock.database.kysely, other, stock.main)).toBe('3 worth 0.00');
  const [after] = await listCounts(stock.database.kysely, { number: 'CNT-2025-0000', limit: 1 });
  expect(after).toMatchObject({ status: 'posted', number: 'CNT-2025-000001' });
  expect(codeOf(await post(4))).toBe('inventory.wrong-state');
  expect((await move(of('issue', '-1', { location: 'A1' }))).map(codeOf)).toEqual(['ok']);
});

test('a count that is given up books nothing and lets stock move', async () => {
  const [item = ''] = await newItems(stock.database, {});
  const of = draftsFor(item, stock.main);
  await move(of('receipt', '1', cost));
  const { id } = valueOf(
    await run((tx) => openCount(tx, context, { warehouse: stock.main, items: [item] })),
  );
  expect(codeOf(await run((tx) => cancelCount(tx, context, count(1, id))))).toBe('ok');
  expect(codeOf(await run((tx) => cancelCount(tx, context, count(2, id))))).toBe(
    'inventory.wrong-state',
  );
  expect(codeOf(await run((tx) => cancelCount(tx, context, count(1, 'none'))))).toBe(
    'inventory.unknown-count',
  );
  expect((await move(of('issue', '-1'))).map(codeOf)).toEqual(['ok']);
});
