import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';

/** How much of each order's lines was rejected when it came, by order and line; lines without are left out. */
export async function rejectedOf(
  handle: Handle,
  orders: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, Decimal>>> {
  const found = await rows<{ order: string; line: number; rejected: Decimal }>(
    handle,
    sql`select order_id as order, order_line as line, sum(rejected)::text as rejected
      from erp_purchasing.goods_receipt_line where order_id = any(${[...orders]})
      group by order_id, order_line having sum(rejected) <> 0`,
  );
  return new Map(
    [...Map.groupBy(found, ({ order }) => order)].map(([order, lines]) => [
      order,
      new Map(lines.map(({ line, rejected }) => [line, rejected])),
    ]),
  );
}
