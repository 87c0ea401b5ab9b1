import type { EntryDraft, LineDraft } from '#erp/ledger';
import { compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { DecidedTransfer, TransferEnd } from './decide-transfer.ts';

/** How entries call what they are of. */
export const TRANSFER_KIND = 'bank-transfer';

const ZERO = decimal('0');

/**
 * What a transfer books: out of the one clearing account, into the other. An entry is in one currency,
 * so between two there are two, and money stands between them on the account of `own-transfer` at what
 * it was worth when it left; what it is worth more or less when it arrives is gained or lost.
 */
export function transferEntries(
  transfer: DecidedTransfer,
  of: { readonly id: string; readonly number: string; readonly legalEntity: string },
): readonly EntryDraft[] {
  const { from, to, difference } = transfer;
  const head = (end: TransferEnd) => headOf(transfer, end, of);
  if (from.account.currency === to.account.currency) {
    return [{ ...head(from), lines: [lineOf(from, -1), lineOf(to, 1)] }];
  }
  const between = { posting: { key: 'own-transfer' } } as const;
  const { amount, companyAmount } = from;
  const key = compareDecimals(difference, ZERO) > 0 ? 'exchange-gain' : 'exchange-loss';
  const gained: LineDraft = {
    posting: { key },
    amount: ZERO,
    companyAmount: negateDecimal(difference),
  };
  return [
    { ...head(from), lines: [lineOf(from, -1), { ...between, amount, companyAmount }] },
    {
      ...head(to),
      lines: [
        lineOf(to, 1),
        {
          ...between,
          amount: negateDecimal(to.amount),
          companyAmount: negateDecimal(companyAmount),
        },
        ...(compareDecimals(difference, ZERO) === 0 ? [] : [gained]),
      ],
    },
  ];
}

const lineOf = ({ account, amount, companyAmount }: TransferEnd, sign: 1 | -1): LineDraft => ({
  account: account.clearingAccount,
  amount: sign === 1 ? amount : negateDecimal(amount),
  companyAmount: sign === 1 ? companyAmount : negateDecimal(companyAmount),
});

function headOf(
  { draft: { on, text = '' }, from, to }: DecidedTransfer,
  { account, rate }: TransferEnd,
  of: { readonly id: string; readonly number: string; readonly legalEntity: string },
) {
  const { id, number, legalEntity } = of;
  const ends = `${from.account.code} → ${to.account.code}`;
  return {
    legalEntity,
    kind: 'payment',
    postedOn: on,
    documentOn: on,
    currency: account.currency,
    ...(rate === undefined ? {} : { rate }),
    text: [ends, text].filter(Boolean).join(' ').slice(0, 140),
    source: { area: 'banking', kind: TRANSFER_KIND, id, number },
  } as const;
}
