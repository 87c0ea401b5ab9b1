import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Which of these items a bill of material, a price, an agreement or a supplier's offer names. */
export async function itemsNamed(
  handle: Handle,
  items: readonly string[],
): Promise<readonly string[]> {
  const asked = [...items];
  const found = await rows<{ item: string }>(
    handle,
    sql`select component as item from erp_items.bom_line where component = any(${asked})
      union select item from erp_items.bom where item = any(${asked})
      union select item from erp_items.price where item = any(${asked}) and withdrawn_at is null
      union select item from erp_items.supplier_item where item = any(${asked})
      union select l.item from erp_items.agreement_line l
        join erp_items.agreement a on a.id = l.agreement and a.status = 'active'
        where l.item = any(${asked})`,
  );
  return found.map(({ item }) => item);
}

/** Which of these parties a price list with prices, an agreement or an offer of theirs stands on. */
export async function partiesPriced(
  handle: Handle,
  parties: readonly string[],
): Promise<readonly string[]> {
  const asked = [...parties];
  const found = await rows<{ party: string }>(
    handle,
    sql`select l.customer as party from erp_items.price_list l
        where l.customer = any(${asked}) and exists (select from erp_items.price p
          where p.price_list = l.id and p.withdrawn_at is null)
      union select party from erp_items.agreement where party = any(${asked}) and status = 'active'
      union select supplier from erp_items.supplier_item where supplier = any(${asked})`,
  );
  return found.map(({ party }) => party);
}
