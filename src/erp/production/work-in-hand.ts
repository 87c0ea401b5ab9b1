import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { LocalDate } from '#kernel/time';
import { isLate } from './work-order.ts';

/** How many work orders are under way, and how many of all should have been finished before a day. */
export async function workInHand(
  handle: Handle,
  of: { readonly legalEntity: string; readonly on: LocalDate },
): Promise<{ readonly running: number; readonly late: number }> {
  const [found] = await rows<{ running: number; late: number }>(
    handle,
    sql`select count(*) filter (where o.decision = 'released' and o.progress <> 'completed')::integer
          as running,
        count(*) filter (where ${isLate(of.on)})::integer as late
      from erp_production.work_order o
      where o.legal_entity = ${of.legalEntity} and o.decision in ('planned', 'released')`,
  );
  assert(found !== undefined, 'a sum has one row');
  return found;
}
