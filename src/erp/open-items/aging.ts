import { rows, sql } from '#database';
import type { Handle } from '#database';
import { addDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { Side } from './open-item.ts';

/** What a party owed, or was owed, at the end of a day, in the company's currency. */
export type Aging = {
  readonly party: string;
  readonly notDue: Decimal;
  /** One more than the limits: up to the first, …, beyond the last. Days past due. */
  readonly overdue: readonly Decimal[];
  readonly total: Decimal; // What lowers counts against what raises.
};

/** Where one age of what is overdue ends and the next begins, unless something else is asked: days. */
export const AGE_LIMITS = [30, 60, 90] as const;

/**
 * Ages what was open at the end of a day, however long ago: items posted by then, less what had been
 * allocated by then. Payments and credit notes that settle nothing yet count as not due.
 */
export async function agingOf(
  handle: Handle,
  query: {
    readonly legalEntity: string;
    readonly side: Side;
    readonly asOf: LocalDate;
    readonly limits?: readonly number[]; // In days, rising.
    readonly party?: string;
  },
): Promise<readonly Aging[]> {
  const { legalEntity, side, asOf, limits = AGE_LIMITS, party = null } = query;
  const found = await rows<{ party: string; bucket: number; amount: Decimal }>(
    handle,
    sql`with settled as (
        select item, sum(company) as company from (
          select raising_item as item, raising_company as company
            from erp_open_items.allocation
            where legal_entity = ${legalEntity} and allocated_on <= ${asOf}
          union all
          select lowering_item, lowering_company from erp_open_items.allocation
            where legal_entity = ${legalEntity} and allocated_on <= ${asOf}
        ) each group by item
      )
      select i.party, case when i.effect = 'lowers' then -1
          else width_bucket(${asOf}::date - i.due_on, ${[1, ...limits.map((days) => days + 1)]}::integer[]) - 1
        end as bucket,
        sum((i.company_amount - coalesce(s.company, 0)) * case i.effect when 'raises' then 1 else -1 end)::text
          as amount
      from erp_open_items.open_item i left join settled s on s.item = i.id
      where i.legal_entity = ${legalEntity} and i.side = ${side} and i.posted_on <= ${asOf}
        and (${party}::text is null or i.party = ${party})
        and i.company_amount <> coalesce(s.company, 0)
      group by 1, 2 order by 1, 2`,
  );
  const zero = decimal('0');
  const byParty = new Map<string, { notDue: Decimal; overdue: Decimal[] }>();
  for (const { party: whose, bucket, amount } of found) {
    const aging = byParty.get(whose) ?? {
      notDue: zero,
      overdue: Array.from({ length: limits.length + 1 }, () => zero),
    };
    if (bucket < 0) aging.notDue = addDecimals(aging.notDue, amount);
    else aging.overdue[bucket] = amount;
    byParty.set(whose, aging);
  }
  return [...byParty].map(([whose, { notDue, overdue }]) => ({
    party: whose,
    notDue,
    overdue,
    total: overdue.reduce(addDecimals, notDue),
  }));
}
