import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Which of these customers an order or a quotation stands on. */
export async function customersOrdering(
  handle: Handle,
  customers: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ customer: string }>(
    handle,
    sql`select customer from erp_sales.sales_order
        where customer = any(${[...customers]}) and decision <> 'cancelled'
      union select customer from erp_sales.quotation
        where customer = any(${[...customers]}) and decision not in ('rejected', 'superseded')`,
  );
  return found.map(({ customer }) => customer);
}

/** Which of these items a line of an order or a quotation names. */
export async function itemsSold(
  handle: Handle,
  items: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ item: string }>(
    handle,
    sql`select l.item from erp_sales.sales_order_line l
        join erp_sales.sales_order o on o.id = l.order_id and o.decision <> 'cancelled'
        where l.item = any(${[...items]}) and not l.is_cancelled
      union select l.item from erp_sales.quotation_line l
        join erp_sales.quotation q on q.id = l.quotation_id
          and q.decision not in ('rejected', 'superseded')
        where l.item = any(${[...items]})`,
  );
  return found.map(({ item }) => item);
}
