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
    // Few of them are open: only of these the lines are looked at, one order after the other.
    sql`with o as materialized (select id from erp_sales.sales_order
        where id = any(${[...orders]}) and decision = 'confirmed' and not is_closed
          and progress = 'partly-delivered')
      select o.id from o cross join lateral (
        select bool_and(l.is_cancelled or l.is_final or not l.is_delivered_against
          or l.ordered <= l.delivered - coalesce((
            select sum(d.quantity) from erp_sales.delivery_line d
              join erp_sales.delivery h on h.id = d.delivery_id
              left join erp_sales.delivery r on r.id = h.reverses
            where d.order_id = l.order_id and d.order_line = l.number
              and coalesce(r.kind, h.kind) = 'return'), 0)) as had_left
        from erp_sales.sales_order_line l where l.order_id = o.id) w
      where w.had_left
      order by o.id`,
  );
  return found.map(({ id }) => id);
}
