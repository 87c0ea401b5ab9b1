import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { isLate, isUnfinished } from './purchase-order.ts';

/** What suppliers owe in goods. Amounts are those of whole orders, net, in the company's currency. */
type Outstanding = {
  readonly open: number; // Issued, and not all of it received.
  readonly openAmount: Decimal;
  readonly late: number; // Of these: something should have come before the day.
  readonly lateAmount: Decimal;
  readonly toApprove: number;
  readonly requisitionsToDecide: number;
};

/** What suppliers owe in goods on a day, and what waits for approval. `scale`: of the company's currency. */
export async function outstanding(
  handle: Handle,
  of: { readonly legalEntity: string; readonly on: LocalDate; readonly scale: number },
): Promise<Outstanding> {
  const { legalEntity, on, scale } = of;
  const amount = (which: ReturnType<typeof sql>) =>
    sql`round(coalesce(sum(amount) filter (where ${which}), 0), ${scale}::integer)::text`;
  const [found] = await rows<Outstanding>(
    handle,
    sql`select count(*) filter (where is_open)::integer as open,
        ${amount(sql`is_open`)} as "openAmount",
        count(*) filter (where is_late)::integer as late,
        ${amount(sql`is_late`)} as "lateAmount",
        count(*) filter (where decision = 'awaiting-approval')::integer as "toApprove",
        (select count(*)::integer from erp_purchasing.requisition r
          where r.legal_entity = ${legalEntity} and r.decision = 'submitted') as "requisitionsToDecide"
      from (select o.decision, o.net * o.rate as amount, ${isLate(on)} as is_late,
          o.progress in ('open', 'partly-received') and ${isUnfinished} as is_open
        from erp_purchasing.purchase_order o
        where o.legal_entity = ${legalEntity}
          and (o.decision = 'awaiting-approval' or ${isUnfinished})) each`,
  );
  assert(found !== undefined, 'a sum has one row');
  return found;
}
