import { addDecimals, compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';

/** So much of something, by its key. */
type Part = { readonly key: string; readonly quantity: Decimal };

/**
 * Takes parts of what is left, all of them or none: answers the place of the first that there is not
 * enough of. `left` is changed. A negative part takes nothing and gives nothing back.
 */
export function takeParts(left: Map<string, Decimal>, parts: readonly Part[]): number | undefined {
  const own = new Map<string, Decimal>();
  for (const [place, { key, quantity }] of parts.entries()) {
    if (compareDecimals(quantity, decimal('0')) <= 0) continue;
    const taken = addDecimals(own.get(key) ?? decimal('0'), quantity);
    if (compareDecimals(taken, left.get(key) ?? decimal('0')) > 0) return place;
    own.set(key, taken);
  }
  for (const [key, taken] of own) left.set(key, subtractDecimals(left.get(key) ?? taken, taken));
  return undefined;
}
