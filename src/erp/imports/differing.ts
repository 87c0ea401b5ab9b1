import { canonicalJson } from '#kernel';
import { parseDecimal, trimDecimal } from '#kernel/decimal';

/** What of some fields is other than what stands; '5.00' is no other number than '5'. */
export function differing<Fields extends object>(
  fields: Fields,
  now: object,
  decimals: readonly string[],
): Partial<Fields> {
  const standing = new Map(Object.entries(now));
  const print = (name: string, value: unknown): string => {
    if (value === undefined) return '';
    const isDecimal = decimals.includes(name) && typeof value === 'string';
    const number = isDecimal ? parseDecimal(value) : undefined;
    return number === undefined
      ? canonicalJson(JSON.parse(JSON.stringify(value)))
      : trimDecimal(number);
  };
  const other = Object.entries(fields).filter(
    ([name, value]) => print(name, value) !== print(name, standing.get(name)),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- some of its own entries.
  return Object.fromEntries(other) as Partial<Fields>;
}
