import { rows, sql } from '#database';
import type { Handle } from '#database';
import { itemFacts } from '#erp/items';

/**
 * Follows pieces no more of those items that have serial numbers no more: for whoever changes that of
 * an item, in the same transaction. Should they have them again, a count says which pieces there are.
 */
export async function forgetPieces(tx: Handle, items: readonly string[]): Promise<void> {
  const facts = await itemFacts(tx, items);
  const without = items.filter((item) => facts.get(item)?.serialManaged === false);
  if (without.length === 0) return;
  await rows(
    tx,
    sql`update erp_inventory.piece set is_in_stock = false
      where is_in_stock and item = any(${[...new Set(without)]})`,
  );
}
