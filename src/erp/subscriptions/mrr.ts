import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** How recurring revenue moved in a month, in one currency; the parts are signed and add up. */
export type MrrMonth = {
  readonly month: LocalDate; // Its first day.
  readonly currency: string;
  readonly opening: Decimal;
  readonly new: Decimal;
  readonly expansion: Decimal;
  readonly contraction: Decimal;
  readonly churn: Decimal;
  readonly reactivation: Decimal;
  readonly closing: Decimal;
  readonly customers: number; // That pay something at its end.
};

/** Recurring revenue month by month: exact, as the events say. */
export const mrrMovements = (
  handle: Handle,
  wish: { readonly legalEntity: string; readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly MrrMonth[]> =>
  rows<MrrMonth>(
    handle,
    sql`with moved as (
        select s.id, s.customer, s.currency, e.on_day, e.movement, e.mrr - e.mrr_before as delta
        from erp_subscriptions.event e
        join erp_subscriptions.subscription s on s.id = e.subscription_id
        where s.legal_entity = ${wish.legalEntity} and e.movement is not null
      ), month as (
        select m::date as begins, (m + interval '1 month')::date as ends, c.currency
        from generate_series(date_trunc('month', ${wish.from}::date),
          date_trunc('month', ${wish.to}::date), interval '1 month') m,
          (select distinct currency from moved) c
      )
      select m.begins as month, m.currency,
        coalesce(sum(delta) filter (where on_day < m.begins), 0)::text as opening,
        ${sumOf('new')}, ${sumOf('expansion')}, ${sumOf('contraction')}, ${sumOf('churn')},
        ${sumOf('reactivation')}, coalesce(sum(delta), 0)::text as closing,
        (select count(*) from (select customer from moved p
          where p.currency = m.currency and p.on_day < m.ends
          group by customer having sum(p.delta) > 0) paying)::integer as customers
      from month m left join moved v on v.currency = m.currency and v.on_day < m.ends
      group by m.begins, m.ends, m.currency order by m.begins, m.currency`,
  );

const sumOf = (movement: string): ReturnType<typeof sql> =>
  sql`coalesce(sum(delta) filter (where on_day >= m.begins and movement = ${movement}), 0)::text
    as ${sql.id(movement)}`;
