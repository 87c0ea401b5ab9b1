import { assert } from './assert.ts';

declare const exact: unique symbol;

/**
 * An exact decimal number as plain text, at the scale its source states: '201.0400' keeps four
 * places. Never a float, never an exponent. At most 38 digits, as SQL's widest exact numeric.
 */
export type Decimal = string & { readonly [exact]: true };

/** How a number that lies between two steps is settled. Half-even is the bankers' rule. */
export type Rounding = 'half-away-from-zero' | 'half-even' | 'down';

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
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const short = shortAt(a, scale) + shortAt(b, scale);
  return Number.isNaN(short)
    ? decimalOf(unitsAt(a, scale) + unitsAt(b, scale), scale)
    : shortOf(short, scale);
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const short = shortAt(a, scale) - shortAt(b, scale);
  return Number.isNaN(short)
    ? decimalOf(unitsAt(a, scale) - unitsAt(b, scale), scale)
    : shortOf(short, scale);
}

export function sumDecimals(values: Iterable<Decimal>): Decimal {
  let total = decimalOf(0n, 0);
  for (const value of values) total = addDecimals(total, value);
  return total;
}

/** Multiplies exactly: the scales add up. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const [left, right] = [scaleOf(a), scaleOf(b)];
  return a.length + b.length <= SHORT
    ? shortOf(shortAt(a, left) * shortAt(b, right), left + right)
    : decimalOf(unitsAt(a, left) * unitsAt(b, right), left + right);
}

/** Divides to `scale` places. Undefined: there is nothing to divide by. */
export function divideDecimals(
  a: Decimal,
  b: Decimal,
  scale: number,
  rounding: Rounding = 'half-away-from-zero',
): Decimal | undefined {
  const [over, under] = [scaleOf(a), scaleOf(b)];
  const shift = scale + under - over;
  const [up, down] = shift >= 0 ? [over + shift, under] : [over, under - shift];
  const [shortOver, shortUnder] = [shortAt(a, up), shortAt(b, down)];
  if (shortUnder === 0) return undefined;
  if (!Number.isNaN(shortOver) && !Number.isNaN(shortUnder)) {
    return shortOf(divideShort(shortOver, shortUnder, rounding), scale);
  }
  const denominator = unitsAt(b, down);
  if (denominator === 0n) return undefined;
  return decimalOf(divideRounded(unitsAt(a, up), denominator, rounding), scale);
}

/** Rounds to `scale` places; a shorter number is padded with zeros. */
export function roundDecimal(
  value: Decimal,
  scale: number,
  rounding: Rounding = 'half-away-from-zero',
): Decimal {
  const from = scaleOf(value);
  if (from === scale) return value;
  if (from < scale) {
    const short = shortAt(value, scale);
    return Number.isNaN(short) ? decimalOf(unitsAt(value, scale), scale) : shortOf(short, scale);
  }
  if (value.length <= SHORT) {
    return shortOf(divideShort(shortAt(value, from), powerOf(from - scale), rounding), scale);
  }
  return decimalOf(
    divideRounded(unitsAt(value, from), 10n ** BigInt(from - scale), rounding),
    scale,
  );
}

/** Negative: a is smaller. Zero: equal in value, whatever their scales. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a === b) return 0;
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const short = shortAt(a, scale) - shortAt(b, scale);
  if (!Number.isNaN(short)) return Math.sign(short);
  const [left, right] = [unitsAt(a, scale), unitsAt(b, scale)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function negateDecimal(value: Decimal): Decimal {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sign is all that changes.
  if (value.startsWith('-')) return value.slice(1) as Decimal;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sign is all that changes.
  return /[1-9]/.test(value) ? (`-${value}` as Decimal) : value;
}

/** Drops zeros that say nothing: '201.0400' becomes '201.04', '3.00' becomes '3'. */
export function trimDecimal(value: Decimal): Decimal {
  if (!value.includes('.')) return value;
  return decimal(value.replace(/\.?0+$/, ''));
}

/** How many places follow the point. */
function scaleOf(value: Decimal): number {
  const point = value.indexOf('.');
  return point === -1 ? 0 : value.length - point - 1;
}

/** A value as a count of units of 10^-scale; it has no more places than that. */
function unitsAt(value: Decimal, scale: number): bigint {
  const point = value.indexOf('.');
  if (point === -1) return BigInt(value) * 10n ** BigInt(scale);
  const own = value.length - point - 1;
  return BigInt(value.slice(0, point) + value.slice(point + 1)) * 10n ** BigInt(scale - own);
}

/**
 * So many characters hold at most 10^15 units: a whole number, which JavaScript counts exactly (up to
 * 2^53, so the sum of two as well). Most amounts are that short, and ten times faster than a bigint.
 */
const SHORT = 15;
const POWERS = Array.from({ length: SHORT + 1 }, (_, places) => Number(10n ** BigInt(places)));
const [MINUS, POINT, NOUGHT] = [45, 46, 48]; // As `charCodeAt` says them.

const powerOf = (places: number): number => POWERS[places] ?? Number.NaN;

/** The same count as `unitsAt`, as a whole number. NaN: it is too long for that. */
function shortAt(value: Decimal, scale: number): number {
  const { length } = value;
  if (length > SHORT) return Number.NaN;
  let units = 0;
  let own = 0;
  for (let at = 0; at < length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === POINT) own = length - at - 1;
    else if (code !== MINUS) units = units * 10 + code - NOUGHT;
  }
  if (length + scale - own > SHORT) return Number.NaN;
  return (value.charCodeAt(0) === MINUS ? -units : units) * powerOf(scale - own);
}

/** Prints a whole number of units, as `decimalOf` does. */
function shortOf(units: number, scale: number): Decimal {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed in the decimal's form.
  return (units < 0 ? `-${text}` : text) as Decimal;
}

/** As `divideRounded`: the remainder of whole numbers is exact, and so is what it divides. */
function divideShort(numerator: number, denominator: number, rounding: Rounding): number {
  const [over, under] = [Math.abs(numerator), Math.abs(denominator)];
  const rest = over % under;
  const quotient = (over - rest) / under;
  const isUp =
    rounding !== 'down' &&
    (rest * 2 > under ||
      (rest * 2 === under && (rounding === 'half-away-from-zero' || quotient % 2 === 1)));
  const settled = isUp ? quotient + 1 : quotient;
  return numerator < 0 === denominator < 0 ? settled : -settled;
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
