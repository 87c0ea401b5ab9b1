/** What one cell of a file may hold; undefined is an empty one. */
export type Cell = string | number | boolean | undefined;

/** Whose spreadsheet a file is for. */
export type Spreadsheet = 'en' | 'de';

/** Between cells, and within numbers. */
type Marks = { readonly delimiter: string; readonly point: string };

const ENGLISH: Marks = { delimiter: ',', point: '.' };
const GERMAN: Marks = { delimiter: ';', point: ',' };

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

/**
 * One CSV cell (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in
 * front; plain numbers, negative ones too, stay numbers.
 */
export function csvCell(value: Cell, delimiter = ENGLISH.delimiter): string {
  if (value === undefined) return '';
  const text = String(value);
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  const quoted = /["\r\n]/.test(safe) || safe.includes(delimiter);
  return quoted ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Prints lines with their ends. A German spreadsheet parts columns at semicolons and takes a comma
 * for the decimal point, in the columns that hold amounts.
 */
export function csvPrinter(
  header: readonly string[],
  amounts: ReadonlySet<string>,
  spreadsheet?: Spreadsheet,
): (cells: readonly Cell[]) => string {
  const { delimiter, point } = spreadsheet === 'de' ? GERMAN : ENGLISH;
  const isAmount = header.map((name) => amounts.has(name));
  const print = (cell: Cell, at: number): string =>
    point !== '.' && isAmount[at] === true && PLAIN_NUMBER.test(String(cell))
      ? String(cell).replace('.', point)
      : csvCell(cell, delimiter);
  return (cells) => `${cells.map(print).join(delimiter)}\r\n`;
}
