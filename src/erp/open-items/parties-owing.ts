import { rows, sql } from '#database';
import type { Handle } from '#database';

/**
 * Which of these parties something is open with, or was settled with: more than opening items that
 * were taken back.
 */
export async function partiesOwing(
  handle: Handle,
  parties: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ party: string }>(
    handle,
    sql`select distinct party from erp_open_items.open_item
      where party = any(${[...parties]}) and (kind <> 'opening' or cleared < amount)`,
  );
  return new Set(found.map(({ party }) => party));
}
