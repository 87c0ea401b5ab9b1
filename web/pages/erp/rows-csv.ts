import { csvOf } from '../../shared/csv.ts';
import type { Language } from '../../shared/i18n.ts';

/** What looks like a figure in these is a name all the same. */
const IDENTIFIERS = /number|code|id$|key|reference|account/i;

type Cell = string | number | null;

/** What a value is in one cell; undefined where it is more than one word or figure. */
function cellOf(value: unknown): Cell | undefined {
  if (typeof value === 'boolean') return String(value);
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return undefined;
}

const FIGURE = /^-?\d+(\.\d+)?$/;

/** How a file is to be: for whose spreadsheet, and how its columns are headed. */
type Style = { readonly spreadsheet: Language; readonly headingOf: (name: string) => string };

/** Rows of the API as CSV: what each says in one word or figure. */
export function rowsCsv(rows: readonly object[], { spreadsheet, headingOf }: Style): string {
  const names = new Set(
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([name, value]: [string, unknown]) =>
        cellOf(value) === undefined ? [] : [name],
      ),
    ),
  );
  const cells = rows.map((row) => [...names].map((name) => cellOf(Reflect.get(row, name)) ?? null));
  const figures = [...names].map(
    (name, at) =>
      !IDENTIFIERS.test(name) &&
      cells.every((row) => row[at] === null || FIGURE.test(String(row[at]))),
  );
  const heads = [...names].map(headingOf);
  return csvOf([heads, ...cells], spreadsheet, (at) => figures[at] === true);
}
