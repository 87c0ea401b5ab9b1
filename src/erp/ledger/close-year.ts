import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, findLegalEntity, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { determinationBy, listDetermination } from './determination.ts';
import type { DecidedEntry, DecidedLine, PostedEntry } from './entry.ts';
import { entryText } from './entry-text.ts';
import type { LedgerProblemCode } from './errors.ts';
import { CLOSING, MONTHS, PERIOD_COLUMNS } from './period.ts';
import type { Period } from './period.ts';
import { writeEntries } from './write-entries.ts';

/** A year that was closed, and what it had earned; no entry: there was nothing to carry. */
export type ClosedYear = { readonly result: Decimal; readonly entry?: PostedEntry };

/**
 * Carries a year's result forward: every income and expense account is emptied into retained
 * earnings by a closing entry on the last day. All months are closed first. Again, after a period
 * was opened and closed once more: posts what has come since.
 */
export async function closeYear(
  tx: Handle,
  context: ErpContext,
  fiscalYear: number,
): Promise<Result<ClosedYear, LedgerProblemCode>> {
  const { legalEntity } = context;
  const entity = await findLegalEntity(tx, legalEntity);
  if (entity === undefined) {
    return refuse('ledger.no-such-legal-entity', `there is no legal entity ${legalEntity}`);
  }
  const periods = await rows<Period>(
    tx,
    sql`select ${PERIOD_COLUMNS} from erp_ledger.period
      where legal_entity = ${legalEntity} and fiscal_year = ${fiscalYear}
      order by number for update`,
  );
  const closing = periods.find(({ period }) => period === CLOSING);
  if (closing === undefined) return refuse('ledger.no-period', `no fiscal year ${fiscalYear}`);
  const open = periods.filter(({ period, status }) => period < CLOSING && status !== 'closed');
  if (open.length > 0) {
    const names = open.map(({ period }) => (period > MONTHS ? 'adjustments' : period)).join(', ');
    return refuse('ledger.year-open', `not closed in ${fiscalYear}: ${names}`, 'fiscalYear');
  }
  const into = determinationBy(await listDetermination(tx, legalEntity))({
    key: 'retained-earnings',
  });
  if (into === undefined) {
    return refuse('ledger.no-account-for', "no account is determined for 'retained-earnings'");
  }
  const lines = await closingLines(tx, closing, into);
  if (lines.length === 0) return accept({ result: decimal('0.00') });
  const draft = closingEntry(closing, entity.currency, lines);
  const [entry] = await writeEntries(tx, context, [draft]);
  const carried = lines.flatMap(({ account, amount }) => (account === into ? [amount] : []));
  const result = negateDecimal(sumDecimals([decimal('0.00'), ...carried]));
  return accept(entry === undefined ? { result } : { result, entry });
}

async function closingLines(tx: Handle, closing: Period, into: string): Promise<DecidedLine[]> {
  const { legalEntity, fiscalYear } = closing;
  const found = await rows<{ account: string; amount: Decimal }>(
    tx,
    sql`select b.account, (-sum(b.company_debit - b.company_credit))::text as amount
      from erp_ledger.account_balance b
      join erp_ledger.account a on a.legal_entity = b.legal_entity and a.number = b.account
      where b.legal_entity = ${legalEntity} and b.fiscal_year = ${fiscalYear}
        and a.kind in ('income', 'expense')
      group by b.account having sum(b.company_debit - b.company_credit) <> 0 order by b.account`,
  );
  if (found.length === 0) return [];
  const total = negateDecimal(sumDecimals(found.map(({ amount }) => amount)));
  const all = [...found, ...(/[1-9]/.test(total) ? [{ account: into, amount: total }] : [])];
  return all.map(({ account, amount }) => ({
    account,
    amount,
    companyAmount: amount,
    costCentre: '',
  }));
}

const closingEntry = (
  { legalEntity, fiscalYear, toOn }: Period,
  currency: string,
  lines: readonly DecidedLine[],
): DecidedEntry => ({
  legalEntity,
  fiscalYear,
  period: CLOSING,
  kind: 'closing',
  postedOn: toOn,
  documentOn: toOn,
  currency,
  companyCurrency: currency,
  rate: decimal('1'),
  rateOn: toOn,
  text: entryText('result-carried-forward', { year: fiscalYear }),
  source: undefined,
  lines,
});
