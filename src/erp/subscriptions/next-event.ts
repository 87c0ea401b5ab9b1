import type { CurrencyCode } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { mrrOf } from './subscription.ts';
import type { Movement, NewEvent, Terms } from './subscription.ts';

const ZERO = decimal('0');

/** The event that makes these terms hold from a day on; it says how recurring revenue moved. Pure. */
export function nextEvent(
  before: Pick<NewEvent, 'number' | 'mrr'> | undefined,
  of: {
    readonly action: NewEvent['action'];
    readonly on: LocalDate;
    readonly terms: Terms;
    readonly currency: CurrencyCode;
    readonly reason?: string;
  },
): NewEvent {
  const { action, on, terms, currency, reason = '' } = of;
  const mrrBefore = before?.mrr ?? ZERO;
  const mrr = mrrOf(terms, currency);
  const number = (before?.number ?? 0) + 1;
  const movement = movementOf(mrrBefore, mrr, number);
  return { ...terms, number, on, action, mrrBefore, mrr, movement, reason };
}

function movementOf(before: Decimal, after: Decimal, number: number): Movement | null {
  const change = compareDecimals(after, before);
  if (change === 0) return null;
  if (compareDecimals(before, ZERO) === 0) return number === 1 ? 'new' : 'reactivation';
  if (compareDecimals(after, ZERO) === 0) return 'churn';
  return change > 0 ? 'expansion' : 'contraction';
}
