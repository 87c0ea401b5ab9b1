import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { currencyScale, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOf,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { isManual } from './entry.ts';
import type { DecidedEntry, DecidedLine, EntryDraft, LineDraft } from './entry.ts';
import type { EntityFacts } from './entry-facts.ts';
import type { LedgerProblemCode } from './errors.ts';
import { ADJUSTMENT, MONTHS, nameOfPeriod } from './period.ts';
import type { Period } from './period.ts';

type No = Refusal<LedgerProblemCode>;
type Decision<T> = Result<T, LedgerProblemCode>;
type Rate = { readonly rate: Decimal; readonly rateOn: LocalDate };

const ZERO = decimal('0');
const ONE = decimal('1');

/** Who asks, as far as it matters here. */
export type Asking = {
  readonly roles: readonly string[];
  readonly approved: boolean; // Somebody else has looked at it, where four eyes are asked for.
};

/** Decides whether an entry may be posted, and as what. Knows nothing that it is not handed. */
export function decideEntry(
  facts: EntityFacts,
  draft: EntryDraft,
  asking: Asking,
): Decision<DecidedEntry> {
  const currency = parseCurrency(draft.currency);
  if (currency === undefined) {
    return refuse('ledger.wrong-currency', `'${draft.currency}' is no currency`, 'currency');
  }
  if (facts.fourEyes && isManual(draft.kind) && !asking.approved) {
    return refuse('ledger.four-eyes', 'a manual entry is parked, and posted by somebody else');
  }
  if (draft.lines.length < 2) {
    return refuse('ledger.too-few-lines', 'an entry has two lines or more', 'lines');
  }
  const period = decidePeriod(facts.periods, draft, asking.roles);
  if (!period.ok) return period;
  const rate = decideRate(facts, draft, currency);
  if (!rate.ok) return rate;
  const lines: DecidedLine[] = [];
  for (const [at, line] of draft.lines.entries()) {
    const decided = decideLine(facts, draft, { line, at, currency, rate: rate.value.rate });
    if (!decided.ok) return decided;
    lines.push(decided.value);
  }
  const balanced = balance(facts, draft, lines);
  if (!balanced.ok) return balanced;
  const { legalEntity, kind, postedOn, documentOn, text, source } = draft;
  const { fiscalYear, period: number } = period.value;
  return accept({
    legalEntity,
    fiscalYear,
    period: number,
    kind,
    postedOn,
    documentOn,
    currency,
    companyCurrency: facts.currency,
    ...rate.value,
    text,
    source,
    lines: balanced.value,
  });
}

/** The period that takes an entry of a day, if it may. */
export function decidePeriod(
  periods: readonly Period[],
  wish: { readonly postedOn: LocalDate; readonly adjustment?: boolean },
  roles: readonly string[],
): Decision<Period> {
  const { postedOn, adjustment = false } = wish;
  const fitting = periods.filter(({ fromOn, toOn }) => fromOn <= postedOn && toOn >= postedOn);
  const month = fitting.find(({ period }) => period <= MONTHS);
  if (month === undefined) {
    return refuse('ledger.no-period', `no fiscal year has ${postedOn}`, 'postedOn');
  }
  const found = adjustment ? fitting.find(({ period }) => period === ADJUSTMENT) : month;
  if (found === undefined) {
    const message = "adjustments are posted on the fiscal year's last day";
    return refuse('ledger.adjustment-day', message, 'postedOn');
  }
  if (found.status === 'closed') {
    return refuse('ledger.period-closed', `${nameOfPeriod(found)} is closed`, 'postedOn');
  }
  if (found.status === 'soft-closed' && !roles.some((role) => found.openTo.includes(role))) {
    const message = `${nameOfPeriod(found)} is open to ${found.openTo.join(', ') || 'nobody'} alone`;
    return refuse('ledger.period-soft-closed', message, 'postedOn');
  }
  return accept(found);
}

function decideRate(facts: EntityFacts, draft: EntryDraft, currency: CurrencyCode): Decision<Rate> {
  const { rate, rateOn, postedOn } = draft;
  if (currency === facts.currency) return accept({ rate: ONE, rateOn: postedOn });
  if (rate !== undefined) {
    return compareDecimals(rate, ZERO) > 0
      ? accept({ rate, rateOn: rateOn ?? postedOn })
      : refuse('ledger.no-rate', 'a rate is above zero', 'rate');
  }
  const found = facts.rates.get(`${currency} ${postedOn}`);
  return found === undefined
    ? refuse(
        'ledger.no-rate',
        `no rate from ${currency} to ${facts.currency} on ${postedOn}`,
        'rate',
      )
    : accept({ rate: found.rate, rateOn: found.validOn });
}

type LineAt = {
  readonly line: LineDraft;
  readonly at: number;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
};

function decideLine(facts: EntityFacts, draft: EntryDraft, wish: LineAt): Decision<DecidedLine> {
  const { line, at, currency, rate } = wish;
  const account = line.account ?? facts.determine(line.posting);
  if (account === undefined) {
    const key = line.posting?.key ?? '';
    return refuse('ledger.no-account-for', `no account is determined for '${key}'`, `lines.${at}`);
  }
  const refusal =
    accountProblem(facts, draft, { account, line, at, currency }) ??
    costCentreProblem(facts, draft, { line, at }) ??
    projectProblem(facts, draft, { line, at });
  if (refusal !== undefined) return refusal;
  const amount = atScale(line.amount, currency);
  if (amount === undefined) return notAtScale(line.amount, currency, `lines.${at}.amount`);
  if (isTooLarge(amount)) return tooLarge(amount, `lines.${at}.amount`);
  const companyAmount = companyAmountOf(facts, { line, amount, currency, rate });
  if (companyAmount === undefined) {
    const field = `lines.${at}.companyAmount`;
    return notAtScale(line.companyAmount ?? ZERO, facts.currency, field);
  }
  if (isTooLarge(companyAmount)) return tooLarge(companyAmount, `lines.${at}.amount`);
  if (isZero(amount) && isZero(companyAmount)) {
    return refuse('ledger.empty-line', 'a line has an amount', `lines.${at}.amount`);
  }
  const { costCentre = '', taxCode, project, party, item, quantity, dueOn, text } = line;
  return accept({
    account,
    amount,
    companyAmount,
    costCentre,
    taxCode: taxCode ?? line.posting?.taxCode,
    project,
    party,
    item,
    quantity,
    dueOn,
    text,
  });
}

function accountProblem(
  facts: EntityFacts,
  draft: EntryDraft,
  wish: Pick<LineAt, 'line' | 'at' | 'currency'> & { readonly account: string },
): No | undefined {
  const { line, at, currency, account } = wish;
  const field = `lines.${at}.account`;
  const found = facts.accounts.get(account);
  if (found === undefined) {
    return refuse('ledger.no-such-account', `there is no account ${account}`, field);
  }
  if (found.blocked)
    return refuse('ledger.account-blocked', `account ${account} is blocked`, field);
  // Whoever names an account may not name one that is kept by documents: what it controls would not know.
  if (found.controlOf !== null && (isManual(draft.kind) || line.account !== undefined)) {
    const message = `account ${account} is kept by documents, not by hand`;
    return refuse('ledger.control-account', message, field);
  }
  if (found.currency !== null && found.currency !== currency) {
    return refuse('ledger.wrong-currency', `account ${account} takes ${found.currency}`, field);
  }
  const isOpenItem = found.controlOf === 'payable' || found.controlOf === 'receivable';
  return isOpenItem && line.party === undefined
    ? refuse('ledger.party-missing', `account ${account} asks whose it is`, `lines.${at}.party`)
    : undefined;
}

function costCentreProblem(
  facts: EntityFacts,
  draft: EntryDraft,
  { line, at }: Pick<LineAt, 'line' | 'at'>,
): No | undefined {
  const { costCentre } = line;
  if (costCentre === undefined) return undefined;
  const field = `lines.${at}.costCentre`;
  const found = facts.costCentres.get(costCentre);
  if (found === undefined) {
    return refuse('ledger.no-such-cost-centre', `there is no cost centre ${costCentre}`, field);
  }
  const { validFrom, validTo } = found;
  return validFrom > draft.postedOn || (validTo !== null && validTo < draft.postedOn)
    ? refuse('ledger.cost-centre-not-valid', `${costCentre} is not valid on that day`, field)
    : undefined;
}

function projectProblem(
  facts: EntityFacts,
  { kind }: EntryDraft,
  { line: { project }, at }: Pick<LineAt, 'line' | 'at'>,
): No | undefined {
  const wrong = isManual(kind) ? facts.projectProblem(project) : undefined;
  return wrong === undefined
    ? undefined
    : refuse('ledger.no-such-project', wrong, `lines.${at}.project`);
}

function companyAmountOf(
  facts: EntityFacts,
  wish: {
    readonly line: LineDraft;
    readonly amount: Decimal;
    readonly currency: CurrencyCode;
    readonly rate: Decimal;
  },
): Decimal | undefined {
  const { line, amount, currency, rate } = wish;
  if (line.companyAmount !== undefined) return atScale(line.companyAmount, facts.currency);
  if (currency === facts.currency) return amount;
  return roundDecimal(multiplyDecimals(amount, rate), currencyScale(facts.currency));
}

/**
 * The lines, balanced in both currencies. What rounding each line to company currency (half away
 * from zero) left over goes to the account of 'rounding', up to half a minor unit a line.
 */
function balance(
  facts: EntityFacts,
  draft: EntryDraft,
  lines: readonly DecidedLine[],
): Decision<readonly DecidedLine[]> {
  let open = ZERO;
  let companyOpen = ZERO;
  for (const { amount, companyAmount } of lines) {
    open = addDecimals(open, amount);
    companyOpen = addDecimals(companyOpen, companyAmount);
  }
  if (!isZero(open)) {
    return refuse('ledger.not-balanced', `debit and credit differ by ${open}`, 'lines');
  }
  if (isZero(companyOpen)) return accept(lines);
  const rounded = lines.filter((_, at) => draft.lines[at]?.companyAmount === undefined).length;
  const limit = decimalOf(BigInt(rounded), currencyScale(facts.currency) + 1);
  const most = multiplyDecimals(limit, decimal('5'));
  const off = companyOpen.startsWith('-') ? negateDecimal(companyOpen) : companyOpen;
  if (draft.currency === facts.currency || compareDecimals(off, most) > 0) {
    const message = `debit and credit differ by ${companyOpen} ${facts.currency}`;
    return refuse('ledger.not-balanced', message, 'lines');
  }
  const account = facts.determine({ key: 'rounding' });
  return account === undefined
    ? refuse('ledger.no-account-for', "no account is determined for 'rounding'")
    : accept([...lines, roundingLine(account, open, negateDecimal(companyOpen))]);
}

/** `nothing` is zero at the document currency's scale. */
const roundingLine = (account: string, nothing: Decimal, companyAmount: Decimal): DecidedLine => ({
  account,
  amount: nothing,
  companyAmount,
  costCentre: '',
});

/** The amount at the currency's scale. Undefined: it has more places than can be paid. */
function atScale(amount: Decimal, currency: CurrencyCode): Decimal | undefined {
  const scale = currencyScale(currency);
  const point = amount.indexOf('.');
  if (point !== -1 && amount.length - point - 1 === scale) return amount;
  const rounded = roundDecimal(amount, scale);
  return compareDecimals(rounded, amount) === 0 ? rounded : undefined;
}

const notAtScale = (amount: Decimal, currency: CurrencyCode, field: string): No =>
  refuse('ledger.amount-not-at-scale', `${amount} ${currency} cannot be paid to the cent`, field);

// A slip of the finger would stand in the books for ever; beyond this no report adds up any more.
const isTooLarge = (amount: Decimal): boolean => /^-?\d{16}/.test(amount);
const tooLarge = (amount: Decimal, field: string): No =>
  refuse('ledger.amount-too-large', `${amount} is more than any books hold`, field);

const isZero = (amount: Decimal): boolean => !/[1-9]/.test(amount);
