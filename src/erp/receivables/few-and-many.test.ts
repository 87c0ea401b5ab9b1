import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { findOpenItems, openOf } from '#erp/open-items';
import { createOrders, postDeliveries, steerOrders } from '#erp/sales';
import { decimal } from '#kernel/decimal';
import { postInvoices } from './post-invoices.ts';
import { postPayments } from './post-payments.ts';
import { context, march, openBench, pumps, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
let one: Database; // One connection, which keeps the plans of its triggers.

beforeAll(async () => {
  bench = await openBench();
  one = await openDatabase({ url: bench.database.url, poolSizeMax: 1 });
});
afterAll(async () => {
  await one.close();
  await bench.database.close();
});

/** So many orders of one pump from order to payment. */
async function sell(tx: Handle, count: number): Promise<void> {
  const orders = await createOrders(
    tx,
    context,
    Array.from({ length: count }, () => ({
      customer: bench.customer,
      issuedOn: march(2),
      lines: [pumps(bench, '1'), pumps(bench, '2')],
    })),
  );
  const ids = orders.map((each) => valueOf(each).id);
  const steps = ids.map((id) => ({ id, step: 'confirm' as const }));
  for (const each of await steerOrders(tx, context, steps)) valueOf(each);
  const days = { shippedOn: march(9), postedOn: march(9) };
  const deliveries = await postDeliveries(
    tx,
    context,
    ids.map((order) => ({
      ...days,
      lines: [
        { order, line: 10, quantity: decimal('1') },
        { order, line: 20, quantity: decimal('2') },
      ],
    })),
  );
  const invoices = await postInvoices(
    tx,
    context,
    deliveries.map((each) => ({
      issuedOn: march(10),
      postedOn: march(10),
      deliveries: [valueOf(each).id],
    })),
  );
  const items = await findOpenItems(
    tx,
    invoices.map((each) => valueOf(each).item),
  );
  const payments = await postPayments(
    tx,
    context,
    [...items.values()].map((item) => ({
      customer: item.party,
      paidOn: march(20),
      bankAccount: 'MAIN',
      currency: 'EUR',
      amount: openOf(item),
      parts: [{ item: item.id, amount: openOf(item) }],
    })),
  );
  for (const each of payments) valueOf(each);
}

/** How many rows this connection has read by going through a table, of each, and not yet told the server. */
async function readInTurn(tx: Handle): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ name: string; read: number }>(
    tx,
    sql`select s.schemaname || '.' || s.relname as name, s.seq_tup_read::int4 as read
      from pg_stat_xact_user_tables s where s.schemaname in ('erp_sales', 'erp_inventory',
        'erp_open_items', 'erp_receivables', 'erp_ledger') order by 1`,
  );
  return new Map(found.map(({ name, read }) => [name, read]));
}

/**
 * The tables of which selling so many reads every row. What an earlier transaction read is taken off: what a
 * connection counted it tells the server once a second, so here it may be waiting still.
 */
const wholeOf = (count: number): Promise<readonly string[]> =>
  transact(one, async (tx) => {
    const before = await readInTurn(tx);
    await sell(tx, count);
    const after = await readInTurn(tx);
    return [...after].flatMap(([name, read]) =>
      read - (before.get(name) ?? 0) > 300 ? [name] : [],
    );
  });

test('a connection that sold one reads by keys when it sells many, and one after them', async () => {
  const first = await wholeOf(1);
  await wholeOf(400);
  const second = await wholeOf(1);
  await wholeOf(400);
  expect([first, second, await wholeOf(1)]).toEqual([[], [], []]);
});

test('no line stands without what it belongs to, whoever writes it', async () => {
  const orphans = [
    sql`insert into erp_sales.sales_order_line
        (order_id, number, text, unit, ordered, unit_price, net)
      values ('so_none', 10, 'x', 'C62', 1, 1, 1)`,
    sql`insert into erp_sales.delivery_line
        (delivery_id, number, order_id, order_line, quantity, cost)
      select 'dn_none', 1, order_id, number, 1, 1 from erp_sales.sales_order_line limit 1`,
    sql`insert into erp_sales.delivery_line
        (delivery_id, number, order_id, order_line, quantity, cost)
      select id, 77, 'so_none', 10, 1, 1 from erp_sales.delivery limit 1`,
    sql`insert into erp_sales.invoiced_line (invoice_id, invoice_line, order_id, order_line, quantity)
      values ('ci_none', 1, 'so_none', 10, 1)`,
    sql`insert into erp_inventory.reservation (id, legal_entity, item, warehouse, hard, quantity,
        open, status, source_area, source_kind, source_id, created_by, created_at)
      values ('rsv_none', 'DE01', 'item_none', 'wh_none', false, 1, 1, 'open', 'x', 'x', 'x', 'x',
        now())`,
    sql`insert into erp_open_items.allocation (id, legal_entity, raising_item, lowering_item,
        allocated_on, amount, discount, raising_company, lowering_company, discount_company,
        difference, created_by, created_at)
      values ('al_none', 'DE01', 'oi_none', 'oi_nothing', '2026-03-01', 1, 0, 1, 1, 0, 0, 'x', now())`,
    sql`insert into erp_receivables.customer_invoice_line (invoice_id, number, text, unit,
        unit_price, price_base, discount_percent, net, tax, posting)
      values ('ci_none', 1, 'x', 'C62', 1, 1, 0, 1, 0, '{}')`,
  ];
  expect.assertions(orphans.length);
  for (const orphan of orphans) {
    await expect(bench.run((tx) => rows(tx, orphan))).rejects.toThrow('has no');
  }
});
