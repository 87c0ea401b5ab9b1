type Parts = { readonly units: bigint; readonly scale: number };

function partsOf(text: string): Parts {
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

const atScale = ({ units, scale }: Parts, wanted: number): bigint =>
  units * 10n ** BigInt(wanted - scale);

function print(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** The exact sum of decimal texts. */
export function sumOf(texts: readonly string[]): string {
  const parts = texts.map(partsOf);
  const scale = Math.max(0, ...parts.map((part) => part.scale));
  return print(
    parts.reduce((sum, part) => sum + atScale(part, scale), 0n),
    scale,
  );
}

/** What one decimal text is more than another; undefined when they are equal. */
export function differenceOf(left: string, right: string): string | undefined {
  const [a, b] = [partsOf(left), partsOf(right)];
  const scale = Math.max(a.scale, b.scale);
  const units = atScale(a, scale) - atScale(b, scale);
  return units === 0n ? undefined : print(units, scale);
}

/** The exact product of two decimal texts. */
export function productOf(left: string, right: string): string {
  const [a, b] = [partsOf(left), partsOf(right)];
  return print(a.units * b.units, a.scale + b.scale);
}

/** One decimal text divided by another, cut to so many places; undefined when that is by zero. */
export function quotientOf(left: string, right: string, places: number): string | undefined {
  const [a, b] = [partsOf(left), partsOf(right)];
  if (b.units === 0n) return undefined;
  const scale = Math.max(a.scale, b.scale);
  return print((atScale(a, scale) * 10n ** BigInt(places)) / atScale(b, scale), places);
}

/** Whether text is a decimal that can be counted with. */
export const isDecimal = (text: string): boolean => /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/.test(text);
