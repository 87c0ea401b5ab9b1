import { assert } from './assert.ts';

declare const exact: unique symbol;

/**
 * An exact decimal number as plain text, at the scale its source states: '201.0400' keeps four
 * places. Never a float, never an exponent. At most 38 digits, as SQL's widest exact numeric.
 */
export type Decimal = string & { readonly [exact]: true };

/** How a number that lies between two steps is settled. Half-even is the bankers' rule. */
export type Rounding = 'half-away-from-zero' | 'half-even' | 'down';

type Parts = { readonly units: bigint; readonly scale: number };

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?$/;
/** Decimals as most sources write them: these are their own print. */
const PLAIN = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DIGITS_MAX = 38;

/** Reads plain decimal text ('-1', '.50', '1200.'). Undefined: not a number, or over 38 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pattern is the decimal's form.
  if (text.length <= DIGITS_MAX && PLAIN.test(text)) return text as Decimal;
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole.length + fraction.length === 0) return undefined;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  if (digits.length + fraction.length > DIGITS_MAX) return undefined;
  const body = fraction === '' ? digits : `${digits}.${fraction}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pattern above checked it.
  return (sign === '-' && /[1-9]/.test(body) ? `-${body}` : body) as Decimal;
}

/** A decimal known to be well formed: a literal in code. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  assert(parsed !== undefined, `'${text}' is not a decimal`);
  return parsed;
}

/** Prints a count of units of 10^-scale: (12345n, 2) is '123.45'. */
export function decimalOf(units: bigint, scale: number): Decimal {
  assert(scale >= 0, 'a scale is not negative');
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const text = scale === 0 ? whole : `${whole}.${digits.slice(digits.length - scale)}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed in the decimal's form.
  return (negative ? `-${text}` : text) as Decimal;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return decimalOf(left + right, scale);
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return decimalOf(left - right, scale);
}

export function sumDecimals(values: Iterable<Decimal>): Decimal {
  let total = decimalOf(0n, 0);
  for (const value of values) total = addDecimals(total, value);
  return total;
}

/** Multiplies exactly: the scales add up. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const left = partsOf(a);
  const right = partsOf(b);
  return decimalOf(left.units * right.units, left.scale + right.scale);
}

/** Divides to `scale` places. Undefined: there is nothing to divide by. */
export function divideDecimals(
  a: Decimal,
  b: Decimal,
  scale: number,
  rounding: Rounding = 'half-away-from-zero',
): Decimal | undefined {
  const over = partsOf(a);
  const under = partsOf(b);
  if (under.units === 0n) return undefined;
  const shift = scale + under.scale - over.scale;
  const numerator = shift >= 0 ? over.units * 10n ** BigInt(shift) : over.units;
  const denominator = shift >= 0 ? under.units : under.units * 10n ** BigInt(-shift);
  return decimalOf(divideRounded(numerator, denominator, rounding), scale);
}

/** Rounds to `scale` places; a shorter number is padded with zeros. */
export function roundDecimal(
  value: Decimal,
  scale: number,
  rounding: Rounding = 'half-away-from-zero',
): Decimal {
  const { units, scale: from } = partsOf(value);
  if (from <= scale) return decimalOf(units * 10n ** BigInt(scale - from), scale);
  return decimalOf(divideRounded(units, 10n ** BigInt(from - scale), rounding), scale);
}

/** Negative: a is smaller. Zero: equal in value, whatever their scales. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function negateDecimal(value: Decimal): Decimal {
  const { units, scale } = partsOf(value);
  return decimalOf(-units, scale);
}

/** Drops zeros that say nothing: '201.0400' becomes '201.04', '3.00' becomes '3'. */
export function trimDecimal(value: Decimal): Decimal {
  if (!value.includes('.')) return value;
  return decimal(value.replace(/\.?0+$/, ''));
}

function partsOf(value: Decimal): Parts {
  const point = value.indexOf('.');
  if (point === -1) return { units: BigInt(value), scale: 0 };
  const scale = value.length - point - 1;
  return { units: BigInt(value.slice(0, point) + value.slice(point + 1)), scale };
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const left = partsOf(a);
  const right = partsOf(b);
  const scale = Math.max(left.scale, right.scale);
  return [
    left.units * 10n ** BigInt(scale - left.scale),
    right.units * 10n ** BigInt(scale - right.scale),
    scale,
  ];
}

function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const over = numerator < 0n ? -numerator : numerator;
  const under = denominator < 0n ? -denominator : denominator;
  const quotient = over / under;
  const twice = (over % under) * 2n;
  const up =
    rounding !== 'down' &&
    (twice > under ||
      (twice === under && (rounding === 'half-away-from-zero' || quotient % 2n === 1n)));
  const settled = up ? quotient + 1n : quotient;
  return negative ? -settled : settled;
}
