import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, findLegalEntity, rateOn, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { firstDayAfter, writeWithReversals } from './accruals.ts';
import type { PostedAccrual } from './accruals.ts';
import { decidePeriod } from './decide-entry.ts';
import type { DecidedEntry, DecidedLine } from './entry.ts';
import type { EntityFacts } from './entry-facts.ts';
import { entryText } from './entry-text.ts';
import type { LedgerProblemCode } from './errors.ts';
import { findPeriod, listPeriods, MONTHS } from './period.ts';
import type { Period, PeriodKey } from './period.ts';
import { factsFor } from './post-entries.ts';

/** What a balance in foreign currency is worth at a period's end, and what the books lack. */
export type Revalued = {
  readonly account: string;
  readonly into: string; // The account that takes the difference.
  readonly currency: string;
  readonly balance: Decimal; // Foreign currency.
  readonly companyBalance: Decimal; // With what was revalued for this period before.
  readonly rate: Decimal;
  readonly rateOn: LocalDate;
  readonly difference: Decimal;
};

/** A revaluation that was posted; without an entry nothing differed. */
export type Revaluation = {
  readonly revalued: readonly Revalued[];
  readonly posted?: PostedAccrual;
};

type Open = Pick<Revalued, 'account' | 'into' | 'currency' | 'balance' | 'companyBalance'>;
type Answer<T> = Result<T, LedgerProblemCode>;

const ZERO = decimal('0');

/**
 * Values the open balances in foreign currency at the end of a month by its month-end rate (else
 * spot), into accounts beside them so that subledgers still agree, and takes it back on the first
 * day of the next. Again: posts only what has come since.
 */
export async function revalue(
  tx: Handle,
  context: ErpContext,
  key: PeriodKey,
): Promise<Answer<Revaluation>> {
  const { legalEntity } = context;
  const period = await findPeriod(tx, legalEntity, key);
  if (period === undefined || period.period > MONTHS) {
    return refuse('ledger.no-period', 'there is no such month', 'period');
  }
  // One revaluation of a period at a time: what one posts, the next counts.
  await rows(tx, sql`select pg_advisory_xact_lock(hashtext(${`${legalEntity} revaluation`}))`);
  const due = await revaluationDue(tx, legalEntity, period);
  if (!due.ok) return due;
  const differing = due.value.filter(({ difference }) => compareDecimals(difference, ZERO) !== 0);
  if (differing.length === 0) return accept({ revalued: due.value });
  const posted = await postRevaluation(tx, context, period, differing);
  if (!posted.ok) return posted;
  await keep(tx, period, differing, posted.value.entry.id);
  return accept({ revalued: due.value, posted: posted.value });
}

/** What revaluing a month would find. Also says whether it is still to be done before closing. */
export async function revaluationDue(
  handle: Handle,
  legalEntity: string,
  period: Period,
): Promise<Answer<Revalued[]>> {
  const entity = await findLegalEntity(handle, legalEntity);
  if (entity === undefined) {
    return refuse('ledger.no-such-legal-entity', `there is no legal entity ${legalEntity}`);
  }
  const open = await openBalances(handle, entity.currency, period);
  const revalued: Revalued[] = [];
  for (const each of open) {
    const wish = { from: each.currency, to: entity.currency, on: period.toOn };
    const found =
      (await rateOn(handle, { ...wish, type: 'month-end' })) ?? (await rateOn(handle, wish));
    if (found === undefined) {
      return refuse('ledger.no-rate', `no rate for ${each.currency} on ${period.toOn}`);
    }
    const { rate, validOn } = found;
    const scale = currencyScale(entity.currency);
    const worth = roundDecimal(multiplyDecimals(each.balance, rate), scale);
    const difference = subtractDecimals(worth, each.companyBalance);
    revalued.push({ ...each, rate, rateOn: validOn, difference });
  }
  return accept(revalued);
}

function openBalances(handle: Handle, company: CurrencyCode, period: Period): Promise<Open[]> {
  return rows<Open>(
    handle,
    sql`select a.number as account, a.revaluation_account as into, b.currency,
        sum(b.debit - b.credit)::text as balance,
        (sum(b.company_debit - b.company_credit) + coalesce((
          select sum(r.difference) from erp_ledger.revaluation r
          where r.legal_entity = ${period.legalEntity} and r.fiscal_year = ${period.fiscalYear}
            and r.period = ${period.period} and r.account = a.number
            and r.currency = b.currency), 0))::text as "companyBalance"
      from erp_ledger.account a
      join erp_ledger.account_balance b on b.legal_entity = a.legal_entity and b.account = a.number
      join erp_ledger.period p on p.legal_entity = b.legal_entity
        and p.fiscal_year = b.fiscal_year and p.number = b.period
      where a.legal_entity = ${period.legalEntity} and a.revaluation_account is not null
        and b.currency <> ${company} and p.to_on <= ${period.toOn}
      group by a.number, a.revaluation_account, b.currency
      having sum(b.debit - b.credit) <> 0 or sum(b.company_debit - b.company_credit) <> 0
      order by 1, 3`,
  );
}

async function postRevaluation(
  tx: Handle,
  context: ErpContext,
  period: Period,
  differing: readonly Revalued[],
): Promise<Answer<PostedAccrual>> {
  const { legalEntity } = context;
  const months = (await listPeriods(tx, { legalEntity })).filter((each) => each.period <= MONTHS);
  const on = firstDayAfter(months, { legalEntity, postedOn: period.toOn });
  if (on === undefined) return refuse('ledger.no-period', 'no period follows to take it back in');
  const days = [period.toOn, on].map((postedOn) => ({ legalEntity, postedOn }));
  const facts = (await factsFor(tx, days)).get(legalEntity);
  if (facts === undefined) return refuse('ledger.no-such-legal-entity', `no ${legalEntity}`);
  const entry = decideRevaluation(facts, period, differing, context.roles ?? []);
  if (!entry.ok) return entry;
  const reversedIn = decidePeriod(facts.periods, { postedOn: on }, context.roles ?? []);
  if (!reversedIn.ok) return reversedIn;
  const [posted] = await writeWithReversals(tx, context, [
    accept({ entry: entry.value, on, reversedIn: reversedIn.value }),
  ]);
  return posted?.ok === true ? posted : refuse('ledger.no-period', 'it was not posted');
}

function decideRevaluation(
  facts: EntityFacts,
  month: Period,
  differing: readonly Revalued[],
  roles: readonly string[],
): Answer<DecidedEntry> {
  const period = decidePeriod(facts.periods, { postedOn: month.toOn }, roles);
  if (!period.ok) return period;
  const gainAccount = facts.determine({ key: 'unrealised-exchange-gain' });
  const lossAccount = facts.determine({ key: 'unrealised-exchange-loss' });
  if (gainAccount === undefined || lossAccount === undefined) {
    return refuse('ledger.no-account-for', 'no account is determined for unrealised differences');
  }
  const gains = differing.filter(({ difference }) => compareDecimals(difference, ZERO) > 0);
  const losses = differing.filter(({ difference }) => compareDecimals(difference, ZERO) < 0);
  const lines = [
    ...differing.map(({ into, account, currency, difference }) =>
      lineOf(into, difference, `${account} ${currency}`),
    ),
    ...[[gainAccount, gains] as const, [lossAccount, losses] as const].flatMap(([account, own]) =>
      own.length === 0
        ? []
        : [lineOf(account, negateDecimal(sumDecimals(own.map((each) => each.difference))))],
    ),
  ];
  return accept({
    legalEntity: month.legalEntity,
    fiscalYear: month.fiscalYear,
    period: month.period,
    kind: 'revaluation',
    postedOn: month.toOn,
    documentOn: month.toOn,
    currency: facts.currency,
    companyCurrency: facts.currency,
    rate: decimal('1'),
    rateOn: month.toOn,
    text: entryText('foreign-currency', { year: month.fiscalYear, period: month.period }),
    source: undefined,
    lines,
  });
}

const lineOf = (account: string, amount: Decimal, text?: string): DecidedLine => ({
  account,
  amount,
  companyAmount: amount,
  costCentre: '',
  text,
});

async function keep(
  tx: Handle,
  period: Period,
  differing: readonly Revalued[],
  entryId: string,
): Promise<void> {
  await insertRows(
    tx,
    'erp_ledger.revaluation',
    {
      legal_entity: 'text',
      fiscal_year: 'integer',
      period: 'integer',
      account: 'text',
      currency: 'text',
      entry_id: 'text',
      balance: 'numeric',
      company_balance: 'numeric',
      rate: 'numeric',
      rate_on: 'date',
      difference: 'numeric',
    },
    differing.map((each) => ({
      legal_entity: period.legalEntity,
      fiscal_year: period.fiscalYear,
      period: period.period,
      account: each.account,
      currency: each.currency,
      entry_id: entryId,
      balance: each.balance,
      company_balance: each.companyBalance,
      rate: each.rate,
      rate_on: each.rateOn,
      difference: each.difference,
    })),
  );
}
