import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { adjustStock, available, listReservations, scrapStock } from '#erp/inventory';
import { describeError } from '#kernel';
import { decimal } from '#kernel/decimal';
import {
  createOrders,
  findDeliveries,
  listDeliveries,
  listOrders,
  netOf,
  postDeliveries,
  reverseDeliveries,
  statusOf,
  steerOrders,
} from './index.ts';
import type { DeliveryDraft, SalesOrderDraft } from './index.ts';
import {
  books,
  confirmed,
  context,
  march,
  openBench,
  orderNow,
  pumps,
  stock,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const deliver = (lines: DeliveryDraft['lines'], more: Partial<DeliveryDraft> = {}) =>
  bench.run((tx) =>
    postDeliveries(tx, context, [{ shippedOn: march(9), postedOn: march(9), lines, ...more }]),
  );
const of = (order: { id: string }, quantity: string, line = 10) => ({
  order: order.id,
  line,
  quantity: decimal(quantity),
});
const statusNow = async (id: string) => statusOf(await bench.run((tx) => orderNow(tx, id)));

test('an order is delivered in two parts, a return and reversals lead back', async () => {
  const before = await books(bench);
  const order = await confirmed(bench, [
    pumps(bench, '10'),
    { item: bench.service, quantity: decimal('2'), unitPrice: decimal('90.00') },
  ]);
  expect([order.number, statusOf(order), order.net]).toEqual([
    'SO-2026-000001',
    'confirmed',
    '300.00',
  ]);
  const [first] = await deliver([of(order, '4')]);
  expect(await statusNow(order.id)).toBe('partly-delivered');
  await bench.run((tx) => stock(tx, bench, '96', '9.00')); // The rest costs 8.00 each.
  const [second] = await deliver([of(order, '6')], { carrier: 'DHL' });
  expect(await statusNow(order.id)).toBe('delivered');
  const delivered = await bench.run((tx) => orderNow(tx, order.id));
  expect(delivered.lines[0]).toMatchObject({ delivered: '10', deliveredCost: '76.00' });
  const [back] = await deliver([of(order, '5')], { kind: 'return' });
  expect((await bench.run((tx) => orderNow(tx, order.id))).lines[0]?.deliveredCost).toBe('38.00');
  const all = [back, second, first].map((each) => ({ id: valueOf(each).id, on: march(10) }));
  for (const one of all) {
    const [reversed] = await bench.run((tx) => reverseDeliveries(tx, context, [one]));
    expect(reversed?.ok).toBe(true);
  }
  expect(await statusNow(order.id)).toBe('confirmed');
  const after = await books(bench);
  expect([before['Cost of goods sold'] ?? '0', after['Cost of goods sold']]).toEqual(['0', '0.00']);
  const found = await listDeliveries(bench.database.kysely, { order: order.id, limit: 9 });
  expect(found).toHaveLength(6);
  const [again] = await bench.run((tx) => reverseDeliveries(tx, context, all.slice(0, 1)));
  expect(again).toMatchObject({ problem: { code: 'sales.already-reversed' } });
});

test('deliveries taken back in one call take back no more than is out', async () => {
  const order = await confirmed(bench, [pumps(bench, '4', '12.00')]);
  const move = async (kind: 'delivery' | 'return') => {
    const lines = [{ order: order.id, line: 10, quantity: decimal('2') }];
    const days = { shippedOn: march(9), postedOn: march(9) };
    const [moved] = await bench.run((tx) =>
      postDeliveries(tx, context, [{ kind, ...days, lines }]),
    );
    return { id: valueOf(moved).id, on: march(10) };
  };
  const both = [await move('delivery'), await move('delivery')];
  await move('return');
  const reversed = await bench.run((tx) => reverseDeliveries(tx, context, both));
  expect(reversed).toMatchObject([{ ok: true }, { problem: { code: 'sales.returns-too-much' } }]);
  expect((await bench.run((tx) => orderNow(tx, order.id))).lines[0]?.delivered).toBe('0');
});

test('confirming reserves what there is; cancelling gives it back', async () => {
  const free = async () => {
    const found = await available(bench.database.kysely, [
      { item: bench.pump, warehouse: bench.warehouse },
    ]);
    return found[0]?.available;
  };
  const before = await free();
  const order = await confirmed(bench, [pumps(bench, '30')]);
  expect(Number(await free())).toBe(Number(before) - 30);
  await deliver([of(order, '10')]);
  expect(Number(await free())).toBe(Number(before) - 30);
  await bench.run((tx) => steerOrders(tx, context, [{ id: order.id, step: 'close' }]));
  expect(Number(await free())).toBe(Number(before) - 10);
  expect(await statusNow(order.id)).toBe('closed');
});

test('what an order lost because stock went is reserved again once there is some', async () => {
  const at = { item: bench.pump, warehouse: bench.warehouse };
  const [there] = await available(bench.database.kysely, [at]);
  const all = there?.available ?? '0';
  const order = await confirmed(bench, [pumps(bench, all)]);
  const said = { postedOn: march(9), text: 'a leak' };
  const line = { ...at, quantity: decimal('5') };
  await bench.run((tx) => scrapStock(tx, context, [{ ...said, lines: [line] }]));
  const reserved = async () => {
    const found = await listReservations(bench.database.kysely, { sources: [order.id] });
    return found.filter(({ status }) => status === 'open').map(({ open, lost }) => [open, lost]);
  };
  expect(await reserved()).toEqual([[String(Number(all) - 5), '5']]);
  const back = { ...line, unitCost: decimal('1') };
  await bench.run((tx) => adjustStock(tx, context, [{ ...said, lines: [back] }]));
  const again = { id: order.id, version: order.version, step: 'reserve' as const };
  const stepped = await bench.run((tx) => steerOrders(tx, context, [again]));
  expect(stepped).toMatchObject([{ ok: true, value: { status: 'confirmed' } }]);
  expect(await reserved()).toEqual([[all, '0']]);
  await bench.run((tx) => steerOrders(tx, context, [{ id: order.id, step: 'cancel' }]));
  const [refused] = await bench.run((tx) =>
    steerOrders(tx, context, [{ id: order.id, step: 'reserve' }]),
  );
  expect(refused).toMatchObject({ problem: { code: 'sales.not-in-this-state' } });
});

test('a customer beyond his limit is held until another releases his credit', async () => {
  const first = await confirmed(bench, [pumps(bench, '1', '900.00')], { customer: bench.limited });
  expect(statusOf(first)).toBe('confirmed');
  const second = await confirmed(bench, [pumps(bench, '1', '200.00')], { customer: bench.limited });
  expect(statusOf(second)).toBe('on-credit-hold');
  const [refused] = await deliver([of(second, '1')]);
  expect(refused).toMatchObject({ problem: { code: 'sales.not-in-this-state' } });
  const release = (by: string) =>
    bench.run((tx) =>
      steerOrders(tx, { ...context, by }, [{ id: second.id, step: 'release-credit' }]),
    );
  expect(await release('ada')).toMatchObject([{ problem: { code: 'sales.four-eyes' } }]);
  expect(await release('bob')).toMatchObject([{ ok: true, value: { status: 'confirmed' } }]);
  const held = await listOrders(bench.database.kysely, { customer: bench.limited, limit: 9 });
  expect(new Set(held.map(({ id }) => id))).toEqual(new Set([first.id, second.id]));
});

test('discounts and price bases are exact', () => {
  const net = netOf({
    quantity: decimal('3'),
    unitPrice: decimal('10.00'),
    priceBase: decimal('100'),
    discountPercent: decimal('12.5'),
  });
  expect(net).toBe('0.2625');
});

test.each([
  ['more than was ordered', '11', {}, 'sales.over-delivery'],
  ['nothing', '0', {}, 'sales.quantity-not-positive'],
  ['a line that is only charged', '1', { line: 20 }, 'sales.not-delivered-against'],
  ['a line that is not there', '1', { line: 99 }, 'sales.no-such-order-line'],
  ['an order that is not there', '1', { order: 'so_x' }, 'sales.no-such-order'],
])(
  '%s is refused, and nothing of the delivery is booked',
  async (_what, quantity, change, code) => {
    const order = await confirmed(bench, [
      pumps(bench, '10'),
      { item: bench.service, quantity: decimal('1'), unitPrice: decimal('90.00') },
    ]);
    const [result] = await deliver([of(order, '1'), { ...of(order, quantity), ...change }]);
    expect(result).toMatchObject({ ok: false, problem: { code } });
    expect(await statusNow(order.id)).toBe('confirmed');
    await bench.run((tx) => steerOrders(tx, context, [{ id: order.id, step: 'cancel' }]));
  },
);

test.each([
  ['an unknown customer', { customer: 'cus_x' }, 'sales.no-such-customer'],
  ['no line', { lines: [] }, 'sales.empty-document'],
  ['an unknown currency', { currency: 'USD' }, 'sales.no-rate'],
  ['unknown terms', { paymentTerms: 'NEVER' }, 'sales.no-such-terms'],
])('an order with %s is refused', async (_what, change: Partial<SalesOrderDraft>, code) => {
  const draft = { customer: bench.customer, issuedOn: march(2), lines: [pumps(bench, '1')] };
  const [result] = await bench.run((tx) => createOrders(tx, context, [{ ...draft, ...change }]));
  expect(result).toMatchObject({ ok: false, problem: { code } });
});

test.each([
  [{ taxCode: 'NONE' }, 'taxCode'],
  [{ taxCode: 'IN-STD' }, 'taxCode'],
  [{ costCentre: 'NONE' }, 'costCentre'],
  [{ warehouse: 'wh_nowhere' }, 'warehouse'],
])('what no invoice could charge is not ordered: %o', async (named, field) => {
  const lines = [{ ...pumps(bench, '1'), ...named }];
  const draft = { customer: bench.customer, issuedOn: march(2), lines };
  const [result] = await bench.run((tx) => createOrders(tx, context, [draft]));
  const problem = { code: 'sales.bad-line', field: `lines.0.${field}` };
  expect(result).toMatchObject({ problem });
});

test('a tolerance is not below zero', async () => {
  const line = { ...pumps(bench, '1'), overPercentMax: decimal('-1') };
  const draft = { customer: bench.customer, issuedOn: march(2), lines: [line] };
  const [result] = await bench.run((tx) => createOrders(tx, context, [draft]));
  expect(result).toMatchObject({ problem: { code: 'sales.bad-line', field: 'lines.0' } });
});

test('two people sell the last pumps: one of them gets them', async () => {
  const other = await bench.run(async (tx) => {
    const found = await available(tx, [{ item: bench.pump, warehouse: bench.warehouse }]);
    return found[0]?.available ?? decimal('0');
  });
  const orders = await Promise.all([
    confirmed(bench, [pumps(bench, other)]),
    confirmed(bench, [pumps(bench, other)]),
  ]);
  const results = await Promise.all(orders.map((order) => deliver([of(order, other)])));
  const codes = results.flat().map((each) => (each.ok ? 'ok' : each.problem.code));
  expect(codes.toSorted()).toEqual(['ok', 'sales.stock-refused']);
});

test('orders are found by where they stand, whichever standings are asked for together', async () => {
  const { kysely } = bench.database;
  const all = await listOrders(kysely, { limit: 999 });
  const standings = [...new Set(all.map(statusOf))];
  expect(standings).toEqual(
    expect.arrayContaining(['confirmed', 'delivered', 'cancelled', 'closed']),
  );
  for (const statuses of standings.flatMap((one) => standings.map((other) => [one, other]))) {
    const found = await listOrders(kysely, { statuses, limit: 999 });
    expect({ statuses, found }).toEqual({
      statuses,
      found: all.filter((order) => statuses.includes(statusOf(order))),
    });
  }
});

test('PostgreSQL refuses to change what is posted, and sums by hand', async () => {
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  expect(await refusal('delete from erp_sales.delivery')).toContain('only reversed');
  expect(await refusal('update erp_sales.delivery_line set cost = 1')).toContain('only reversed');
  expect(await refusal('update erp_sales.sales_order_line set delivered = 1')).toContain('alone');
  expect(await findDeliveries(bench.database.kysely, ['dn_x'])).toEqual(new Map());
});
