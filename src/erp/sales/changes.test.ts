import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { available } from '#erp/inventory';
import { describeError } from '#kernel';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import { changeOrders, orderHistory, postDeliveries, statusOf, steerOrders } from './index.ts';
import type { SalesLineChange, SalesOrderChange } from './index.ts';
import { confirmed, context, march, openBench, orderNow, pumps, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_SALES_RUNS'] ?? 12);
const TIMEOUT_MS = 240_000; // On a machine that has much else to do.

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const now = (id: string) => bench.run((tx) => orderNow(tx, id));
const change = async (id: string, what: Omit<SalesOrderChange, 'id' | 'version'>, by = 'ada') => {
  const { version } = await now(id);
  const [result] = await bench.run((tx) =>
    changeOrders(tx, { ...context, by }, [{ id, version, ...what }]),
  );
  return result;
};
const codeOf = (result: Awaited<ReturnType<typeof change>>) =>
  result?.ok === false ? result.problem.code : 'ok';
const deliver = (id: string, quantity: string) =>
  bench.run((tx) =>
    postDeliveries(tx, context, [
      {
        shippedOn: march(9),
        postedOn: march(9),
        lines: [{ order: id, line: 10, quantity: decimal(quantity) }],
      },
    ]),
  );
const free = async () => {
  const [found] = await available(bench.database.kysely, [
    { item: bench.pump, warehouse: bench.warehouse },
  ]);
  return Number(found?.available);
};

test('a change reserves again, and gives back what is not wanted any more', async () => {
  const before = await free();
  const order = await confirmed(bench, [pumps(bench, '20'), pumps(bench, '5')]);
  const line = (what: Omit<SalesLineChange, 'line'>) =>
    change(order.id, { lines: [{ line: 10, ...what }] });
  valueOf(await line({ quantity: decimal('30') }));
  expect(await free()).toBe(before - 35);
  await deliver(order.id, '10');
  valueOf(await line({ quantity: decimal('12') }));
  expect(await free()).toBe(before - 17);
  valueOf(await change(order.id, { lines: [{ line: 20, isCancelled: true }] }));
  expect(await free()).toBe(before - 12);
  valueOf(await change(order.id, { added: [pumps(bench, '3')] }));
  expect(await free()).toBe(before - 15);
  expect(valueOf(await line({ isFinal: true })).status).toBe('partly-delivered');
  expect(await free()).toBe(before - 13);
  const history = await orderHistory(bench.database.kysely, order.id);
  expect(history.filter(({ action }) => action === 'changed')[1]).toMatchObject({
    detail: { lines: { 10: { ordered: ['30', '12'], net: ['360.00', '144.00'] } } },
  });
});

test('what is said of an order as a whole is changed while it is open', async () => {
  const order = await confirmed(bench, [pumps(bench, '2')]);
  await deliver(order.id, '1');
  const set = {
    customerReference: 'PO 77',
    requestedOn: march(20),
    paymentTerms: 'NET60',
    salesperson: null,
  };
  expect(codeOf(await change(order.id, { set }))).toBe('ok');
  expect(await now(order.id)).toMatchObject(set);
  expect(codeOf(await change(order.id, { set }))).toBe('sales.empty-document');
  expect(codeOf(await change(order.id, { set: { paymentTerms: 'NEVER' } }))).toBe(
    'sales.no-such-terms',
  );
  const history = await orderHistory(bench.database.kysely, order.id);
  expect(history.at(-1)?.detail).toMatchObject({
    header: { customerReference: ['', 'PO 77'], paymentTerms: ['2-10-NET30', 'NET60'] },
    lines: {},
  });
  await bench.run((tx) => steerOrders(tx, context, [{ id: order.id, step: 'close' }]));
  expect(codeOf(await change(order.id, { set: { text: 'x' } }))).toBe('sales.not-in-this-state');
});

test('nothing goes below what has left, and a change names the version it was made from', async () => {
  const order = await confirmed(bench, [pumps(bench, '10')]);
  await deliver(order.id, '4');
  const line = (what: Omit<SalesLineChange, 'line'>) =>
    change(order.id, { lines: [{ line: 10, ...what }] });
  expect(codeOf(await line({ quantity: decimal('3') }))).toBe('sales.below-delivered');
  expect(codeOf(await line({ isCancelled: true }))).toBe('sales.below-delivered');
  expect(codeOf(await line({ discountPercent: decimal('101') }))).toBe('sales.bad-line');
  const [stale] = await bench.run((tx) =>
    changeOrders(tx, context, [{ id: order.id, version: 1, added: [pumps(bench, '1')] }]),
  );
  expect(stale).toMatchObject({ problem: { code: 'sales.moved-on' } });
  const refusal = (set: string) =>
    bench
      .run((tx) =>
        rows(
          tx,
          sql.raw(`update erp_sales.sales_order_line set ${set}
        where order_id = '${order.id}'`),
        ),
      )
      .then(() => 'done', describeError);
  expect(await refusal('ordered = 3')).toContain('never below');
  expect(await refusal('is_cancelled = true')).toContain('never below');
  expect(await refusal('unit = $$BX$$')).toContain('only reversed');
});

test('who raises an order beyond the limit does not release its credit', async () => {
  const order = await confirmed(bench, [pumps(bench, '50', '10.00')], { customer: bench.limited });
  expect(statusOf(order)).toBe('confirmed');
  const worth = (quantity: string) =>
    change(order.id, { lines: [{ line: 10, quantity: decimal(quantity) }] }, 'bob');
  expect(valueOf(await worth('90')).status).toBe('confirmed');
  expect(valueOf(await worth('101')).status).toBe('on-credit-hold');
  const release = async (by: string) => {
    const [result] = await bench.run((tx) =>
      steerOrders(tx, { ...context, by }, [{ id: order.id, step: 'release-credit' }]),
    );
    return result?.ok === true ? result.value.status : result?.problem.code;
  };
  expect(await release('bob')).toBe('sales.four-eyes');
  expect(await release('cleo')).toBe('confirmed');
  expect(valueOf(await worth('60')).status).toBe('confirmed');
  const [taken] = await bench.run((tx) =>
    steerOrders(tx, context, [{ id: order.id, step: 'cancel' }]),
  );
  expect(valueOf(taken).status).toBe('cancelled');
});

test('two people raise two orders of one customer at once: both do not pass his limit', async () => {
  const orders = await Promise.all([
    confirmed(bench, [pumps(bench, '1', '400.00')], { customer: bench.limited }),
    confirmed(bench, [pumps(bench, '1', '400.00')], { customer: bench.limited }),
  ]);
  const results = await Promise.all(
    orders.map(({ id }) => change(id, { lines: [{ line: 10, unitPrice: decimal('550.00') }] })),
  );
  const states = results.map((each) => valueOf(each).status).toSorted();
  expect(states).toEqual(['confirmed', 'on-credit-hold']);
});

test(
  'whatever is changed and delivered, an order is the sum of its lines',
  async () => {
    const quantity = fc.integer({ min: 1, max: 9 }).map((each) => decimal(String(each)));
    const kind = fc.constantFrom('deliver', 'quantity', 'price', 'add', 'cancel');
    const deeds = fc.array(fc.record({ kind, quantity }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(deeds, async (wanted) => {
        const order = await confirmed(bench, [pumps(bench, '5'), pumps(bench, '2')]);
        for (const { kind: deed, quantity: much } of wanted) {
          const line = { line: 10, quantity: much };
          if (deed === 'deliver') await deliver(order.id, much);
          if (deed === 'quantity') await change(order.id, { lines: [line] });
          if (deed === 'price') await change(order.id, { lines: [{ line: 10, unitPrice: much }] });
          if (deed === 'add') await change(order.id, { added: [pumps(bench, much, '2.00')] });
          if (deed === 'cancel')
            await change(order.id, { lines: [{ line: 20, isCancelled: true }] });
        }
        const after = await now(order.id);
        const kept = after.lines.filter(({ isCancelled }) => !isCancelled);
        const net = sumDecimals(kept.map((each) => each.net));
        expect(compareDecimals(after.net, net)).toBe(0);
        for (const { ordered, delivered } of after.lines) {
          expect(compareDecimals(ordered, delivered)).toBeGreaterThanOrEqual(0);
        }
        await bench.run((tx) => steerOrders(tx, context, [{ id: order.id, step: 'close' }]));
        const held = await rows(
          bench.database.kysely,
          sql`select 1 from erp_inventory.reservation
          where source_id = ${order.id} and open > 0`,
        );
        expect(held).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);
