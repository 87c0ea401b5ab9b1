import { differenceOf, isDecimal, sumOf } from '../../../shared/exact.ts';
import { isAbove } from '../left.ts';

/** A line of a journal entry as somebody is writing it. */
export type EntryLine = {
  readonly key: number;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly costCentre: string;
  readonly text: string;
};

/** A line before anything is written into it. */
export const emptyEntryLine = (key: number): EntryLine => ({
  key,
  account: '',
  debit: '',
  credit: '',
  costCentre: '',
  text: '',
});

const amountOf = (text: string): string => (isDecimal(text.trim()) ? text.trim() : '0');

/** What all lines say on each side, and what is missing on one; undefined: they balance. */
export function balanceOf(lines: readonly EntryLine[]): {
  readonly debit: string;
  readonly credit: string;
  readonly missing: { readonly side: 'debit' | 'credit'; readonly amount: string } | undefined;
} {
  const debit = sumOf(lines.map((line) => amountOf(line.debit)));
  const credit = sumOf(lines.map((line) => amountOf(line.credit)));
  const over = differenceOf(debit, credit);
  if (over === undefined) return { debit, credit, missing: undefined };
  const missing = isAbove(over)
    ? ({ side: 'credit', amount: over } as const)
    : ({ side: 'debit', amount: over.replace(/^-/, '') } as const);
  return { debit, credit, missing };
}

/** What a line is sent as: a debit above zero, a credit below. */
export function entryLineBodyOf({ account, debit, credit, costCentre, text }: EntryLine) {
  return {
    account,
    amount: differenceOf(amountOf(debit), amountOf(credit)) ?? '0',
    ...(costCentre === '' ? {} : { costCentre }),
    ...(text === '' ? {} : { text }),
  };
}
