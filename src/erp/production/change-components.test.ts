import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { available } from '#erp/inventory';
import { decimal } from '#kernel/decimal';
import { changeComponents, orderEvents, postConfirmations, postIssues } from './index.ts';
import type { ComponentsChange } from './change-components.ts';
import {
  codeOf,
  context,
  done,
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
    { item: bench.steel, quantity: '100', unitCost: '2' },
    { item: bench.paint, quantity: '50', unitCost: '10', batch: 'P1' },
    { item: bench.nickel, quantity: '5', unitCost: '4' },
  );
});
afterAll(() => bench.database.close());

const frames = (quantity: string, explicit: readonly string[] = []) =>
  released(bench, { item: bench.frame, quantity: decimal(quantity) }, { explicit });
const change = (id: string, version: number, of: Partial<ComponentsChange>) =>
  bench.run((tx) =>
    changeComponents(tx, context, [{ id, version, reason: 'another alloy', ...of }]),
  );
const needs = async (id: string): Promise<string[]> =>
  (await bench.run((tx) => orderNow(tx, id))).components.map(
    ({ number, required, issued }) => `${number}: ${Number(issued)} of ${Number(required)}`,
  );
const reserved = async (item: string): Promise<number> =>
  Number(
    (await available(bench.database.kysely, [{ item, warehouse: bench.warehouse }]))[0]?.reserved,
  );

test('a released order gets another component, less of one and none of another', async () => {
  const before = { steel: await reserved(bench.steel), nickel: await reserved(bench.nickel) };
  const order = await frames('10', [bench.steel, bench.paint]); // 30 steel, 5 paint.
  const [changed] = await change(order.id, order.version, {
    added: [{ item: bench.nickel, required: decimal('7'), operation: 20 }],
    changed: [{ component: 10, required: decimal('24') }],
    removed: [20],
  });
  expect(valueOf(changed)).toMatchObject({
    version: order.version + 1,
    shortages: [{ component: 30, item: bench.nickel, missing: '2' }],
  });
  expect(await needs(order.id)).toEqual(['10: 0 of 24', '20: 0 of 0', '30: 0 of 7']);
  expect((await reserved(bench.steel)) - before.steel).toBe(24);
  expect((await reserved(bench.nickel)) - before.nickel).toBe(5);
  expect(await reserved(bench.paint)).toBe(0);
  const events = await orderEvents(bench.database.kysely, order.id);
  expect(events.at(-1)).toMatchObject({
    action: 'components-changed',
    detail: {
      reason: 'another alloy',
      components: [
        { component: 10, required: ['30', '24'] },
        { component: 20, required: ['5', '0'] },
        { component: 30, required: [null, '7'] },
      ],
    },
  });
  await keepLaws(bench);
});

test('what was issued is respected, and why is asked for', async () => {
  const order = await frames('2', [bench.steel]); // 6 steel.
  const lines = [{ component: 10, quantity: decimal('4') }];
  const issued = await bench.run((tx) =>
    postIssues(tx, context, [{ order: order.id, postedOn: march(2), lines }]),
  );
  expect(issued.map(codeOf)).toEqual(['ok']);
  const { version } = await bench.run((tx) => orderNow(tx, order.id));
  const refusals = [
    { changed: [{ component: 10, required: decimal('3') }] },
    { removed: [10] },
    { changed: [{ component: 90, required: decimal('3') }] },
    { changed: [{ component: 10, required: decimal('0') }] },
    { added: [{ item: bench.frame, required: decimal('1') }] },
    { added: [{ item: 'none', required: decimal('1') }] },
    { added: [{ item: bench.nickel, required: decimal('1'), operation: 99 }] },
    { removed: [20], reason: ' ' },
    {},
    { version: version + 1, removed: [20] },
  ];
  const codes: string[] = [];
  for (const each of refusals) codes.push(...(await change(order.id, version, each)).map(codeOf));
  expect(codes).toEqual([
    'production.already-issued',
    'production.already-issued',
    'production.no-such-component',
    'production.bad-quantity',
    'production.bad-order',
    'production.no-such-item',
    'production.no-such-operation',
    'production.reason-missing',
    'production.bad-order',
    'production.moved-on',
  ]);
  const lower = await change(order.id, version, {
    changed: [{ component: 10, required: decimal('4') }],
  });
  expect(lower.map(codeOf)).toEqual(['ok']);
  const byHand = rows(
    bench.database.kysely,
    sql`update erp_production.work_order_component set required = 1
      where order_id = ${order.id} and number = 10`,
  );
  await expect(byHand).rejects.toThrow('less than was issued is not required');
});

test('confirmations use up what was changed to; an order that is done is not changed', async () => {
  const order = await frames('10'); // 30 steel by the saw, 5 paint by the paint shop.
  valueOf(
    (
      await change(order.id, order.version, {
        changed: [{ component: 10, required: decimal('20') }],
      })
    )[0],
  );
  const confirmed = await bench.run((tx) =>
    postConfirmations(tx, context, [
      done(order.id, 10, '10', { isFinal: true }),
      done(order.id, 20, '10', { isFinal: true, receive: {} }),
    ]),
  );
  expect(confirmed.map(codeOf)).toEqual(['ok', 'ok']);
  expect(await needs(order.id)).toEqual(['10: 20 of 20', '20: 5 of 5']);
  const late = await change(order.id, order.version + 1, { removed: [20] });
  expect(late.map(codeOf)).toEqual(['production.not-in-this-state']);
  await keepLaws(bench);
});
