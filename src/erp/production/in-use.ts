import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Which of these items a routing or a work order makes, or a work order needs. */
export async function itemsMade(
  handle: Handle,
  items: readonly string[],
): Promise<readonly string[]> {
  const asked = [...items];
  const found = await rows<{ item: string }>(
    handle,
    sql`select item from erp_production.routing where item = any(${asked})
      union select item from erp_production.work_order
        where item = any(${asked}) and decision <> 'cancelled'
      union select c.item from erp_production.work_order_component c
        join erp_production.work_order o on o.id = c.order_id and o.decision <> 'cancelled'
        where c.item = any(${asked})`,
  );
  return found.map(({ item }) => item);
}

/** Which of these suppliers a routing sends work to. */
export async function suppliersWorking(
  handle: Handle,
  suppliers: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ supplier: string }>(
    handle,
    sql`select distinct supplier from erp_production.routing_operation
      where supplier = any(${[...suppliers]})`,
  );
  return found.map(({ supplier }) => supplier);
}
