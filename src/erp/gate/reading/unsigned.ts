import { compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';

/** A quantity above zero: whoever reads it is told elsewhere which way it went. */
export const unsigned = (value: Decimal): Decimal =>
  compareDecimals(value, decimal('0')) < 0 ? negateDecimal(value) : value;
