import { csvOf } from '../../shared/csv.ts';

type Cell = string | number | null;

/** What a value is in one cell; undefined where it is more than one word or figure. */
function cellOf(value: unknown): Cell | undefined {
  if (typeof value === 'boolean') return String(value);
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return undefined;
}

/** Rows of the API as CSV: what each says in one word or figure, under the names of the API. */
export function rowsCsv(rows: readonly object[]): string {
  const names = new Set(
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([name, value]: [string, unknown]) =>
        cellOf(value) === undefined ? [] : [name],
      ),
    ),
  );
  const cells = rows.map((row) => [...names].map((name) => cellOf(Reflect.get(row, name)) ?? null));
  return csvOf([[...names], ...cells]);
}
