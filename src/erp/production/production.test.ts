import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { documentFlow } from '#erp/company';
import { describeError } from '#kernel';
import { decimal, trimDecimal } from '#kernel/decimal';
import {
  cancelWorkOrders,
  changeWorkOrders,
  closeWorkOrders,
  createWorkOrders,
  findPostings,
  listPostings,
  orderEvents,
  postConfirmations,
  postIssues,
  postReceipts,
  releaseWorkOrders,
  reserveMaterials,
  reversePostings,
  statusOf,
} from './index.ts';
import type { ConfirmationDraft } from './index.ts';
import {
  books,
  codeOf,
  context,
  done,
  eight,
  keepLaws,
  march,
  openBench,
  orderNow,
  released,
  stockUp,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await stockUp(
    bench,
    { item: bench.steel, quantity: '100000', unitCost: '2' },
    { item: bench.paint, quantity: '4', unitCost: '8', batch: 'P1' },
    { item: bench.paint, quantity: '50000', unitCost: '10', batch: 'P2' },
  );
});
afterAll(() => bench.database.close());

const confirm = (...drafts: readonly ConfirmationDraft[]) =>
  bench.run((tx) => postConfirmations(tx, context, drafts));
const now = (id: string) => bench.run((tx) => orderNow(tx, id));
const statusNow = async (id: string) => statusOf(await now(id));
const frames = (quantity: string, more = {}) =>
  released(bench, { item: bench.frame, quantity: decimal(quantity), ...more });
const moved = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>) =>
  Object.fromEntries(
    [...after]
      .map(([name, is]) => [name, Number((is - (before.get(name) ?? 0)).toFixed(2))] as const)
      .filter(([, change]) => change !== 0),
  );

test('an order is made in two steps, and every cent of it is in work in progress', async () => {
  const order = await frames('10');
  // 3 × 2 steel, half of paint at its average of just under 10, sawing 600 + 10 × 120 s at 90 an
  // hour, painting 10 × 300 s at 36.
  expect(Number(order.unitCost)).toBeCloseTo(6 + 5 + 4.5 + 3, 2);
  expect(statusOf(order)).toBe('released');
  const before = await books(bench);
  const [sawn] = await confirm(
    done(order.id, 10, '8', {
      scrap: decimal('2'),
      scrapReason: 'cracked',
      setupSeconds: 600,
      runSeconds: 1200,
      downSeconds: 300,
      downReason: 'blade',
    }),
  );
  expect(await statusNow(order.id)).toBe('in-progress');
  // 30 steel, half an hour of the saw and of a person.
  expect(Number((await now(order.id)).wip)).toBe(60 + 30 + 15);
  await confirm(done(order.id, 20, '8', { runSeconds: 2400, receive: {} }));
  const made = await now(order.id);
  expect([statusOf(made), made.good, made.received].join(' ')).toBe('completed 8 8');
  expect([made.startedAt, made.finishedAt]).toEqual([eight(0), eight(60)]);
  const after = await books(bench);
  const changes = moved(before, after);
  expect(Object.values(changes).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 2);
  const flow = await bench.run((tx) => documentFlow(tx, 'work-order', order.id));
  expect(flow.map(({ to }) => to.kind)).toContain('journal-entry');
  const [closed] = await bench.run((tx) =>
    closeWorkOrders(tx, context, [{ id: order.id, on: march(6) }]),
  );
  const settlement = (await bench.run((tx) => findPostings(tx, [valueOf(closed).id]))).values();
  const lines = settlement.next().value?.lines ?? [];
  const variance = Object.fromEntries(lines.map(({ kind, amount }) => [kind, -Number(amount)]));
  // Two pieces lost after sawing: steel and run time of each. The rest is set-up over eight.
  expect(variance['scrap-variance']).toBeCloseTo(2 * (6 + 3), 2);
  expect(await statusNow(order.id)).toBe('closed');
  expect(Number((await now(order.id)).wip)).toBe(0);
  expect(valueOf(sawn).number).toMatch(/^PP-2026-/);
  await keepLaws(bench);
});

test('what was used at other prices and in other times is told apart when an order is closed', async () => {
  const order = await frames('100', { batch: undefined });
  await confirm(done(order.id, 10, '100', { setupSeconds: 600, runSeconds: 12_000 }));
  const [steel, paint] = order.components;
  const issue = { component: steel?.number ?? 0, quantity: decimal('5') };
  await bench.run((tx) =>
    postIssues(tx, context, [{ order: order.id, postedOn: march(3), lines: [issue] }]),
  );
  await confirm(done(order.id, 20, '100', { runSeconds: 33_600, postedOn: march(3), receive: {} }));
  expect(Number((await now(order.id)).components[1]?.issued)).toBe(50);
  const [closed] = await bench.run((tx) =>
    closeWorkOrders(tx, context, [{ id: order.id, on: march(6) }]),
  );
  const found = await bench.run((tx) => findPostings(tx, [valueOf(closed).id]));
  const lines = found.get(valueOf(closed).id)?.lines ?? [];
  const variance = new Map(lines.map(({ kind, amount }) => [kind, -Number(amount)]));
  expect(variance.get('usage-variance')).toBeCloseTo(10, 2); // 5 steel too many at 2.
  expect(variance.get('time-variance')).toBeCloseTo(36, 2); // An hour of painting too many.
  expect(variance.get('scrap-variance')).toBe(undefined);
  expect(paint?.isBackflushed).toBe(true);
  await keepLaws(bench);
});

test.each([
  ['more than the order has', { good: decimal('11') }, 'production.more-than-passed-on'],
  ['more than the operation before passed on', { operation: 20 }, 'production.more-than-passed-on'],
  ['nothing', { good: decimal('0') }, 'production.empty-posting'],
  ['less than nothing', { good: decimal('-1') }, 'production.bad-quantity'],
  ['an operation that is not there', { operation: 15 }, 'production.no-such-operation'],
  [
    'scrap without a reason',
    { good: decimal('0'), scrap: decimal('1') },
    'production.reason-missing',
  ],
  ['an end before the beginning', { endedAt: eight(-1) }, 'production.bad-times'],
  ['a part of a second', { runSeconds: 0.5 }, 'production.bad-times'],
  ['a stop without a reason', { downSeconds: 9 }, 'production.reason-missing'],
  ['a day before there was a rate', { postedOn: '2026-02-27' }, 'production.no-rate'],
  ['goods that are not ready', { receive: {} }, 'production.no-such-operation'],
  ['a month without books', { postedOn: '2031-01-01' }, 'production.journal-refused'],
  ['an order that is not there', { order: 'wo_x' }, 'production.no-such-order'],
])('%s is refused, and stops no other', async (_what, more, code) => {
  const [order, other] = [await frames('10'), await frames('10')];
  const odd = { ...done(order.id, 10, '1'), ...more } as ConfirmationDraft;
  const results = await confirm(done(other.id, 10, '4'), odd, done(other.id, 10, '4'));
  expect(results.map(codeOf)).toEqual(['ok', code, 'ok']);
  expect(Number((await now(other.id)).operations[0]?.good)).toBe(8);
  expect(await statusNow(order.id)).toBe('released');
});

test('within its tolerance an order passes on more than it was begun with', async () => {
  const order = await frames('10', { overPercentMax: decimal('10') });
  const results = await confirm(done(order.id, 10, '11'), done(order.id, 10, '0.5'));
  expect(results.map(codeOf)).toEqual(['ok', 'production.more-than-passed-on']);
});

test('a confirmation is taken back with its material, its hours and its goods', async () => {
  const order = await frames('6');
  const before = await books(bench);
  const [first] = await confirm(done(order.id, 10, '6', { runSeconds: 600 }));
  const [second] = await confirm(done(order.id, 20, '6', { runSeconds: 60, receive: {} }));
  const back = (id: string) =>
    bench.run((tx) => reversePostings(tx, context, [{ id, on: march(4), reason: 'miscounted' }]));
  const tooEarly = await back(valueOf(first).id);
  expect(tooEarly.map(codeOf)).toEqual(['production.later-steps-exist']);
  const [undone] = await back(valueOf(second).id);
  expect(await statusNow(order.id)).toBe('in-progress');
  expect((await back(valueOf(second).id)).map(codeOf)).toEqual(['production.already-reversed']);
  expect((await back(valueOf(undone).id)).map(codeOf)).toEqual(['production.already-reversed']);
  expect((await back(valueOf(first).id)).map(codeOf)).toEqual(['ok']);
  expect(await statusNow(order.id)).toBe('released');
  expect(moved(before, await books(bench))).toEqual({});
  const said = await bench.run((tx) => listPostings(tx, { order: order.id, limit: 9 }));
  expect(said.map(({ kind }) => kind).toSorted()).toEqual([
    'confirmation',
    'confirmation',
    'reversal',
    'reversal',
  ]);
  await keepLaws(bench);
});

test('a closed order is opened again by taking its settlement back', async () => {
  const order = await frames('2');
  await confirm(done(order.id, 10, '2', { runSeconds: 900 }));
  const close = () =>
    bench.run((tx) => closeWorkOrders(tx, context, [{ id: order.id, on: march(6) }]));
  await confirm(done(order.id, 20, '2'));
  expect((await close()).map(codeOf)).toEqual(['production.not-received']);
  const receive = (quantity: string) =>
    bench.run((tx) =>
      postReceipts(tx, context, [
        { order: order.id, quantity: decimal(quantity), postedOn: march(5), cost: 'actual' },
      ]),
    );
  expect((await receive('3')).map(codeOf)).toEqual(['production.more-than-made']);
  expect((await receive('2')).map(codeOf)).toEqual(['ok']);
  expect(Number((await now(order.id)).wip)).toBe(0); // All that it cost went into stock.
  const [closed] = await close();
  expect((await close()).map(codeOf)).toEqual(['production.not-in-this-state']);
  expect((await receive('1')).map(codeOf)).toEqual(['production.not-in-this-state']);
  const [opened] = await bench.run((tx) =>
    reversePostings(tx, context, [{ id: valueOf(closed).id, on: march(6) }]),
  );
  expect([codeOf(opened), await statusNow(order.id)]).toEqual(['ok', 'completed']);
  const events = await bench.run((tx) => orderEvents(tx, order.id));
  expect(events.map(({ action }) => action)).toEqual(['released', 'closed', 'reopened']);
  await keepLaws(bench);
});

test('materials are issued by hand, come back, and by-products lower the cost', async () => {
  const order = await released(
    bench,
    { item: bench.frame, quantity: decimal('10') },
    { explicit: [bench.steel] },
  );
  const steel = order.components.find(({ item }) => item === bench.steel)?.number ?? 0;
  const issue = (quantity: string) =>
    bench.run((tx) =>
      postIssues(tx, context, [
        {
          order: order.id,
          postedOn: march(3),
          lines: [{ component: steel, quantity: decimal(quantity) }],
        },
      ]),
    );
  await confirm(done(order.id, 10, '10', { isFinal: true }));
  expect(Number((await now(order.id)).wip)).toBe(0);
  expect((await issue('30')).map(codeOf)).toEqual(['ok']);
  expect((await issue('-31')).map(codeOf)).toEqual(['production.returns-too-much']);
  expect((await issue('-5')).map(codeOf)).toEqual(['ok']);
  expect(Number((await now(order.id)).wip)).toBe(50);
  const twice = { component: steel, quantity: decimal('-15') }; // Of 25 that are left.
  const lines = [{ order: order.id, postedOn: march(3), lines: [twice, twice] }];
  const [refused] = await bench.run((tx) => postIssues(tx, context, lines));
  expect(codeOf(refused)).toBe('production.returns-too-much');
  expect((await confirm(done(order.id, 10, '1'))).map(codeOf)).toEqual([
    'production.operation-done',
  ]);
  await confirm(done(order.id, 20, '10'));
  const [received] = await bench.run((tx) =>
    postReceipts(tx, context, [
      {
        order: order.id,
        quantity: decimal('10'),
        postedOn: march(5),
        byProducts: [{ item: bench.nickel, quantity: decimal('1'), unitCost: decimal('7') }],
      },
    ]),
  );
  expect(codeOf(received)).toBe('ok');
  await keepLaws(bench);
});

test('a released order keeps what it reserved from others, and tells what it is short of', async () => {
  const plan = { item: bench.frame, warehouse: bench.warehouse };
  const days = { plannedStartOn: march(2), plannedEndOn: march(6) };
  const create = (quantity: string) =>
    bench.run((tx) =>
      createWorkOrders(tx, context, [{ ...plan, ...days, quantity: decimal(quantity) }]),
    );
  const ids = [await create('30000'), await create('30000')].flat().map((each) => valueOf(each).id);
  const results = await bench.run((tx) =>
    releaseWorkOrders(
      tx,
      context,
      ids.map((id) => ({ id, version: 1 })),
    ),
  );
  const short = results.flatMap((each) => valueOf(each).shortages);
  expect(short.some(({ item }) => item === bench.steel)).toBe(true);
  const [first = '', second = ''] = ids;
  expect((await confirm(done(second, 10, '20000'))).map(codeOf)).toEqual([
    'production.stock-refused', // Of the steel that is there, 90,000 are the first order's.
  ]);
  expect((await confirm(done(first, 10, '20000'))).map(codeOf)).toEqual(['ok']);
  expect(
    (await bench.run((tx) => cancelWorkOrders(tx, context, [{ id: first }, { id: second }]))).map(
      codeOf,
    ),
  ).toEqual(['production.not-in-this-state', 'ok']);
  const close = await bench.run((tx) =>
    closeWorkOrders(tx, context, [{ id: first, on: march(6) }]),
  );
  expect(close.map(codeOf)).toEqual(['ok']); // Cut short: what was begun is variance.
  await stockUp(bench, { item: bench.steel, quantity: '100000', unitCost: '2' });
  const order = await frames('1');
  const [left] = await bench.run((tx) => reserveMaterials(tx, context, [{ id: order.id }]));
  expect(valueOf(left).shortages).toEqual([]);
  await keepLaws(bench);
});

test('a plan is changed until it is released, its days until the end', async () => {
  const order = await frames('10');
  const change = (more: object) =>
    bench.run((tx) => changeWorkOrders(tx, context, [{ id: order.id, ...more }]));
  expect((await change({ quantity: decimal('12') })).map(codeOf)).toEqual([
    'production.not-in-this-state',
  ]);
  expect((await change({ plannedEndOn: march(9), version: order.version })).map(codeOf)).toEqual([
    'ok',
  ]);
  expect((await change({ plannedEndOn: march(10), version: order.version })).map(codeOf)).toEqual([
    'production.moved-on',
  ]);
  const after = await now(order.id);
  expect([after.plannedEndOn, after.frozenEndOn]).toEqual([march(9), march(6)]);
  const [, changed] = await bench.run((tx) => orderEvents(tx, order.id));
  expect(changed?.detail['changed']).toEqual({ plannedEndOn: [march(6), march(9)] });
});

test('two people confirm the last pieces: one of them does', async () => {
  const order = await frames('10');
  const results = await Promise.all(
    Array.from({ length: 8 }, () => confirm(done(order.id, 10, '3'))),
  );
  const codes = results.flat().map(codeOf);
  expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
  expect(new Set(codes)).toEqual(new Set(['ok', 'production.more-than-passed-on']));
  expect(trimDecimal((await now(order.id)).operations[0]?.good ?? decimal('0'))).toBe('9');
  const last = await Promise.all([
    confirm(done(order.id, 10, '1')),
    confirm(done(order.id, 10, '1')),
  ]);
  expect(last.flat().map(codeOf).toSorted()).toEqual(['ok', 'production.more-than-passed-on']);
});

test('PostgreSQL refuses to change what is posted, sums by hand, and closing what is not settled', async () => {
  const order = await frames('10');
  await confirm(done(order.id, 10, '5'));
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  const schema = 'erp_production';
  for (const table of ['posting', 'posting_line', 'confirmation', 'shipment']) {
    expect(await refusal(`delete from ${schema}.${table}`)).toContain('only reversed');
  }
  expect(await refusal(`update ${schema}.posting_line set amount = 1`)).toContain('only reversed');
  expect(await refusal(`update ${schema}.work_order set wip = 0`)).toContain('postings alone');
  expect(await refusal(`update ${schema}.work_order_operation set good = 9`)).toContain('alone');
  expect(
    await refusal(`update ${schema}.work_order set decision = 'closed' where id = '${order.id}'`),
  ).toContain('closed_orders_are_settled');
  const more = `insert into ${schema}.confirmation select p.id, p.order_id, 20, 6, 0, null, 0, null,
    0, 0, 0, 0, null, null, null, now(), now(), 0 from ${schema}.posting p
    where p.order_id = '${order.id}' and not exists (select from ${schema}.confirmation c
      where c.posting_id = p.id)`;
  await bench.run((tx) =>
    postIssues(tx, context, [
      {
        order: order.id,
        postedOn: march(3),
        lines: [{ component: 10, quantity: decimal('1') }],
      },
    ]),
  );
  expect(await refusal(more)).toContain('more than was passed on');
});
