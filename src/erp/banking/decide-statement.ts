import { accept, refuse } from '#erp/company';
import type { RateOf, Result } from '#erp/company';
import { currencyScale, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  multiplyDecimals,
  roundDecimal,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { BankingProblemCode } from './errors.ts';
import type { OwnAccount } from './own-account.ts';
import type { StatementDraft, StatementLineDraft } from './statement.ts';

/** Where an account stands before a statement; deciding moves it on. */
export type AccountState = {
  sequence: number; // Of its last statement. 0: it has none.
  closing: Decimal | undefined;
  readonly statements: Set<string>; // References it has seen, of those asked about.
  readonly lines: Set<string>;
};

/** A line that may be written. */
export type DecidedLine = StatementLineDraft & {
  readonly number: number;
  readonly companyAmount: Decimal;
  readonly rate: Decimal | undefined; // Undefined: it is in the company's currency.
};

/** A statement that may be written. */
export type DecidedStatement = Omit<StatementDraft, 'account' | 'lines'> & {
  readonly account: OwnAccount;
  readonly sequence: number;
  readonly lines: readonly DecidedLine[];
};

type Facts = {
  readonly account: OwnAccount | undefined;
  readonly state: AccountState | undefined; // It is moved on by what is accepted.
  readonly companyCurrency: CurrencyCode;
  readonly rateOf: RateOf;
};

type Code = BankingProblemCode;

/** Whether a statement may be written. Pure but for the account's state. */
export function decideStatement(
  facts: Facts,
  draft: StatementDraft,
): Result<DecidedStatement, Code> {
  const { account, state } = facts;
  if (account === undefined || state === undefined) {
    const message = `${draft.account} is no account of ours`;
    return refuse('banking.no-such-account', message, 'account');
  }
  if (draft.currency !== undefined && draft.currency !== account.currency) {
    const message = `${account.code} is kept in ${account.currency}, not ${draft.currency}`;
    return refuse('banking.bad-account', message, 'currency');
  }
  if (draft.reference === '' || state.statements.has(draft.reference)) {
    const message = `statement ${draft.reference} of ${account.code} is there already`;
    return refuse('banking.duplicate-statement', message, 'reference');
  }
  if (state.closing !== undefined && compareDecimals(state.closing, draft.opening) !== 0) {
    const message = `${account.code} stood at ${state.closing}, this begins at ${draft.opening}`;
    return refuse('banking.not-continued', message, 'opening');
  }
  const lines: DecidedLine[] = [];
  const seen = new Set<string>();
  for (const [at, line] of draft.lines.entries()) {
    const decided = decideLine({ ...facts, account }, draft, line, at);
    if (!decided.ok) return decided;
    const { reference } = line;
    if (reference !== undefined && (state.lines.has(reference) || seen.has(reference))) {
      const message = `${reference} of ${account.code} is there already`;
      return refuse('banking.duplicate-line', message, `lines.${at}.reference`);
    }
    if (reference !== undefined) seen.add(reference);
    lines.push(decided.value);
  }
  const reached = addDecimals(draft.opening, sumDecimals(lines.map(({ amount }) => amount)));
  if (compareDecimals(reached, draft.closing) !== 0) {
    const message = `its lines lead to ${reached}, it closes at ${draft.closing}`;
    return refuse('banking.balance-differs', message, 'closing');
  }
  state.sequence += 1;
  state.closing = draft.closing;
  state.statements.add(draft.reference);
  for (const reference of seen) state.lines.add(reference);
  return accept({ ...draft, account, sequence: state.sequence, lines });
}

function decideLine(
  { account, companyCurrency, rateOf }: Facts & { readonly account: OwnAccount },
  { fromOn, toOn }: StatementDraft,
  line: StatementLineDraft,
  at: number,
): Result<DecidedLine, Code> {
  const field = `lines.${at}`;
  const { amount, bookedOn } = line;
  const currency = parseCurrency(account.currency) ?? companyCurrency;
  const rounded = roundDecimal(amount, currencyScale(currency));
  if (compareDecimals(amount, decimal('0')) === 0 || compareDecimals(rounded, amount) !== 0) {
    return refuse('banking.bad-line', `${amount} is no amount in ${currency}`, field);
  }
  if (bookedOn < fromOn || bookedOn > toOn) {
    const message = `${bookedOn} is not between ${fromOn} and ${toOn}`;
    return refuse('banking.bad-line', message, `${field}.bookedOn`);
  }
  const rate = rateOf(currency, bookedOn);
  if (rate === undefined) {
    return refuse('banking.no-rate', `no rate for ${currency} on ${bookedOn}`, field);
  }
  const companyAmount = roundDecimal(
    multiplyDecimals(rounded, rate),
    currencyScale(companyCurrency),
  );
  const isForeign = currency !== companyCurrency;
  return accept({
    ...line,
    amount: rounded,
    number: at + 1,
    companyAmount,
    rate: isForeign ? rate : undefined,
  });
}
