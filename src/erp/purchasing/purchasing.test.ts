import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeError } from '#kernel';
import { rows, sql } from '#database';
import { documentFlow } from '#erp/company';
import { decimal } from '#kernel/decimal';
import {
  changeOrders,
  createOrders,
  findReceipts,
  listOrders,
  listReceipts,
  postReceipts,
  reverseReceipts,
  setApprovalLimit,
  statusOf,
  steerOrders,
} from './index.ts';
import type { ReceiptDraft } from './index.ts';
import { books, context, issued, march, openBench, orderNow, screws, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const receive = (lines: ReceiptDraft['lines'], more: Partial<ReceiptDraft> = {}) =>
  bench.run((tx) =>
    postReceipts(tx, context, [{ receivedOn: march(9), postedOn: march(9), lines, ...more }]),
  );
const of = (order: { id: string }, quantity: string, line = 10) => ({
  order: order.id,
  line,
  quantity: decimal(quantity),
});
const statusNow = async (id: string) => statusOf(await bench.run((tx) => orderNow(tx, id)));

test('an order is delivered in two parts, and stock and books follow', async () => {
  const order = await issued(bench, [
    { ...screws(bench, '3', '40.00'), unit: 'BX' },
    { item: bench.service, quantity: decimal('2'), unitPrice: decimal('75.00') },
  ]);
  expect([order.number, statusOf(order), order.net]).toEqual([
    'PO-2026-000001',
    'issued',
    '270.00',
  ]);
  const before = await books(bench);
  const [first] = await receive([of(order, '2')]);
  expect(await statusNow(order.id)).toBe('partly-received');
  const [second] = await receive([of(order, '1'), of(order, '2', 20)], { deliveryNote: 'LS 7' });
  expect(await statusNow(order.id)).toBe('received');
  const after = await books(bench);
  const moved = Object.keys(after)
    .map((name) => [name, Number(after[name]) - Number(before[name] ?? 0)])
    .filter(([, change]) => change !== 0);
  expect(moved).toHaveLength(3); // Stock 120, expense 150, goods received and not invoiced −270.
  expect(new Set(moved.map(([, change]) => change))).toEqual(new Set([-270, 120, 150]));
  const found = await bench.run((tx) => listReceipts(tx, { order: order.id, limit: 9 }));
  const numbers = [valueOf(first).number, valueOf(second).number];
  expect(found.map(({ number }) => number).toSorted()).toEqual(numbers);
  const flow = await bench.run((tx) => documentFlow(tx, 'purchase-order', order.id));
  expect(flow.filter(({ to }) => to.kind === 'goods-receipt')).toHaveLength(2);
});

test('tolerances are not below zero, and no more than all may be missing', async () => {
  const tolerances = [
    { overPercentMax: decimal('-1') },
    { underPercentMax: decimal('-1') },
    { underPercentMax: decimal('101') },
  ];
  const drafts = tolerances.map((each) => ({
    supplier: bench.supplier,
    issuedOn: march(2),
    lines: [{ ...screws(bench, '1', '1.00'), ...each }],
  }));
  const results = await bench.run((tx) => createOrders(tx, context, drafts));
  for (const result of results) {
    expect(result).toMatchObject({ problem: { code: 'purchasing.bad-line', field: 'lines.0' } });
  }
  expect(results).toHaveLength(3);
});

test.each([
  [{ taxCode: 'NONE' }, 'taxCode'],
  [{ taxCode: 'OUT-STD' }, 'taxCode'],
  [{ account: '9999' }, 'account'],
  [{ account: '1300' }, 'account'], // Kept by documents.
  [{ costCentre: 'NONE' }, 'costCentre'],
  [{ warehouse: 'wh_nowhere' }, 'warehouse'],
])('what no receipt or invoice could book is not ordered: %o', async (named, field) => {
  const lines = [{ ...screws(bench, '1', '1.00'), ...named }];
  const draft = { supplier: bench.supplier, issuedOn: march(2), lines };
  const [result] = await bench.run((tx) => createOrders(tx, context, [draft]));
  const problem = { code: 'purchasing.bad-line', field: `lines.0.${field}` };
  expect(result).toMatchObject({ problem });
  const order = await issued(bench, [screws(bench, '1', '1.00')]);
  const [changed] = await bench.run((tx) =>
    changeOrders(tx, context, [{ id: order.id, version: order.version, added: lines }]),
  );
  expect(changed).toMatchObject({ problem: { code: 'purchasing.bad-line' } });
});

test('what was rejected lies blocked, and a return and a reversal lead back', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50')]);
  const before = await books(bench);
  const [receipt] = await receive([
    { ...of(order, '100'), rejected: decimal('10'), reason: 'bent' },
  ]);
  const [back] = await receive([of(order, '40')], { kind: 'return' });
  expect(await statusNow(order.id)).toBe('partly-received');
  const [reversed] = await bench.run((tx) =>
    reverseReceipts(tx, context, [{ id: valueOf(back).id, on: march(12) }]),
  );
  expect(valueOf(reversed).number).toMatch(/^GR-2026-/);
  expect(await statusNow(order.id)).toBe('received');
  const id = valueOf(receipt).id;
  const again = await bench.run((tx) =>
    reverseReceipts(tx, context, [
      { id, on: march(13) },
      { id, on: march(13) },
    ]),
  );
  expect(again.map((each) => (each.ok ? 'ok' : each.problem.code))).toEqual([
    'ok',
    'purchasing.already-reversed',
  ]);
  expect(await statusNow(order.id)).toBe('issued');
  expect(await books(bench)).toEqual(before);
  const reverse = (await bench.run((tx) => findReceipts(tx, [id]))).get(id);
  expect(reverse?.reversedBy).toBeTruthy();
});

test('receipts taken back in one call take back no more than is there', async () => {
  const order = await issued(bench, [screws(bench, '4', '0.10')]);
  const move = async (kind: 'receipt' | 'return') => {
    const lines = [{ order: order.id, line: 10, quantity: decimal('2') }];
    const days = { receivedOn: march(9), postedOn: march(9) };
    const [moved] = await bench.run((tx) => postReceipts(tx, context, [{ kind, ...days, lines }]));
    return { id: valueOf(moved).id, on: march(10) };
  };
  const both = [await move('receipt'), await move('receipt')];
  await move('return');
  const reversed = await bench.run((tx) => reverseReceipts(tx, context, both));
  expect(reversed).toMatchObject([
    { ok: true },
    { problem: { code: 'purchasing.returns-too-much' } },
  ]);
  expect((await bench.run((tx) => orderNow(tx, order.id))).lines[0]?.received).toBe('0');
});

test('an order in dollars is worth euros at the rate of its day', async () => {
  const order = await issued(bench, [screws(bench, '1000', '12.50')], {
    supplier: bench.foreign,
    lines: [{ ...screws(bench, '1000', '12.50'), priceBase: decimal('100') }],
  });
  expect([order.currency, order.rate, order.net]).toEqual([
    'USD',
    '0.8000000000',
    '125.000000000000',
  ]);
  const [posted] = await receive([of(order, '1000')]);
  const id = valueOf(posted).id;
  const receipt = (await bench.run((tx) => findReceipts(tx, [id]))).get(id);
  expect(receipt?.lines.map(({ value }) => value)).toEqual(['100.00']);
});

test.each([
  ['more than was ordered', '101', {}, 'purchasing.over-delivery'],
  ['nothing', '0', {}, 'purchasing.quantity-not-positive'],
  ['a line that is not there', '1', { line: 99 }, 'purchasing.no-such-order-line'],
  ['an order that is not there', '1', { order: 'po_x' }, 'purchasing.no-such-order'],
  ['more rejected than came', '1', { rejected: decimal('2') }, 'purchasing.quantity-not-positive'],
])('%s is refused, and nothing of the receipt is booked', async (_what, quantity, change, code) => {
  const order = await issued(bench, [screws(bench, '100', '0.50'), screws(bench, '5', '1.00')]);
  const [result] = await receive([of(order, '5', 20), { ...of(order, quantity), ...change }]);
  expect(result).toMatchObject({ ok: false, problem: { code } });
  expect(await statusNow(order.id)).toBe('issued');
});

test('a receipt in a period without books leaves nothing behind and stops no other', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50')]);
  const day = (postedOn: ReturnType<typeof march>) => ({
    receivedOn: postedOn,
    postedOn,
    lines: [of(order, '10')],
  });
  const results = await bench.run((tx) =>
    postReceipts(tx, context, [
      day(march(9)),
      day('2031-01-01' as ReturnType<typeof march>),
      day(march(10)),
    ]),
  );
  expect(results.map((each) => (each.ok ? 'ok' : each.problem.code))).toEqual([
    'ok',
    'purchasing.journal-refused',
    'ok',
  ]);
  const now = await bench.run((tx) => orderNow(tx, order.id));
  expect(now.lines[0]?.received).toBe('20');
});

test('who makes an order above the limit does not approve it', async () => {
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', decimal('1000')));
  const [created] = await bench.run((tx) =>
    createOrders(tx, context, [
      { supplier: bench.supplier, issuedOn: march(1), lines: [screws(bench, '1001', '1.00')] },
    ]),
  );
  const { id } = valueOf(created);
  const step = (name: 'issue' | 'approve' | 'cancel' | 'close' | 'reopen', by = 'ada') =>
    bench.run((tx) => steerOrders(tx, { ...context, by }, [{ id, step: name }]));
  expect(valueOf((await step('issue'))[0]).status).toBe('awaiting-approval');
  expect((await step('approve'))[0]).toMatchObject({ problem: { code: 'purchasing.four-eyes' } });
  expect(valueOf((await step('approve', 'bob'))[0]).status).toBe('issued');
  expect(valueOf((await step('close'))[0]).status).toBe('closed');
  const [refused] = await receive([of({ id }, '1')]);
  expect(refused).toMatchObject({ problem: { code: 'purchasing.not-in-this-state' } });
  expect(valueOf((await step('reopen'))[0]).status).toBe('issued');
  expect(valueOf((await step('cancel'))[0]).status).toBe('cancelled');
  const waiting = await bench.run((tx) => listOrders(tx, { statuses: ['cancelled'], limit: 9 }));
  expect(waiting.map((order) => order.id)).toEqual([id]);
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', undefined));
});

test('eight people receive the last hundred: all that is booked fits the order', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50')]);
  const results = await Promise.all(Array.from({ length: 8 }, () => receive([of(order, '30')])));
  expect(results.flat().filter(({ ok }) => ok)).toHaveLength(3);
  const now = await bench.run((tx) => orderNow(tx, order.id));
  expect(now.lines[0]?.received).toBe('90');
});

test('PostgreSQL refuses to change what is posted, and sums by hand', async () => {
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  expect(await refusal('delete from erp_purchasing.goods_receipt')).toContain('only reversed');
  expect(await refusal('update erp_purchasing.goods_receipt_line set value = 1')).toContain(
    'only reversed',
  );
  expect(await refusal('update erp_purchasing.purchase_order_line set received = 1')).toContain(
    'alone',
  );
  expect(await refusal('delete from erp_purchasing.purchase_order')).toContain('only reversed');
});

test('orders are found by where they stand, whichever standings are asked for together', async () => {
  const { kysely } = bench.database;
  const all = await listOrders(kysely, { limit: 999 });
  const standings = [...new Set(all.map(statusOf))];
  expect(standings).toEqual(
    expect.arrayContaining(['issued', 'partly-received', 'received', 'cancelled']),
  );
  for (const statuses of standings.flatMap((one) => standings.map((other) => [one, other]))) {
    const found = await listOrders(kysely, { statuses, limit: 999 });
    expect({ statuses, found }).toEqual({
      statuses,
      found: all.filter((order) => statuses.includes(statusOf(order))),
    });
  }
});
