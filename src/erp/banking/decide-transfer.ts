import { accept, refuse } from '#erp/company';
import type { RateOf, Result } from '#erp/company';
import type { Account } from '#erp/ledger';
import { currencyScale, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { BankingProblemCode } from './errors.ts';
import type { OwnAccount } from './own-account.ts';
import type { TransferDraft } from './transfer.ts';

type Code = BankingProblemCode;

/** What is known when transfers are decided. */
export type TransferFacts = {
  readonly accounts: ReadonlyMap<string, OwnAccount>; // Those of the legal entity, by id.
  readonly chart: ReadonlyMap<string, Pick<Account, 'blocked'>>; // By number.
  readonly between: readonly string[]; // Where money between currencies stands.
  readonly companyCurrency: CurrencyCode;
  readonly rateOf: RateOf;
};

/** One end of a transfer. */
export type TransferEnd = {
  readonly account: OwnAccount;
  readonly amount: Decimal; // At the scale of the account's currency, above zero.
  readonly companyAmount: Decimal;
  readonly rate: Decimal | undefined; // Undefined: it is in the company's currency.
};

/** A transfer that may be booked. */
export type DecidedTransfer = {
  readonly draft: TransferDraft;
  readonly from: TransferEnd;
  readonly to: TransferEnd;
  readonly difference: Decimal; // Company currency; above zero: more arrived than left.
};

/** Whether money may go from one of our accounts to another, and what it is worth. Pure. */
export function decideTransfer(
  facts: TransferFacts,
  draft: TransferDraft,
): Result<DecidedTransfer, Code> {
  const left = accountOf(facts, draft.from, 'from');
  if (!left.ok) return left;
  const reached = accountOf(facts, draft.to, 'to');
  if (!reached.ok) return reached;
  const [from, to] = [left.value, reached.value];
  if (from.id === to.id) {
    const message = `account ${from.code} is named at both ends: choose another one for the money to go to`;
    return refuse('banking.same-account', message, 'to');
  }
  const isSame = from.currency === to.currency;
  const { amount, arriving } = draft;
  if (!isSame && arriving === undefined) {
    const message = `${to.code} is in ${to.currency}: say how much of it arrives`;
    return refuse('banking.bad-amount', message, 'arriving');
  }
  if (isSame && arriving !== undefined && compareDecimals(arriving, amount) !== 0) {
    const message = `both accounts are in ${to.currency}: what leaves arrives`;
    return refuse('banking.bad-amount', message, 'arriving');
  }
  if (!isSame) {
    const problem = betweenProblem(facts);
    if (problem !== undefined) return refuse('banking.bad-account', problem);
  }
  const out = endOf(facts, draft, { account: from, amount, field: 'amount' });
  if (!out.ok) return out;
  if (isSame) {
    const end = { ...out.value, account: to };
    return accept({ draft, from: out.value, to: end, difference: ZERO });
  }
  const end = endOf(facts, draft, { account: to, amount: arriving ?? amount, field: 'arriving' });
  if (!end.ok) return end;
  const difference = subtractDecimals(end.value.companyAmount, out.value.companyAmount);
  return accept({ draft, from: out.value, to: end.value, difference });
}

const ZERO = decimal('0');

function accountOf(
  { accounts, chart }: TransferFacts,
  id: string,
  field: string,
): Result<OwnAccount, Code> {
  const account = accounts.get(id);
  if (account === undefined) {
    return refuse('banking.no-such-account', `there is no account ${id} of ours`, field);
  }
  const blocked = [account.ledgerAccount, account.clearingAccount].find(
    (number) => chart.get(number)?.blocked === true,
  );
  return blocked === undefined
    ? accept(account)
    : refuse(
        'banking.account-blocked',
        `${account.code} posts to ${blocked}: it is blocked`,
        field,
      );
}

/** What stands between currencies would wait for the bank if it stood where payments do. */
function betweenProblem({ accounts, between }: TransferFacts): string | undefined {
  const [account, ...others] = new Set(between);
  if (account === undefined) return "no account is determined for 'own-transfer'";
  if (others.length > 0) return "'own-transfer' leads to one account alone";
  const isBanks = [...accounts.values()].some(
    ({ ledgerAccount, clearingAccount }) =>
      ledgerAccount === account || clearingAccount === account,
  );
  return isBanks
    ? `'own-transfer' leads to ${account}, where statements and payments of a bank stand`
    : undefined;
}

function endOf(
  { companyCurrency, rateOf }: TransferFacts,
  { on }: TransferDraft,
  of: { readonly account: OwnAccount; readonly amount: Decimal; readonly field: string },
): Result<TransferEnd, Code> {
  const { account, amount, field } = of;
  const currency = parseCurrency(account.currency) ?? companyCurrency;
  const rounded = roundDecimal(amount, currencyScale(currency));
  if (compareDecimals(amount, ZERO) <= 0 || compareDecimals(rounded, amount) !== 0) {
    const message = `${amount} is no amount above zero in ${currency}`;
    return refuse('banking.bad-amount', message, field);
  }
  const rate = rateOf(currency, on);
  if (rate === undefined) {
    return refuse('banking.no-rate', `no rate for ${currency} on ${on}`, 'on');
  }
  const worth = multiplyDecimals(rounded, rate);
  return accept({
    account,
    amount: rounded,
    companyAmount: roundDecimal(worth, currencyScale(companyCurrency)),
    rate: currency === companyCurrency ? undefined : rate,
  });
}
