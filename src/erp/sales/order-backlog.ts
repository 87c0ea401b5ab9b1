import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { isLate } from './sales-order.ts';

/** What customers wait for. Amounts are those of whole orders, net, in the company's currency. */
type OrderBacklog = {
  readonly open: number; // Confirmed, and not all of it delivered.
  readonly openAmount: Decimal;
  readonly late: number; // Of these: something should have left before the day.
  readonly lateAmount: Decimal;
  readonly onHold: number; // Beyond the credit limit: somebody has to decide.
};

/** What customers wait for on a day. `scale`: decimal places of the company's currency. */
export async function orderBacklog(
  handle: Handle,
  of: { readonly legalEntity: string; readonly on: LocalDate; readonly scale: number },
): Promise<OrderBacklog> {
  const { legalEntity, on, scale } = of;
  const amount = (which: ReturnType<typeof sql>) =>
    sql`round(coalesce(sum(amount) filter (where ${which}), 0), ${scale}::integer)::text`;
  const [found] = await rows<OrderBacklog>(
    handle,
    sql`select count(*) filter (where is_open)::integer as open,
        ${amount(sql`is_open`)} as "openAmount",
        count(*) filter (where is_late)::integer as late,
        ${amount(sql`is_late`)} as "lateAmount",
        count(*) filter (where decision = 'on-credit-hold')::integer as "onHold"
      from (select o.decision, o.net * o.rate as amount, ${isLate(on)} as is_late,
          o.decision = 'confirmed' and o.progress in ('open', 'partly-delivered') as is_open
        from erp_sales.sales_order o
        where o.legal_entity = ${legalEntity} and o.is_uncharged and not o.is_closed
          and o.decision in ('confirmed', 'on-credit-hold')) each`,
  );
  assert(found !== undefined, 'a sum has one row');
  return found;
}
