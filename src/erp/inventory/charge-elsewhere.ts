import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { InventoryProblemCode } from './errors.ts';
import { lockWithdrawn, noteWithdrawnCharged } from './withdrawn.ts';

/**
 * Notes that what was taken is charged otherwise: by a line on the account, or not at all. Nothing is
 * booked, and it waits for no invoice any more; the reason stays.
 */
export async function chargeElsewhere(
  tx: Handle,
  context: ErpContext,
  wish: { readonly id: string; readonly on: LocalDate; readonly reason: string },
): Promise<Result<{ readonly id: string }, InventoryProblemCode>> {
  const one = (await lockWithdrawn(tx, [wish.id])).get(wish.id);
  if (one === undefined || one.legalEntity !== context.legalEntity) {
    return refuse('inventory.unknown-withdrawal', 'no such withdrawal', 'id');
  }
  if (compareDecimals(one.open, decimal('0')) <= 0) {
    return refuse('inventory.wrong-state', 'nothing of it waits to be charged', 'id');
  }
  const { id, open, openValue } = one;
  await noteWithdrawnCharged(tx, context, [
    {
      withdrawn: id,
      source: 'elsewhere',
      quantity: open,
      value: openValue,
      on: wish.on,
      reason: wish.reason,
    },
  ]);
  return accept({ id });
}
