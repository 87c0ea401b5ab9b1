import type { Withdrawn } from '#erp/inventory/withdrawals';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { priceAbove, TOLERANCE } from './match-line.ts';
import type { Match } from './match-line.ts';
import type { InvoiceKind } from './supplier-invoice.ts';

/** A line that charges what was taken of consignment. */
export type WithdrawnWish = {
  readonly withdrawn: Withdrawn;
  readonly before: { readonly quantity: Decimal; readonly value: Decimal }; // Of the same call.
  readonly kind: InvoiceKind;
  readonly number: number; // Of the invoice's line.
  readonly quantity: Decimal | undefined; // All that is left when undefined.
  readonly net: Decimal; // Invoice currency.
  readonly rate: Decimal; // Company currency for one unit of it.
  readonly scales: { readonly company: number; readonly invoice: number };
};

const ZERO = decimal('0');

/**
 * Matches a line with what was taken: its value leaves goods received and not invoiced, in proportion,
 * and the last unit takes all that is left. Or says why it does not fit. A subsequent debit takes nothing.
 */
export function matchWithdrawn(
  wish: WithdrawnWish,
): string | { readonly quantity: Decimal; readonly match: Match | undefined } {
  const { withdrawn, before, kind, scales } = wish;
  const charged = addDecimals(withdrawn.charged, before.quantity);
  const isCredit = kind === 'credit-note';
  const left = isCredit ? charged : subtractDecimals(withdrawn.quantity, charged);
  const quantity = wish.quantity ?? left;
  if (compareDecimals(quantity, ZERO) <= 0) return 'the quantity charged is above zero';
  if (kind === 'subsequent-debit') return { quantity, match: undefined };
  if (compareDecimals(quantity, left) > 0) {
    return isCredit ? `${left} have been charged` : `${left} are taken and not charged`;
  }
  const chargedValue = addDecimals(withdrawn.chargedValue, before.value);
  const value = isCredit ? chargedValue : subtractDecimals(withdrawn.value, chargedValue);
  const taken =
    compareDecimals(quantity, left) === 0
      ? value
      : (divideDecimals(multiplyDecimals(value, quantity), left, scales.company) ?? ZERO);
  // Consignment is agreed in the company's currency: it is worth what it is today, and no rate differs.
  const takenNet = roundDecimal(
    divideDecimals(taken, wish.rate, scales.invoice + 2) ?? ZERO,
    scales.invoice,
  );
  const above = isCredit ? undefined : priceAbove(wish.net, takenNet, TOLERANCE);
  const deviations =
    above === undefined ? [] : [{ line: wish.number, kind: 'price-above' as const, by: above }];
  return { quantity, match: { taken, takenNet, deviations } };
}
