import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { Decimal } from '#kernel/decimal';

/** What a legal entity's stock is worth, and of how many positions there is none: an item in a warehouse. */
export async function stockInAll(
  handle: Handle,
  legalEntity: string,
): Promise<{ readonly value: Decimal; readonly positions: number; readonly none: number }> {
  const [found] = await rows<{ value: Decimal; positions: number; none: number }>(
    handle,
    sql`select coalesce(sum(p.value), 0)::text as value, count(*)::integer as positions,
        count(*) filter (where p.quantity = 0)::integer as none
      from erp_inventory.position p join erp_inventory.warehouse w on w.id = p.warehouse
      where w.legal_entity = ${legalEntity}`,
  );
  assert(found !== undefined, 'a sum has one row');
  return found;
}
