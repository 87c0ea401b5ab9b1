/**
 * Goal: whatever is done to stock, in whatever order, by however many, the laws hold.
 * Method: random commands against a real database; after each run the kept sums are compared with
 * the movements they stand for. fast-check prints the seed of a failure.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, transact } from '#database';
import type { Database, Handle } from '#database';
import type { Result } from '#erp/company';
import { addDecimals, compareDecimals, decimal, decimalOf, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import {
  adjustStock,
  changeStatus,
  moveStock,
  openCount,
  pick,
  postCount,
  recordCount,
  release,
  reserve,
  reverseMovements,
  scrapStock,
  transferStock,
} from './index.ts';
import type { Moved, MovementDraft } from './index.ts';
import {
  codeOf,
  context,
  draftsFor,
  keepLaws,
  newItems,
  on,
  openStock,
  source,
} from './testing.ts';
import type { Stock } from './testing.ts';
import { correctCost, issue, putBack, receive, takeBack } from './valuation.ts';
import type { Pool } from './valuation.ts';

let stock: Stock;

beforeAll(async () => {
  stock = await openStock();
});
afterAll(() => stock.database.close());

const costing = fc.constantFrom('moving-average' as const, 'fifo' as const);
const quantity = fc.integer({ min: 1, max: 12 }).map((units) => decimal(String(units)));
const amount = fc.integer({ min: 0, max: 9999 }).map((cents) => decimalOf(BigInt(cents), 2));

/** One thing that somebody does; numbers choose among the items and what was done before. */
const step = fc.record({
  what: fc.constantFrom(
    'receipt',
    'receipt',
    'receipt',
    'issue',
    'issue',
    'transfer',
    'status',
    'adjust',
    'reserve',
    'pick',
    'release',
    'scrap',
    'reverse',
    'count',
  ),
  item: fc.nat({ max: 2 }),
  place: fc.nat({ max: 2 }),
  quantity,
  cost: amount,
  pick: fc.nat({ max: 40 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type World = {
  readonly items: readonly string[];
  readonly warehouses: readonly string[];
  readonly movements: string[];
  readonly reservations: string[];
};

const remember = (into: string[], results: readonly Result<{ readonly id: string }>[]): void => {
  for (const each of results) if (each.ok) into.push(each.value.id);
};

async function take(tx: Handle, world: World, one: Step): Promise<void> {
  const item = world.items[one.item] ?? '';
  const warehouse = world.warehouses[one.place] ?? '';
  const of = draftsFor(item, warehouse);
  const said = { postedOn: on, text: 'random' };
  switch (one.what) {
    case 'receipt':
      remember(
        world.movements,
        await moveStock(tx, context, [of('receipt', one.quantity, { value: one.cost })]),
      );
      return;
    case 'issue':
      remember(
        world.movements,
        await moveStock(tx, context, [of('issue', negateDecimal(one.quantity))]),
      );
      return;
    case 'transfer': {
      const toWarehouse = world.warehouses[(one.place + 1) % 3] ?? '';
      const line = { item, warehouse, toWarehouse, quantity: one.quantity };
      await transferStock(tx, context, [{ ...said, lines: [line] }]);
      return;
    }
    case 'status': {
      const line = { item, warehouse, quantity: one.quantity };
      const to = one.pick % 2 === 0 ? ('blocked' as const) : ('free' as const);
      const status = to === 'free' ? ('blocked' as const) : ('free' as const);
      await changeStatus(tx, context, [{ ...said, lines: [{ ...line, status, to }] }]);
      return;
    }
    case 'adjust': {
      const change = one.pick % 2 === 0 ? one.quantity : negateDecimal(one.quantity);
      await adjustStock(tx, context, [{ ...said, lines: [{ item, warehouse, quantity: change }] }]);
      return;
    }
    case 'reserve':
      remember(
        world.reservations,
        await reserve(tx, context, [
          { item, warehouse, quantity: one.quantity, source, partial: true },
        ]),
      );
      return;
    case 'pick': {
      const reservation = world.reservations[one.pick] ?? 'none';
      remember(
        world.reservations,
        await pick(tx, context, [{ reservation, quantity: decimal('1') }]),
      );
      return;
    }
    case 'scrap': {
      const line = { item, warehouse, quantity: one.quantity };
      await scrapStock(tx, context, [{ ...said, lines: [line] }]);
      return;
    }
    case 'release':
      await release(tx, context, [world.reservations[one.pick] ?? 'none']);
      return;
    case 'reverse': {
      const movement = world.movements[one.pick % (world.movements.length + 1)] ?? 'none';
      await reverseMovements(tx, context, [{ movement, postedOn: on }]);
      return;
    }
    case 'count':
      await countAll(tx, { item, warehouse, counted: one.quantity });
      return;
  }
}

async function countAll(
  tx: Handle,
  what: { readonly item: string; readonly warehouse: string; readonly counted: Decimal },
): Promise<void> {
  const opened = await openCount(tx, context, { ...what, items: [what.item] });
  if (!opened.ok) return;
  const { id } = opened.value;
  const lines = [1, 2, 3].map((line) => ({ line, counted: what.counted }));
  let version = 1;
  for (const line of lines) {
    const entry = { id, version, countedOn: on, lines: [line] };
    const recorded = await recordCount(tx, context, entry);
    if (recorded.ok) version += 1;
  }
  await postCount(tx, context, { id, version, postedOn: on });
}

test('any sequence of receipts, issues, transfers, counts and reversals keeps every law', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(costing, costing, costing),
      fc.array(step, { minLength: 10, maxLength: 40 }),
      async (methods, steps) => {
        const items = await newItems(stock.database, ...methods.map((each) => ({ costing: each })));
        const warehouses = [stock.main, stock.other, stock.owing];
        const world: World = { items, warehouses, movements: [], reservations: [] };
        await transact(stock.database, async (tx) => {
          for (const one of steps) await take(tx, world, one);
        });
        await expect(keepLaws(stock.database.kysely)).resolves.toBe(undefined);
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);

test('many drafts by one call do what they do one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      costing,
      fc.array(
        fc.tuple(fc.boolean(), quantity, amount).map(([comes, units, value]) => ({
          kind: comes ? ('receipt' as const) : ('issue' as const),
          quantity: comes ? units : negateDecimal(units),
          ...(comes ? { value } : {}),
        })),
        { minLength: 1, maxLength: 15 },
      ),
      fc.boolean(),
      async (method, moves, owing) => {
        const [one = '', other = ''] = await newItems(
          stock.database,
          { costing: method },
          { costing: method },
        );
        const warehouse = owing ? stock.owing : stock.main;
        const draftsOf = (item: string): MovementDraft[] =>
          moves.map((move) => ({ ...move, item, warehouse, postedOn: on, source }));
        const said = (results: readonly Result<Moved>[]) =>
          results.map((each) =>
            each.ok ? `${each.value.value} ${each.value.variance}` : each.problem.code,
          );
        const together = await transact(stock.database, (tx) =>
          moveStock(tx, context, draftsOf(one)),
        );
        const apart: Result<Moved>[] = [];
        await transact(stock.database, async (tx) => {
          for (const draft of draftsOf(other)) {
            apart.push(...(await moveStock(tx, context, [draft])));
          }
        });
        expect(said(together)).toEqual(said(apart));
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);

test('eight people with orders of many items neither deadlock nor sell what is not there', async () => {
  const items = await newItems(
    stock.database,
    ...Array.from({ length: 6 }, (_, at) =>
      at % 2 === 0 ? { costing: 'fifo' as const } : { costing: 'moving-average' as const },
    ),
  );
  await transact(stock.database, (tx) =>
    moveStock(
      tx,
      context,
      items.map((item) =>
        draftsFor(item, stock.main)('receipt', '40', { value: decimal('99.99') }),
      ),
    ),
  );
  const people = await Promise.all(
    Array.from({ length: 8 }, () => openDatabase({ url: stock.database.url, poolSizeMax: 1 })),
  );
  let deadlocks = 0;
  const order = async (person: Database, seed: number): Promise<readonly Result<Moved>[]> => {
    let tries = 0;
    const results = await transact(person, async (tx) => {
      tries += 1;
      const wanted = items.map((item, at) => ({ item, key: (seed * (at + 3)) % 7 }));
      const chosen = wanted.toSorted((a, b) => a.key - b.key).slice(0, 4);
      return moveStock(
        tx,
        context,
        chosen.map(({ item }) => draftsFor(item, stock.main)('issue', '-1', { group: `${seed}` })),
      );
    });
    deadlocks += tries - 1;
    return results;
  };
  const all = await Promise.all(
    people.map(async (person, who) => {
      const got: Result<Moved>[] = [];
      for (let at = 0; at < 10; at += 1) got.push(...(await order(person, who * 10 + at + 1)));
      return got;
    }),
  );
  await Promise.all(people.map((person) => person.close()));
  const sold = all.flat().filter(({ ok }) => ok).length;
  expect(deadlocks).toBe(0);
  expect(sold).toBeGreaterThan(100);
  expect(
    new Set(all.flat().map(codeOf)).difference(
      new Set(['ok', 'inventory.not-enough-stock', 'inventory.group-refused']),
    ).size,
  ).toBe(0);
  await keepLaws(stock.database.kysely);
}, 120_000);

test('valuation alone: value follows quantity whatever is done, and nothing is worth nothing', () => {
  const act = fc.record({
    what: fc.constantFrom('receive', 'issue', 'take-back', 'put-back', 'correct'),
    quantity,
    given: amount,
    pick: fc.nat({ max: 9 }),
  });
  fc.assert(
    fc.property(costing, fc.array(act, { maxLength: 40 }), (method, acts) => {
      const zero = decimal('0');
      let pool: Pool = { costing: method, quantity: zero, value: zero, lastCost: zero, layers: [] };
      let total = zero;
      acts.forEach(({ what, quantity: units, given, pick: chosen }, at) => {
        const way = { id: String(at), layer: String(chosen), scale: 2 };
        const order = new Map(pool.layers.map(({ id }, place) => [id, place]));
        const valued = {
          receive: () => receive(pool, units, given, way),
          issue: () => issue(pool, units, 2),
          'take-back': () => takeBack(pool, units, given, way),
          'put-back': () => putBack(pool, units, given, { ...way, uses: [], order }),
          correct: () => correctCost(pool, given, { ...way, received: units }),
        }[what]();
        pool = valued.pool;
        total = addDecimals(total, valued.value);
        const sign = Math.sign(Number(pool.quantity));
        expect(compareDecimals(pool.value, total)).toBe(0);
        expect(Number(pool.value) * sign).toBeGreaterThanOrEqual(0);
        expect(sign === 0 && Number(pool.value) !== 0).toBe(false);
        const layered = pool.layers.map((layer) => layer.quantity).reduce(addDecimals, zero);
        const worth = pool.layers.map((layer) => layer.value).reduce(addDecimals, zero);
        const there = method === 'fifo' && sign > 0;
        expect(compareDecimals(layered, there ? pool.quantity : zero)).toBe(0);
        expect(compareDecimals(worth, there ? pool.value : zero)).toBe(0);
      });
    }),
    { numRuns: 500 },
  );
});
