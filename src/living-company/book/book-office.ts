import type { ErpContext } from '#erp/company';
import { postEntries } from '#erp/ledger';
import {
  ADJUSTMENT,
  closePeriod,
  closeYear,
  createFiscalYear,
  findPeriod,
  listPeriods,
  revalue,
} from '#erp/ledger/closing';
import { accountBalances } from '#erp/ledger/reports';
import { compareDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { money } from './amounts.ts';
import { IN_TRANSIT } from './banks.ts';
import { book, note, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

const OUTPUT_TAX = '2110';
const INPUT_TAX = '1330';

/** Entries by hand, each by who wrote it. */
export async function bookJournal(desk: Desk, entries: readonly Of<'journal'>[]): Promise<void> {
  const { context, trade } = desk;
  const { code, currency } = trade.entity;
  for (const [by, own] of Map.groupBy(entries, (each) => each.by)) {
    await book(
      desk,
      own,
      ({ on, text, sides }) => ({
        legalEntity: code,
        kind: 'manual' as const,
        postedOn: on,
        documentOn: on,
        currency,
        text,
        lines: sides.map(({ account, amount }) => ({ account, amount: money(amount) })),
      }),
      (drafts) => postEntries(desk.tx, { ...context, by }, drafts),
    );
  }
}

/** The tax of the months up to a day is paid, or comes back. */
export async function payTaxes(desk: Desk, returns: readonly Of<'tax-return'>[]): Promise<void> {
  const { tx, context, trade } = desk;
  const { code, currency } = trade.entity;
  for (const intent of returns) {
    const balances = await accountBalances(tx, { legalEntity: code, on: intent.upTo });
    const sides = [OUTPUT_TAX, INPUT_TAX].map((account) => ({
      account,
      amount: negateDecimal(balances.get(account) ?? decimal('0.00')),
    }));
    const paid = negateDecimal(sumDecimals(sides.map(({ amount }) => amount)));
    const lines = [...sides, { account: IN_TRANSIT, amount: paid }].filter(
      ({ amount }) => compareDecimals(amount, decimal('0')) !== 0,
    );
    if (lines.length < 2) continue;
    const draft = {
      legalEntity: code,
      kind: 'manual' as const,
      postedOn: intent.on,
      documentOn: intent.on,
      currency,
      text: `Tax return up to ${intent.upTo}`,
      lines,
    };
    const post = (): ReturnType<typeof postEntries> => postEntries(tx, context, [draft]);
    await book(desk, [intent], () => draft, post);
  }
}

/** A fiscal year is opened before it begins; one that is there stays. */
export async function openYears(desk: Desk, years: readonly Of<'fiscal-year'>[]): Promise<void> {
  for (const { year } of years) {
    const first = { fiscalYear: year, period: 1 };
    const known = await findPeriod(desk.tx, desk.context.legalEntity, first);
    if (known !== undefined) continue;
    const opened = await createFiscalYear(desk.tx, desk.context, year);
    if (!opened.ok) refuse(desk, opened.problem.code);
  }
}

/** A month's foreign currency is revalued, and the month closed. */
export async function closeMonths(desk: Desk, closes: readonly Of<'close-month'>[]): Promise<void> {
  const { tx, context } = desk;
  for (const intent of closes) {
    const { fiscalYear, period } = intent;
    const revalued = await revalue(tx, context, { fiscalYear, period });
    if (!revalued.ok) refuse(desk, revalued.problem.code);
    const found = await findPeriod(tx, context.legalEntity, { fiscalYear, period });
    if (found === undefined) continue;
    const { version } = found;
    const change = { fiscalYear, period, version, reason: 'month end' };
    const closed = await closePeriod(tx, onDay(context, intent.on), change);
    if (closed.ok) note(desk, intent, { number: `${fiscalYear}-${period}` });
    else refuse(desk, closed.problem.code);
  }
}

/**
 * A fiscal year's adjustments are closed and its result carried to retained earnings; of years before it
 * too that nobody closed.
 */
export async function closeYears(desk: Desk, closes: readonly Of<'close-year'>[]): Promise<void> {
  const { tx } = desk;
  const { legalEntity } = desk.context;
  for (const intent of closes) {
    const context = onDay(desk.context, intent.on);
    const due = (await listPeriods(tx, { legalEntity })).filter(
      ({ period, status, fiscalYear }) =>
        period === ADJUSTMENT && status !== 'closed' && fiscalYear <= intent.fiscalYear,
    );
    for (const { fiscalYear, period, version } of due) {
      const change = { fiscalYear, period, version, reason: 'year end' };
      const adjusted = await closePeriod(tx, context, change);
      if (!adjusted.ok) refuse(desk, adjusted.problem.code);
      const closed = await closeYear(tx, context, fiscalYear);
      if (!closed.ok) refuse(desk, closed.problem.code);
      else note(desk, intent, closed.value.entry ?? {});
    }
  }
}

/** What is written down on the day on which it is done, whatever day it bears. */
function onDay(context: ErpContext, on: LocalDate): ErpContext {
  const { writtenOn, ...rest } = context;
  return writtenOn === undefined ? context : { ...rest, clock: () => writtenOn(on) };
}
