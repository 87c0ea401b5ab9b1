/**
 * Goal: whatever is done to work orders, in whatever order, by however many, the laws hold.
 * Method: random commands against a real database; after each run the sums that are kept are
 * compared with what they are sums of, and work in progress and stock with their accounts. At the
 * end every order is closed, and nothing is in work any more. fast-check prints the seed of a
 * failure. PRODUCTION_RUNS makes more of them.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Handle } from '#database';
import {
  compareDecimals,
  decimal,
  decimalOf,
  negateDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import {
  cancelWorkOrders,
  closeWorkOrders,
  createWorkOrders,
  findWorkOrders,
  listPostings,
  postConfirmations,
  postIssues,
  postReceipts,
  releaseWorkOrders,
  reversePostings,
  statusOf,
} from './index.ts';
import type { ConfirmationDraft } from './index.ts';
import { orderOutside, receiveOutside, shipOutside } from './outside.ts';
import {
  books,
  codeOf,
  context,
  done,
  eight,
  keepLaws,
  march,
  openBench,
  released,
  stockUp,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['PRODUCTION_RUNS'] ?? '10');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await stockUp(
    bench,
    { item: bench.steel, quantity: '1000', unitCost: '2.03' },
    { item: bench.steel, quantity: '1000000', unitCost: '1.97' },
    { item: bench.nickel, quantity: '1000000', unitCost: '30.5' },
    { item: bench.paint, quantity: '33.3', unitCost: '9.99', batch: 'P1' },
    { item: bench.paint, quantity: '1000000', unitCost: '10.01', batch: 'P2' },
  );
});
afterAll(() => bench.database.close());

const quantity = fc.integer({ min: 1, max: 25 }).map((tenths) => decimalOf(BigInt(tenths), 1));
const step = fc.record({
  what: fc.constantFrom(
    'confirm',
    'confirm',
    'confirm',
    'confirm',
    'issue',
    'return',
    'receive',
    'receive',
    'ship',
    'back',
    'reverse',
    'close',
    'cancel',
  ),
  order: fc.nat({ max: 3 }),
  operation: fc.constantFrom(10, 10, 20, 30),
  quantity,
  scrap: fc.constantFrom(0, 0, 0, 1),
  seconds: fc.nat({ max: 5000 }),
  flag: fc.boolean(),
  pick: fc.nat({ max: 30 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type World = { readonly orders: readonly string[]; readonly done: Map<string, number> };

async function begin(tx: Handle): Promise<World> {
  const days = { plannedStartOn: march(2), plannedEndOn: march(6), warehouse: bench.warehouse };
  const created = await createWorkOrders(
    tx,
    context,
    [bench.frame, bench.gear, bench.gear, bench.frame].map((item, at) => ({
      item,
      quantity: decimal(at < 2 ? '10' : '7'),
      overPercentMax: decimal(at % 2 === 0 ? '0' : '20'),
      ...days,
    })),
  );
  const orders = created.map((each) => valueOf(each).id);
  await releaseWorkOrders(
    tx,
    context,
    orders.map((id, at) => ({ id, explicit: at === 3 ? [bench.steel] : [] })),
  );
  await orderOutside(
    tx,
    context,
    [orders[1] ?? '', orders[2] ?? ''].map((order) => ({
      order,
      operation: 20,
      quantity: decimal('7'),
      issuedOn: march(2),
      unitPrice: decimal('1.37'),
    })),
  );
  return { orders, done: new Map() };
}

async function take(tx: Handle, world: World, one: Step): Promise<void> {
  const order = world.orders[one.order] ?? '';
  const { flag, operation } = one;
  const scrap = one.scrap === 0 ? {} : { scrap: decimal(String(one.scrap)), scrapReason: 'bent' };
  const posted = { order, postedOn: march(3) };
  switch (one.what) {
    case 'confirm': {
      const draft: ConfirmationDraft = {
        ...done(order, operation, one.quantity, { ...scrap, runSeconds: one.seconds }),
        setupSeconds: one.pick,
        isFinal: one.pick === 0,
        ...(flag && operation > 10
          ? { receive: { cost: one.pick % 2 === 0 ? 'actual' : 'planned' } }
          : {}),
      };
      count(world, await postConfirmations(tx, context, [draft, { ...draft, good: decimal('1') }]));
      return;
    }
    case 'issue':
    case 'return': {
      const amount = one.what === 'issue' ? one.quantity : negateDecimal(one.quantity);
      const lines = [{ component: flag ? 10 : 20, quantity: amount }];
      count(world, await postIssues(tx, context, [{ ...posted, lines }]));
      return;
    }
    case 'receive':
      count(
        world,
        await postReceipts(tx, context, [
          { ...posted, quantity: one.quantity, cost: flag ? 'actual' : 'planned' },
        ]),
      );
      return;
    case 'ship':
      count(
        world,
        await shipOutside(tx, context, [{ ...posted, operation: 20, quantity: one.quantity }]),
      );
      return;
    case 'back':
      count(
        world,
        await receiveOutside(tx, context, [
          {
            ...done(order, 20, one.quantity, scrap),
            ...(flag ? { charged: decimal('0') } : {}),
            endedAt: eight(90),
            receivedOn: march(4),
          },
        ]),
      );
      return;
    case 'reverse': {
      const postings = await listPostings(tx, { order, limit: 40 });
      const id = postings[one.pick % Math.max(1, postings.length)]?.id ?? 'none';
      count(world, await reversePostings(tx, context, [{ id, on: march(5) }]));
      return;
    }
    case 'close':
      if (one.pick > 10) return; // Few: what is closed ends the story of its order.
      count(world, await closeWorkOrders(tx, context, [{ id: order, on: march(6) }]));
      return;
    case 'cancel':
      if (one.pick < 2) await cancelWorkOrders(tx, context, [{ id: order }]);
      return;
  }
}

function count(world: World, results: readonly Parameters<typeof codeOf>[0][]): void {
  for (const code of results.map(codeOf)) {
    world.done.set(code, (world.done.get(code) ?? 0) + 1);
  }
}

/** Receives what is made and closes what was begun; the rest is cancelled. */
async function finish(tx: Handle, orders: readonly string[]): Promise<void> {
  const open = [...(await findWorkOrders(tx, orders)).values()].filter(
    ({ decision }) => decision === 'released',
  );
  const left = open.map(({ id, good, received }) => ({
    order: id,
    quantity: subtractDecimals(good, received),
    postedOn: march(7),
  }));
  const isThere = ({ quantity: some }: { readonly quantity: Decimal }) =>
    compareDecimals(some, decimal('0')) > 0;
  for (const result of await postReceipts(tx, context, left.filter(isThere))) valueOf(result);
  const ids = open.map(({ id }) => ({ id }));
  await cancelWorkOrders(tx, context, ids);
  await closeWorkOrders(
    tx,
    context,
    ids.map(({ id }) => ({ id, on: march(8) })),
  );
  const ended = [...(await findWorkOrders(tx, orders)).values()].map(statusOf);
  expect(new Set(ended).difference(new Set(['closed', 'cancelled'])).size).toBe(0);
}

test('any sequence of postings, reversals and closings keeps every law', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 45 }), async (steps) => {
      const world = await bench.run(begin);
      await bench.run(async (tx) => {
        for (const one of steps) await take(tx, world, one);
      });
      await keepLaws(bench);
      await bench.run((tx) => finish(tx, world.orders));
      await keepLaws(bench);
      expect((await books(bench)).get('Work in progress') ?? 0).toBe(0);
      for (const [code, times] of world.done) seen.set(code, (seen.get(code) ?? 0) + times);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(seen.get('ok') ?? 0).toBeGreaterThan(RUNS * 5);
}, 600_000);

test('eight people work on the same orders at once, and every law holds', async () => {
  const orders = await Promise.all(
    [bench.frame, bench.frame, bench.gear].map((item) =>
      released(bench, { item, quantity: decimal('40') }),
    ),
  );
  const codes = await Promise.all(
    Array.from({ length: 8 }, async (_, person) => {
      const own: string[] = [];
      for (let at = 0; at < 6; at += 1) {
        const order = orders[(person + at) % orders.length]?.id ?? '';
        const results = await bench.run((tx) =>
          postConfirmations(tx, context, [
            done(order, 10, '3', { runSeconds: 60 }),
            done(orders[person % 2]?.id ?? '', 20, '2', { runSeconds: 30, receive: {} }),
          ]),
        );
        own.push(...results.map(codeOf));
      }
      return own;
    }),
  );
  const known = new Set(['ok', 'production.more-than-passed-on']);
  expect([...new Set(codes.flat()).difference(known)]).toEqual([]);
  expect(codes.flat().filter((code) => code === 'ok').length).toBeGreaterThan(40);
  await keepLaws(bench);
}, 120_000);

test('eight people do whatever they like to the same orders at once, and every law holds', async () => {
  const world = await bench.run(begin);
  const stories = fc.sample(fc.array(step, { minLength: 12, maxLength: 12 }), {
    numRuns: 8,
    seed: 41,
  });
  await Promise.all(
    stories.map(async (steps) => {
      for (const one of steps) await bench.run((tx) => take(tx, world, one));
    }),
  );
  expect(world.done.get('ok') ?? 0).toBeGreaterThan(15);
  await keepLaws(bench);
  await bench.run((tx) => finish(tx, world.orders));
  await keepLaws(bench);
}, 120_000);
