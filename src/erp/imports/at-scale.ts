import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { compareDecimals, roundDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';

/** An amount at its currency's scale. Undefined: it has more places than can be paid. */
export function atScale(amount: Decimal, currency: CurrencyCode): Decimal | undefined {
  const rounded = roundDecimal(amount, currencyScale(currency));
  return compareDecimals(rounded, amount) === 0 ? rounded : undefined;
}
