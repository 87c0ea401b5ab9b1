import { rows, sql } from '#database';
import type { Handle } from '#database';

/**
 * Of orders, those that are open for what came back alone: all that was ordered had left, in whatever order
 * the two happened. Nothing is sent in its place unless somebody says so.
 */
export async function openByReturns(
  handle: Handle,
  orders: readonly string[],
): Promise<readonly string[]> {
  if (orders.length === 0) return [];
  const found = await rows<{ readonly id: string }>(
    handle,
    sql`select o.id from erp_sales.sales_order o
      where o.id = any(${[...orders]}) and o.decision = 'confirmed' and not o.is_closed
        and o.progress = 'partly-delivered'
        and not exists (select from erp_sales.sales_order_line l
          where l.order_id = o.id and not l.is_cancelled and not l.is_final
            and l.is_delivered_against and l.ordered > l.delivered - coalesce((
              select sum(d.quantity) from erp_sales.delivery_line d
                join erp_sales.delivery h on h.id = d.delivery_id
                left join erp_sales.delivery r on r.id = h.reverses
              where d.order_id = l.order_id and d.order_line = l.number
                and coalesce(r.kind, h.kind) = 'return'), 0))
      order by o.id`,
  );
  return found.map(({ id }) => id);
}
