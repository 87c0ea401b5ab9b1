/** Decimal places of every quotient: parts are summed exactly, then divided once. */
const QUOTIENT_SCALE = 8;

/**
 * An exact quotient in SQL, rounded half away from zero; null over zero. DuckDB's own `/` makes
 * floats, so both sides are counted in whole units of 10^-8 and divided as integers.
 */
export function quotient(over: string, under: string): string {
  const steps = `1${'0'.repeat(QUOTIENT_SCALE)}`;
  const units = (amount: string): string =>
    `cast(cast(${amount} as decimal(38,${QUOTIENT_SCALE})) * ${steps} as hugeint)`;
  const size = `(2 * abs(${units(over)}) * ${steps} + abs(${units(under)})) // (2 * abs(${units(under)}))`;
  const sign = `sign(${units(over)}) * sign(${units(under)})`;
  const step = `cast(0.${'0'.repeat(QUOTIENT_SCALE - 1)}1 as decimal(${QUOTIENT_SCALE + 1},${QUOTIENT_SCALE}))`;
  return `case when ${under} <> 0 then cast(${sign} * (${size}) as decimal(38,0)) * ${step} end`;
}

/** One line per item, comma-separated, for SQL people read. */
export const listed = (items: readonly string[]): string => items.join(',\n    ');

/** Conditions that must all hold. */
export const allOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'true' : conditions.join('\n    and ');
