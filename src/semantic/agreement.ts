import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDecimal, trimDecimal } from '#kernel/decimal';
import { compileQuery } from './compile-query.ts';
import type { CompiledQuery } from './compile-query.ts';
import type { Metric } from './metric.ts';
import { MetricQuerySchema } from './query.ts';
import { runQuery } from './run-query.ts';
import type { Readable } from './run-query.ts';

const AS_OF = '2025-06-30';

/** The query whose SQL is kept as a golden file: the metric alone, or at the cut it needs. */
const goldenQuery = ({ name, needs = [] }: Metric): ReturnType<typeof MetricQuerySchema.parse> =>
  MetricQuerySchema.parse({
    metrics: [name],
    by: needs.map((dimension) => ({ dimension })),
    asOf: AS_OF,
  });

export const compiledGolden = (metric: Metric): CompiledQuery => compileQuery(goldenQuery(metric));

export const goldenFile = (name: string): string =>
  resolve(import.meta.dirname, 'golden', `${name}.sql`);

/** A metric's cells by label, on its own road and on the check's, in comparable form. */
export async function bothRoads(
  warehouse: Readable,
  metric: Metric,
): Promise<{ readonly own: object; readonly check: object }> {
  const sql = readFileSync(goldenFile(`${metric.name}.check`), 'utf8').replace(/^--.*\n/, '');
  const own = await runQuery(warehouse, goldenQuery(metric));
  const asOf = sql.includes('$as_of') ? { as_of: Number(AS_OF.replaceAll('-', '')) } : {};
  const other = await warehouse.query(sql, asOf);
  const exact = !other.rows.some((row) => isFraction(row.at(-1)));
  return { own: byLabel(own.rows, exact), check: byLabel(other.rows, exact) };
}

/** A check may go by doubles; the metric never does. */
const isFraction = (cell: unknown): boolean => typeof cell === 'number' && !Number.isInteger(cell);

const byLabel = (rows: readonly (readonly unknown[])[], exact: boolean): object =>
  Object.fromEntries(rows.map((row) => [row.slice(0, -1).join(), comparable(row.at(-1), exact)]));

function comparable(cell: unknown, exact: boolean): string | undefined {
  const text = String(cell);
  const value = parseDecimal(text);
  if (exact) return value === undefined ? text : trimDecimal(value);
  return (Number(text) + 1e-9).toFixed(6); // Off the halves, where doubles waver.
}
