import { decimalOf } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';

/** All currencies of the company have hundredths. */
export const SCALE = 2;

/** Minor units as an amount. */
export const money = (minor: number): Decimal => decimalOf(BigInt(minor), SCALE);

/** Whole pieces as a quantity. */
export const pieces = (count: number): Decimal => decimalOf(BigInt(count), 0);

/** The ERP numbers lines 10, 20, 30 …; the world 1, 2, 3 … */
export const LINE_STEP = 10;
