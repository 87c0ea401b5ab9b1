import type { OrderLine, PurchaseOrder } from '#erp/purchasing';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
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
import type { Deviation } from './supplier-invoice.ts';

/** How far an invoice may be above its order before a person looks. */
export type Tolerance = { readonly pricePercentMax: Decimal; readonly priceAmountMax: Decimal };

/** Above by at most 2 %, and by at most 50 of the invoice's currency a line. */
export const TOLERANCE: Tolerance = {
  pricePercentMax: decimal('2'),
  priceAmountMax: decimal('50'),
};

/** A line charged against an order. */
export type MatchWish = {
  readonly order: PurchaseOrder;
  readonly line: OrderLine;
  readonly invoiced: Decimal; // Before, in the line's unit, this call's earlier lines included.
  readonly invoicedValue: Decimal; // Before, company currency.
  readonly invoicedNet: Decimal; // Before, order currency.
  readonly quantity: Decimal;
  readonly net: Decimal; // Invoice currency.
  readonly number: number; // Of the invoice's line.
};

/** What a line takes from goods received and not invoiced, and what a person should look at. */
export type Match = {
  readonly taken: Decimal; // Company currency.
  readonly takenNet: Decimal; // The same in the invoice's currency, at its scale.
  readonly deviations: readonly Deviation[];
};

const ZERO = decimal('0');
const HUNDRED = decimal('100');
const PRICE_PLACES = 12;

/**
 * Matches a line with its order and receipts (three-way match). What has been received is taken at
 * what its receipts were worth; what has not come yet, at the order's price: its receipt will be worth
 * that. The last unit takes all that is left.
 */
export function matchLine(
  { order, line, invoiced, invoicedValue, invoicedNet, quantity, net, number }: MatchWish,
  tolerance: Tolerance,
  companyCurrency: CurrencyCode,
): Match {
  const price = divideDecimals(line.unitPrice, line.priceBase, PRICE_PLACES) ?? ZERO;
  const atPrice = roundDecimal(multiplyDecimals(quantity, price), currencyScale(order.currency));
  const uninvoiced = largest(subtractDecimals(line.received, invoiced), ZERO);
  const take = (value: Decimal, ahead: Decimal, currency: CurrencyCode): Decimal =>
    line.isReceivedAgainst
      ? takenFrom({ uninvoiced, value, quantity, ahead, scale: currencyScale(currency) })
      : ZERO;
  const value = subtractDecimals(line.receivedValue, invoicedValue);
  const taken = take(value, multiplyDecimals(price, order.rate), companyCurrency);
  const takenNet = take(subtractDecimals(line.receivedNet, invoicedNet), price, order.currency);
  const deviations: Deviation[] = [];
  const above = priceAbove(net, atPrice, tolerance);
  if (above !== undefined) deviations.push({ line: number, kind: 'price-above', by: above });
  const limit = line.isReceivedAgainst ? line.received : line.ordered;
  const over = subtractDecimals(addDecimals(invoiced, quantity), limit);
  if (compareDecimals(over, ZERO) > 0) {
    const kind = line.isReceivedAgainst ? 'quantity-above-received' : 'quantity-above-ordered';
    deviations.push({ line: number, kind, by: over });
  }
  return { taken, takenNet, deviations };
}

/** By how much what is charged is above the agreed price and what is tolerated of that; undefined: it is not. */
export function priceAbove(
  net: Decimal,
  atPrice: Decimal,
  tolerance: Tolerance,
): Decimal | undefined {
  const above = subtractDecimals(net, atPrice);
  const allowed = smallest(
    divideDecimals(multiplyDecimals(atPrice, tolerance.pricePercentMax), HUNDRED, 6) ?? ZERO,
    tolerance.priceAmountMax,
  );
  return compareDecimals(above, allowed) > 0 ? above : undefined;
}

function takenFrom(of: {
  readonly uninvoiced: Decimal;
  readonly value: Decimal;
  readonly quantity: Decimal;
  readonly ahead: Decimal;
  readonly scale: number;
}): Decimal {
  const { uninvoiced, value, quantity, ahead, scale } = of;
  const covered = smallest(quantity, uninvoiced);
  const beyond = subtractDecimals(quantity, covered);
  const own =
    compareDecimals(covered, ZERO) === 0
      ? ZERO
      : compareDecimals(covered, uninvoiced) === 0
        ? value
        : (divideDecimals(multiplyDecimals(value, covered), uninvoiced, scale) ?? ZERO);
  return addDecimals(own, roundDecimal(multiplyDecimals(beyond, ahead), scale));
}

const smallest = (a: Decimal, b: Decimal): Decimal => (compareDecimals(a, b) < 0 ? a : b);
const largest = (a: Decimal, b: Decimal): Decimal => (compareDecimals(a, b) > 0 ? a : b);
