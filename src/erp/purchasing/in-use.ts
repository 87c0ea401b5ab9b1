import { rows, sql } from '#database';
import type { Handle } from '#database';

const ORDERS = sql`erp_purchasing.purchase_order_line l
  join erp_purchasing.purchase_order o on o.id = l.order_id
    and o.decision not in ('cancelled', 'rejected') and not l.is_cancelled`;
const REQUISITIONS = sql`erp_purchasing.requisition_line l
  join erp_purchasing.requisition o on o.id = l.requisition_id
    and o.decision not in ('rejected', 'withdrawn')`;

/** Which of these suppliers an order stands on, or a requisition would ask. */
export async function suppliersOrdered(
  handle: Handle,
  suppliers: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ supplier: string }>(
    handle,
    sql`select supplier from erp_purchasing.purchase_order
        where supplier = any(${[...suppliers]}) and decision not in ('cancelled', 'rejected')
      union select l.supplier from ${REQUISITIONS} where l.supplier = any(${[...suppliers]})`,
  );
  return found.map(({ supplier }) => supplier);
}

/** Which of these items a line of an order or a requisition names. */
export async function itemsBought(
  handle: Handle,
  items: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ item: string }>(
    handle,
    sql`select l.item from ${ORDERS} where l.item = any(${[...items]})
      union select l.item from ${REQUISITIONS} where l.item = any(${[...items]})`,
  );
  return found.map(({ item }) => item);
}

/** Which of these accounts of a legal entity a line of an order or a requisition names. */
export async function accountsBoughtFor(
  handle: Handle,
  legalEntity: string,
  accounts: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ account: string }>(
    handle,
    sql`select l.account from ${ORDERS}
        where o.legal_entity = ${legalEntity} and l.account = any(${[...accounts]})
      union select l.account from ${REQUISITIONS}
        where o.legal_entity = ${legalEntity} and l.account = any(${[...accounts]})`,
  );
  return found.map(({ account }) => account);
}
