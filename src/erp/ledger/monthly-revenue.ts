import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { PeriodStatus } from './period.ts';

/** What a month's revenue was, in company currency, and whether the month is still open. */
export type MonthlyRevenue = {
  readonly fiscalYear: number;
  readonly period: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly status: PeriodStatus;
  readonly revenue: Decimal; // Earned is above zero; as the line of the income statement.
};

/** The revenue of the months that have begun by a day, the oldest first; with their adjustments. */
export const monthlyRevenue = (
  handle: Handle,
  wish: { readonly legalEntity: string; readonly on: LocalDate; readonly months: number },
): Promise<readonly MonthlyRevenue[]> =>
  rows<MonthlyRevenue>(
    handle,
    sql`select m.fiscal_year as "fiscalYear", m.number as period, m.from_on as "from",
        m.to_on as "to", m.status, coalesce(s.revenue, 0)::text as revenue
      from (select * from erp_ledger.period
        where legal_entity = ${wish.legalEntity} and number <= 12 and from_on <= ${wish.on}::date
        order by from_on desc limit ${wish.months}) m
      cross join lateral (
        select sum(b.company_credit - b.company_debit) as revenue
        from erp_ledger.period p
        join erp_ledger.account_balance b on b.legal_entity = p.legal_entity
          and b.fiscal_year = p.fiscal_year and b.period = p.number
        join erp_ledger.account a on a.legal_entity = b.legal_entity and a.number = b.account
          and a.statement_line = 'revenue'
        where p.legal_entity = m.legal_entity and p.fiscal_year = m.fiscal_year
          and p.number <> 14 and p.from_on >= m.from_on and p.to_on <= m.to_on) s
      order by m.from_on`,
  );
