import { assert } from './assert.ts';
import { currencyScale } from './currency.ts';
import type { CurrencyCode } from './currency.ts';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOf,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from './decimal.ts';
import type { Decimal, Rounding } from './decimal.ts';

/** An exact amount in one currency, at the scale its source states; JSON carries it as it is. */
export type Money = { readonly amount: Decimal; readonly currency: CurrencyCode };

/** Adds like to like. To add unlike currencies, group by currency or convert first. */
export function addMoney(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `cannot add ${b.currency} to ${a.currency}`);
  return { amount: addDecimals(a.amount, b.amount), currency: a.currency };
}

export function multiplyMoney(money: Money, factor: Decimal): Money {
  return { amount: multiplyDecimals(money.amount, factor), currency: money.currency };
}

/** Rounds to what can be paid. Only a document's or a posting's total is rounded, once. */
export function roundMoney(money: Money, rounding: Rounding = 'half-away-from-zero'): Money {
  const amount = roundDecimal(money.amount, currencyScale(money.currency), rounding);
  return { amount, currency: money.currency };
}

/** Splits `total` in proportion to `weights`, at the scale of `total`. The parts sum to `total`. */
export function allocateMoney(total: Money, weights: readonly Decimal[]): Money[] {
  const zero = decimal('0');
  assert(
    weights.every((weight) => compareDecimals(weight, zero) >= 0),
    'no weight may be negative',
  );
  const weightSum = sumDecimals(weights);
  assert(compareDecimals(weightSum, zero) > 0, 'some weight must be positive');
  const scale = total.amount.includes('.')
    ? total.amount.length - total.amount.indexOf('.') - 1
    : 0;
  let seen = zero;
  let given = decimalOf(0n, scale);
  return weights.map((weight) => {
    seen = addDecimals(seen, weight);
    const share = divideDecimals(multiplyDecimals(total.amount, seen), weightSum, scale);
    assert(share !== undefined, 'the weights have a sum');
    const amount = subtractDecimals(share, given); // Rounding telescopes away.
    given = share;
    return { amount, currency: total.currency };
  });
}
