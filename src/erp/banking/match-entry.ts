import type { EntryDraft } from '#erp/ledger';
import {
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DecidedMatch, DecidedPart } from './decide-match.ts';

type ToAccount = Extract<DecidedPart, { kind: 'account' }>;

function headOf(id: string, { line, account, on, rate }: DecidedMatch, legalEntity: string) {
  const number = line.statementReference;
  return {
    legalEntity,
    kind: 'payment',
    postedOn: on,
    documentOn: line.bookedOn,
    currency: account.currency,
    ...(rate === undefined ? {} : { rate }),
    text: [account.code, line.counterparty, line.remittance]
      .filter(Boolean)
      .join(' ')
      .slice(0, 140),
    source: { area: 'banking', kind: 'bank-match', id, number },
  } as const;
}

/** What a part that goes to an account books: the account against clearing. */
export function accountEntry(
  id: string,
  match: DecidedMatch,
  { account, amount, companyAmount, costCentre, text }: ToAccount,
  legalEntity: string,
): EntryDraft {
  const about = {
    ...(costCentre === undefined ? {} : { costCentre }),
    ...(text === undefined ? {} : { text }),
  };
  const there = account === undefined ? { posting: { key: 'bank-fee' as const } } : { account };
  return {
    ...headOf(id, match, legalEntity),
    lines: [
      { account: match.account.clearingAccount, amount, companyAmount },
      {
        ...there,
        amount: negateDecimal(amount),
        companyAmount: negateDecimal(companyAmount),
        ...about,
      },
    ],
  };
}

/** What is left on clearing in the company's currency, as gained or lost. Undefined: nothing. */
export function differenceEntry(
  id: string,
  match: DecidedMatch,
  parts: readonly Decimal[],
  legalEntity: string,
): EntryDraft | undefined {
  const left = subtractDecimals(match.line.companyAmount, sumDecimals(parts));
  const zero = decimal('0');
  if (compareDecimals(left, zero) === 0) return undefined;
  const key = compareDecimals(left, zero) > 0 ? 'exchange-gain' : 'exchange-loss';
  return {
    ...headOf(id, match, legalEntity),
    lines: [
      { account: match.account.clearingAccount, amount: zero, companyAmount: left },
      { posting: { key }, amount: zero, companyAmount: negateDecimal(left) },
    ],
  };
}
