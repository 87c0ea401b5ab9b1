import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import type { AccountLine } from '#erp/ledger/reports';
import { currencyScale } from '#kernel';
import {
  compareDecimals,
  decimal,
  multiplyDecimals,
  roundDecimal,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { BankingProblemCode } from './errors.ts';
import type { MatchDraft, MatchPart } from './match.ts';
import { bookedKey } from './match-facts.ts';
import type { MatchFacts } from './match-facts.ts';
import type { OwnAccount } from './own-account.ts';
import type { StatementLine } from './statement.ts';

/** A part that may be booked. */
export type DecidedPart =
  | Extract<MatchPart, { kind: 'items' }>
  | (Extract<MatchPart, { kind: 'booked' }> & { readonly booked: AccountLine })
  | (Extract<MatchPart, { kind: 'account' }> & { readonly companyAmount: Decimal });

/** A match that may be booked. */
export type DecidedMatch = {
  readonly line: StatementLine;
  readonly account: OwnAccount;
  readonly on: LocalDate;
  readonly rate: Decimal | undefined; // Undefined: it is in the company's currency.
  readonly parts: readonly DecidedPart[];
};

type Code = BankingProblemCode;

/** Whether these parts explain a line, all of it. Pure but for `seen`: what this call has used up. */
export function decideMatch(
  facts: MatchFacts,
  draft: MatchDraft,
  seen: Set<string>,
): Result<DecidedMatch, Code> {
  const line = facts.lines.get(draft.line);
  const account = facts.accounts.get(line?.ownAccount ?? '');
  if (line === undefined || account === undefined) {
    return refuse('banking.no-such-line', `there is no line ${draft.line}`, 'line');
  }
  if (line.match !== null || seen.has(line.id)) {
    return refuse('banking.already-matched', 'the line is explained already', 'line');
  }
  const on = draft.on ?? line.bookedOn;
  const rate = facts.rateOf(account.currency, on);
  if (rate === undefined) {
    return refuse('banking.no-rate', `no rate for ${account.currency} on ${on}`, 'on');
  }
  const keys: string[] = [];
  const parts: DecidedPart[] = [];
  for (const [at, part] of draft.parts.entries()) {
    const decided = decidePart(facts, { account, rate }, part, `parts.${at}`);
    if (!decided.ok) return decided;
    parts.push(decided.value);
    if (part.kind === 'booked') keys.push(`${part.entry} ${part.line}`);
  }
  if (new Set(keys).size < keys.length || keys.some((key) => seen.has(key))) {
    return refuse('banking.not-booked-here', 'the same entry explains one line', 'parts');
  }
  const made = sumDecimals(parts.map(amountOf));
  if (parts.length === 0 || compareDecimals(made, line.amount) !== 0) {
    return refuse('banking.totals-differ', `its parts make ${made}, not ${line.amount}`, 'parts');
  }
  for (const key of [line.id, ...keys]) seen.add(key);
  const isForeign = account.currency !== facts.companyCurrency;
  return accept({ line, account, on, rate: isForeign ? rate : undefined, parts });
}

const amountOf = (part: DecidedPart): Decimal =>
  part.kind === 'booked' ? part.booked.amount : part.amount;

function decidePart(
  { booked, companyCurrency }: MatchFacts,
  { account, rate }: { readonly account: OwnAccount; readonly rate: Decimal },
  part: MatchPart,
  field: string,
): Result<DecidedPart, Code> {
  if (part.kind === 'booked') {
    const found = booked.get(bookedKey(account, part.entry, part.line));
    return found === undefined
      ? refuse('banking.not-booked-here', `${part.entry} does not wait on clearing`, field)
      : accept({ ...part, booked: found });
  }
  if (compareDecimals(part.amount, decimal('0')) === 0) {
    return refuse('banking.bad-line', 'a part has an amount', `${field}.amount`);
  }
  if (part.kind === 'items') return accept(part);
  const worth = multiplyDecimals(part.amount, rate);
  return accept({ ...part, companyAmount: roundDecimal(worth, currencyScale(companyCurrency)) });
}
