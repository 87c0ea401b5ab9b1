import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** Which turnover: days inclusive; what is left out does not matter. */
export type TurnoverWish = {
  readonly legalEntity: string;
  readonly from?: LocalDate;
  readonly to: LocalDate;
  readonly withClosing?: boolean; // Else without the year's closing entries.
  readonly accounts?: readonly string[]; // Only of these.
};

/** A balance at the end of a day, in company currency; a debit is above zero. */
export async function accountBalances(
  handle: Handle,
  wish: Pick<TurnoverWish, 'legalEntity' | 'accounts'> & { readonly on: LocalDate },
): Promise<ReadonlyMap<string, Decimal>> {
  const found = await rows<{ account: string; balance: Decimal }>(
    handle,
    sql`select account, sum(debit - credit)::text as balance
      from (${turnoverRows({ ...wish, to: wish.on, withClosing: true })}) t
      group by account order by account`,
  );
  return new Map(found.map(({ account, balance }) => [account, balance]));
}

/**
 * Rows of account, debit and credit that add up to what moved between two days. Whole periods come
 * from the sums kept by period; only days of a period that is not whole are read line by line, by
 * account and day. Zero times a number
 * is a zero of its scale: a side without turnover is '0.00' too.
 */
export function turnoverRows(wish: TurnoverWish): ReturnType<typeof sql> {
  const { legalEntity, from = '-infinity', to, withClosing = true } = wish;
  const closing = withClosing ? sql`true` : sql`p.number <> 14`;
  const among = (account: ReturnType<typeof sql>) =>
    wish.accounts === undefined ? sql`true` : sql`${account} = any(${[...wish.accounts]})`;
  return sql`
    select b.account, b.company_debit + 0 * b.company_credit as debit,
      b.company_credit + 0 * b.company_debit as credit
    from erp_ledger.period p
    join erp_ledger.account_balance b on b.legal_entity = p.legal_entity
      and b.fiscal_year = p.fiscal_year and b.period = p.number and ${among(sql`b.account`)}
    where p.legal_entity = ${legalEntity} and p.from_on >= ${from}::date and p.to_on <= ${to}::date
      and ${closing}
    union all
    select l.account, l.debit, l.credit
    from erp_ledger.period p
    join erp_ledger.account a on a.legal_entity = p.legal_entity and ${among(sql`a.number`)}
    cross join lateral (
      select j.account, greatest(j.company_amount, 0 * j.company_amount) as debit,
        greatest(-j.company_amount, 0 * j.company_amount) as credit
      from erp_ledger.journal_line j
      where j.legal_entity = a.legal_entity and j.account = a.number
        and j.posted_on between greatest(p.from_on, ${from}::date) and least(p.to_on, ${to}::date)
        and j.fiscal_year = p.fiscal_year and j.period = p.number
      offset 0) l -- A fence: whatever is known of the tables, lines are read by account and day.
    where p.legal_entity = ${legalEntity} and p.from_on <= ${to}::date and p.to_on >= ${from}::date
      and not (p.from_on >= ${from}::date and p.to_on <= ${to}::date) and ${closing}`;
}
