import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Which of these suppliers something lies here of in consignment, or was taken. */
export async function ownersHere(
  handle: Handle,
  suppliers: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ owner: string }>(
    handle,
    sql`select owner from erp_inventory.balance where owner = any(${[...suppliers]}) and quantity <> 0
      union select supplier from erp_inventory.withdrawn
        where supplier = any(${[...suppliers]}) and not is_reversed`,
  );
  return found.map(({ owner }) => owner);
}
