import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { compareDecimals, parseDecimal } from '#kernel/decimal';

const FRACTION = /^-?\d+\.\d+$/;

/**
 * Whether two values say the same. Decimals are compared by what they are worth where one of them is
 * written with a fraction: '100' is '100.0', but the number '007' is not '7'.
 */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (typeof a === 'string' && typeof b === 'string') return a === b || sameWorth(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  return canonicalJson(levelled(a)) === canonicalJson(levelled(b));
}

function sameWorth(a: string, b: string): boolean {
  if (!FRACTION.test(a) && !FRACTION.test(b)) return false;
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  return left !== undefined && right !== undefined && compareDecimals(left, right) === 0;
}

/** The value with fractions that end in zeros cut: equal worth, equal text. */
function levelled(value: Json): Json {
  if (typeof value === 'string') return FRACTION.test(value) ? cut(value) : value;
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    return list.map(levelled);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      part === undefined ? undefined : levelled(part),
    ]),
  );
}

const cut = (text: string): string => text.replace(/\.?0+$/, '');
