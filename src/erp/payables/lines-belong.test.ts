import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { openBench, ordered } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

test('no line stands without what it belongs to, whoever writes it', async () => {
  await ordered(bench, { quantity: '10', price: '1.00', received: '5' });
  const orphans = [
    sql`insert into erp_purchasing.purchase_order_line
        (order_id, number, text, unit, ordered, unit_price, net)
      values ('po_none', 10, 'x', 'C62', 1, 1, 1)`,
    sql`insert into erp_purchasing.goods_receipt_line
        (receipt_id, number, order_id, order_line, quantity, value, net)
      select 'gr_none', 1, order_id, number, 1, 1, 1 from erp_purchasing.purchase_order_line`,
    sql`insert into erp_purchasing.goods_receipt_line
        (receipt_id, number, order_id, order_line, quantity, value, net)
      select id, 77, 'po_none', 10, 1, 1, 1 from erp_purchasing.goods_receipt`,
    sql`insert into erp_purchasing.invoiced_line
        (invoice_id, invoice_line, order_id, order_line, quantity, value, net)
      values ('si_none', 1, 'po_none', 10, 1, 1, 1)`,
    sql`insert into erp_payables.supplier_invoice_line (invoice_id, number, kind, text, net)
      values ('si_none', 1, 'item', 'x', 1)`,
    sql`insert into erp_inventory.position (item, warehouse, costing)
      values ('item_none', 'wh_none', 'fifo')`,
  ];
  expect.assertions(orphans.length);
  for (const orphan of orphans) {
    await expect(bench.run((tx) => rows(tx, orphan))).rejects.toThrow('has no');
  }
});
