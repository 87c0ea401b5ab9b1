import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { available, listReservations } from '#erp/inventory';
import { decimal } from '#kernel/decimal';
import {
  createOrders,
  lockOrders,
  noteInvoiced,
  orderHistory,
  postDeliveries,
  reserveOrders,
  steerOrders,
} from './index.ts';
import type { SalesOrder, SalesOrderDraft } from './index.ts';
import { context, march, openBench, orderNow, pumps, stock as takeIn, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let inSteps: Bench;
let atOnce: Bench;
beforeAll(async () => {
  inSteps = await openBench();
  atOnce = await openBench();
});
afterAll(() => Promise.all([inSteps, atOnce].map((bench) => bench.database.close())));

/** More than there is in all, a service, and what the second customer may not owe. */
const draftsOf = (bench: Bench): readonly SalesOrderDraft[] =>
  [
    {
      customer: bench.customer,
      lines: [
        pumps(bench, '60'),
        { item: bench.service, quantity: decimal('2'), unitPrice: decimal('90.00') },
      ],
    },
    { customer: bench.limited, lines: [pumps(bench, '10', '90.00')] },
    { customer: bench.limited, lines: [pumps(bench, '10', '20.00')] },
    { customer: bench.customer, lines: [pumps(bench, '50')] },
    { customer: bench.customer, lines: [pumps(bench, '1')] },
    { customer: 'nobody', lines: [pumps(bench, '1')] },
  ].map((draft) => ({ ...draft, issuedOn: march(2) }));

const OWN = new Set(['id', 'version', 'customer', 'item', 'warehouse', 'reservation', 'lines']);
const withoutOwn = (of: object): object =>
  Object.fromEntries(Object.entries(of).filter(([name]) => !OWN.has(name)));
const comparable = (order: SalesOrder) => ({
  ...withoutOwn(order),
  decision: order.decision,
  lines: order.lines.map((line) => ({
    ...withoutOwn(line),
    isReserved: line.reservation !== null,
  })),
});

async function stateOf(bench: Bench, ids: readonly string[]) {
  const { pump, warehouse, database } = bench;
  const [stock] = await available(database.kysely, [{ item: pump, warehouse }]);
  const orders = await bench.run((tx) => Promise.all(ids.map((id) => orderNow(tx, id))));
  const reserved = await listReservations(database.kysely, { sources: ids });
  const histories = await Promise.all(ids.map((id) => orderHistory(database.kysely, id)));
  return {
    free: [stock?.free, stock?.reserved],
    orders: orders.map(comparable),
    reserved: reserved.map(({ quantity, open }) => `${quantity} ${open}`).toSorted(),
    events: histories.map((events) => events.map(({ action }) => action)),
  };
}

test('orders that are confirmed as they are written are what two steps make of them', async () => {
  const made = await inSteps.run((tx) => createOrders(tx, context, draftsOf(inSteps)));
  const first = made.flatMap((each) => (each.ok ? [each.value.id] : []));
  await inSteps.run((tx) =>
    steerOrders(
      tx,
      context,
      first.map((id) => ({ id, step: 'confirm' as const })),
    ),
  );
  const written = await atOnce.run((tx) =>
    createOrders(tx, context, draftsOf(atOnce), { confirm: true }),
  );
  const second = written.map((each) => (each.ok ? each.value.id : undefined));
  expect(second.at(-1)).toBeUndefined();
  const ids = second.flatMap((id) => id ?? []);
  const state = await stateOf(atOnce, ids);
  expect(state).toEqual(await stateOf(inSteps, first));
  expect(state.orders.map(({ decision }) => decision)).toEqual([
    'confirmed',
    'confirmed',
    'on-credit-hold',
    'confirmed',
    'confirmed',
  ]);
  expect(state.reserved).toEqual(['10 10', '30 30', '60 60']);
  const [released] = await atOnce.run((tx) =>
    steerOrders(tx, { ...context, by: 'bob' }, [{ id: ids[2] ?? '', step: 'release-credit' }]),
  );
  expect(valueOf(released)).toMatchObject({ status: 'confirmed', version: 2 });
});

/** Of three orders the first leaves whole, the second in part; there is not enough for the third. */
async function shipped(bench: Bench, reserve: boolean) {
  return await bench.run(async (tx) => {
    const drafts = ['20', '40', '70'].map((quantity) => ({
      customer: bench.customer,
      issuedOn: march(3),
      lines: [pumps(bench, quantity)],
    }));
    const made = await createOrders(tx, context, drafts, { confirm: true, reserve });
    const ids = made.map((each) => valueOf(each).id);
    const day = { shippedOn: march(4), postedOn: march(4) };
    const left = await postDeliveries(tx, context, [
      { ...day, lines: [{ order: ids[0] ?? '', line: 10, quantity: decimal('20') }] },
      { ...day, lines: [{ order: ids[1] ?? '', line: 10, quantity: decimal('15') }] },
    ]);
    left.map(valueOf);
    if (!reserve) await reserveOrders(tx, context, ids);
    return ids;
  });
}

test('what is reserved after others have left is what would be left of what was reserved before', async () => {
  const [before, after] = [await openBench(), await openBench()];
  try {
    const first = await stateOf(before, await shipped(before, true));
    const second = await stateOf(after, await shipped(after, false));
    const open = ({ reserved }: typeof first) =>
      reserved.map((each) => each.split(' ')[1]).filter((each) => each !== '0');
    expect(open(second)).toEqual(['25', '40']);
    expect(open(second)).toEqual(open(first));
    expect(second.free).toEqual(first.free);
    const headers = ({ orders }: typeof first) => orders.map((each) => ({ ...each, lines: [] }));
    expect(headers(second)).toEqual(headers(first));
  } finally {
    await Promise.all([before, after].map(({ database }) => database.close()));
  }
});

test('what happened to an order that is not there is refused', async () => {
  const orphan = rows(
    atOnce.database.kysely,
    sql`insert into erp_sales.order_event (order_id, action, detail, by, at)
      values ('so_x', 'confirmed', '{}', 'ada', now())`,
  );
  await expect(orphan).rejects.toMatchObject({ constraint: 'line_has_order' });
});

test('lines that are written, delivered and charged in one transaction write to no index for it', async () => {
  const bench = await openBench();
  try {
    const changes = await bench.run(async (tx) => {
      await takeIn(tx, bench, '500', '8.00');
      const drafts = Array.from({ length: 60 }, () => ({
        customer: bench.customer,
        issuedOn: march(2),
        lines: Array.from({ length: 4 }, () => pumps(bench, '1')),
      }));
      const written = await createOrders(tx, context, drafts, { confirm: true });
      const ids = written.map((each) => valueOf(each).id);
      const orders = await lockOrders(tx, ids);
      const lines = ids.flatMap((order) =>
        (orders.get(order)?.lines ?? []).map(({ number }) => ({ order, line: number })),
      );
      const whole = { kind: 'delivery' as const, shippedOn: march(3), postedOn: march(3) };
      const quantity = decimal('1');
      const left = await postDeliveries(tx, context, [
        { ...whole, lines: lines.map((line) => ({ ...line, quantity })) },
      ]);
      valueOf(left[0]);
      await noteInvoiced(
        tx,
        lines.map(({ order, line }, at) => ({
          invoice: 'ci_1',
          invoiceLine: at + 1,
          order,
          orderLine: line,
          quantity,
        })),
      );
      const [told] = await rows<{ changed: string; hot: string }>(
        tx,
        sql`select pg_stat_get_xact_tuples_updated(oid) as changed,
            pg_stat_get_xact_tuples_hot_updated(oid) as hot
          from pg_class where oid = 'erp_sales.sales_order_line'::regclass`,
      );
      return told;
    });
    expect(Number(changes?.changed)).toBeGreaterThanOrEqual(480);
    expect(changes?.hot).toBe(changes?.changed);
  } finally {
    await bench.database.close();
  }
});
