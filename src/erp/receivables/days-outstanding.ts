import { rows, sql } from '#database';
import type { Handle } from '#database';
import { agingOf } from '#erp/open-items';
import { divideDecimals, multiplyDecimals, sumDecimals } from '#kernel/decimal';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';

/** How long what is charged stays open, with what it is made of; company currency. */
export type DaysOutstanding = {
  readonly receivable: Decimal; // At the end of the last day.
  readonly overdue: Decimal; // Of it.
  readonly charged: Decimal; // Gross, less what was given back or cancelled, in the period.
  readonly days: number;
  /** Days of sales that are open: receivable / charged × days. None where nothing was charged. */
  readonly daysOutstanding: Decimal | undefined;
};

/** Days sales outstanding of a period, both days included. */
export async function daysSalesOutstanding(
  handle: Handle,
  query: {
    readonly legalEntity: string;
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly customer?: string;
  },
): Promise<DaysOutstanding> {
  const { legalEntity, from, to, customer } = query;
  const aging = await agingOf(handle, {
    legalEntity,
    side: 'receivable',
    asOf: to,
    ...(customer === undefined ? {} : { party: customer }),
  });
  const [found] = await rows<{ charged: Decimal }>(
    handle,
    sql`select coalesce(sum(amount), 0)::text as charged from (
        select i.company_gross * case i.kind when 'invoice' then 1 else -1 end as amount
          from erp_receivables.customer_invoice i
          where i.legal_entity = ${legalEntity} and i.posted_on between ${from} and ${to}
            and (${customer ?? null}::text is null or i.customer = ${customer ?? null})
        union all
        select i.company_gross * case i.kind when 'invoice' then -1 else 1 end
          from erp_receivables.cancellation c
            join erp_receivables.customer_invoice i on i.id = c.invoice_id
          where i.legal_entity = ${legalEntity} and c.cancelled_on between ${from} and ${to}
            and (${customer ?? null}::text is null or i.customer = ${customer ?? null})
      ) each`,
  );
  const receivable = sumDecimals(aging.map(({ total }) => total));
  const charged = found?.charged ?? decimal('0');
  const days = daysBetween(from, to) + 1;
  return {
    receivable,
    overdue: sumDecimals(aging.flatMap(({ overdue }) => overdue)),
    charged,
    days,
    daysOutstanding: divideDecimals(
      multiplyDecimals(receivable, decimal(String(days))),
      charged,
      1,
    ),
  };
}
