import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Position } from './stock-state.ts';

const ZERO = decimal('0');
const COLUMNS = { item: 'text', warehouse: 'text', quantity: 'numeric' } as const;

/**
 * Gives up what is promised of positions and will not be there: the newest promises first. What is
 * picked stays, since nothing takes it. The positions are locked, and as they will stand.
 */
export async function giveUp(tx: Handle, positions: ReadonlyMap<string, Position>): Promise<void> {
  const values = [...positions].flatMap(([key, position]) => {
    const quantity = promisedTooMuch(position);
    const [item, warehouse] = key.split('\u0000');
    return compareDecimals(quantity, ZERO) > 0 ? [{ item, warehouse, quantity }] : [];
  });
  if (values.length === 0) return;
  await rows(
    tx,
    sql`with newest as (
        select r.id, r.open, k.quantity, coalesce(sum(r.open) over (partition by r.item, r.warehouse
          order by r.sequence desc rows between unbounded preceding and 1 preceding), 0) as before
        from ${unnested('k', COLUMNS, values)}
        join erp_inventory.reservation r using (item, warehouse)
        where r.open > 0 and not r.hard
      ), given as (
        select id, least(open, quantity - before) as part from newest where before < quantity
      )
      update erp_inventory.reservation r set open = r.open - g.part, lost = r.lost + g.part,
        status = case when r.open = g.part then 'released' else 'open' end
      from given g where r.id = g.id`,
  );
}

/** How much more is promised of a warehouse than is free in it and not picked; else zero or below. */
function promisedTooMuch({ free, reserved, picked }: Position): Decimal {
  const soft = subtractDecimals(reserved, picked);
  const left = subtractDecimals(free, picked);
  return compareDecimals(left, ZERO) > 0 ? subtractDecimals(soft, left) : soft;
}
