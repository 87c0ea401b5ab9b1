import { currencyScale } from '#kernel';
import { compareDecimals, decimal, divideDecimals, multiplyDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { openOf } from './open-item.ts';
import type { OpenItem } from './open-item.ts';

const ZERO = decimal('0');
const HUNDRED = decimal('100');

/** What settling so much of an item on a day is worth, to the coin; all that is open by default. */
export function discountOn(item: OpenItem, on: LocalDate, settled = openOf(item)): Decimal {
  const earned = item.discounts.find(({ until }) => on <= until);
  if (earned === undefined) return ZERO;
  const part = multiplyDecimals(settled, earned.percent);
  return divideDecimals(part, HUNDRED, currencyScale(item.currency)) ?? ZERO;
}

/** Whether a discount is no more than what paying on a day earns for what it settles. */
export function isEarned(
  item: OpenItem,
  of: { readonly on: LocalDate; readonly settled: Decimal; readonly discount: Decimal },
): boolean {
  return compareDecimals(of.discount, discountOn(item, of.on, of.settled)) <= 0;
}
