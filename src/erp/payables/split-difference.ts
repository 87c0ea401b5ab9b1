import {
  compareDecimals,
  decimal,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';

/** What a line charges above what it takes of goods received, by why. Company currency; below zero: less. */
export type Difference = {
  readonly price: Decimal; // Another price than they were received at.
  readonly exchange: Decimal; // The same price at the rate of another day.
};

/** No difference. */
export const NO_DIFFERENCE: Difference = { price: decimal('0'), exchange: decimal('0') };

/**
 * Splits what a line charges above what was received. At the rate that goods were received at all of it
 * is the price's, rounding included; at another, nothing is the price's where the price is the same.
 */
export function splitDifference(of: {
  readonly company: Decimal; // What is charged, at the invoice's rate; company currency.
  readonly taken: Decimal; // Of goods received, company currency.
  readonly takenNet: Decimal; // The same in the invoice's currency.
  readonly rate: Decimal; // The invoice's: company currency for one unit.
  readonly receivedRate: Decimal; // What goods were received at.
  readonly scale: number; // Of the company's currency.
}): Difference {
  const whole = subtractDecimals(of.company, of.taken);
  if (compareDecimals(of.rate, of.receivedRate) === 0) return { ...NO_DIFFERENCE, price: whole };
  const atRate = roundDecimal(multiplyDecimals(of.takenNet, of.rate), of.scale);
  const exchange = subtractDecimals(atRate, of.taken);
  return { price: subtractDecimals(whole, exchange), exchange };
}
