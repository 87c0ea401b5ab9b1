import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Name } from '#erp/company';
import { addDecimals, decimal, negateDecimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { AccountKind } from './account.ts';
import { turnoverRows } from './balances.ts';

/** One account of a trial balance. Opening and closing: a debit is above zero. */
export type TrialBalanceRow = {
  readonly account: string;
  readonly name: Name;
  readonly kind: AccountKind;
  readonly opening: Decimal;
  readonly debit: Decimal;
  readonly credit: Decimal;
  readonly closing: Decimal;
};

/** A trial balance: the totals of opening and closing are zero, those of debit and credit equal. */
export type TrialBalance = {
  readonly rows: readonly TrialBalanceRow[];
  readonly totals: Pick<TrialBalanceRow, 'opening' | 'debit' | 'credit' | 'closing'>;
};

/**
 * Company currency, days inclusive; without `from`, from the beginning of the books. What closing a year
 * posted between the days can be left out: income and expense then stand as the year left them.
 */
export async function trialBalance(
  handle: Handle,
  wish: {
    readonly legalEntity: string;
    readonly from?: LocalDate;
    readonly to: LocalDate;
    readonly withClosing?: boolean; // Else without the closing entries between the days.
  },
): Promise<TrialBalance> {
  const { legalEntity, from, to, withClosing = true } = wish;
  const between = { legalEntity, to, withClosing, ...(from === undefined ? {} : { from }) };
  const before =
    from === undefined
      ? sql`select null::text as account, 0::numeric as debit, 0::numeric as credit where false`
      : turnoverRows({ legalEntity, to: addDays(from, -1) });
  const found = await rows<Omit<TrialBalanceRow, 'closing'>>(
    handle,
    sql`with opening as (select account, sum(debit - credit) as opening
        from (${before}) t group by account),
      moved as (select account, sum(debit) as debit, sum(credit) as credit
        from (${turnoverRows(between)}) t
        group by account)
      select a.number as account, a.name, a.kind, coalesce(o.opening, 0.00)::text as opening,
        coalesce(m.debit, 0.00)::text as debit, coalesce(m.credit, 0.00)::text as credit
      from erp_ledger.account a
      left join opening o on o.account = a.number
      left join moved m on m.account = a.number
      where a.legal_entity = ${legalEntity} and (o.account is not null or m.account is not null)
      order by a.number`,
  );
  const lines = found.map((row) => ({
    ...row,
    closing: addDecimals(row.opening, subtractDecimals(row.debit, row.credit)),
  }));
  return { rows: lines, totals: totalsOf(lines) };
}

function totalsOf(lines: readonly TrialBalanceRow[]): TrialBalance['totals'] {
  const zero = decimal('0.00');
  return lines.reduce(
    (sum, row) => ({
      opening: addDecimals(sum.opening, row.opening),
      debit: addDecimals(sum.debit, row.debit),
      credit: addDecimals(sum.credit, row.credit),
      closing: addDecimals(sum.closing, row.closing),
    }),
    { opening: zero, debit: zero, credit: zero, closing: zero },
  );
}

/** Turns the sign of what grows on the credit side, so that people read it above zero. */
export const asRead = (kind: AccountKind, amount: Decimal): Decimal =>
  kind === 'asset' || kind === 'expense' ? amount : negateDecimal(amount);
