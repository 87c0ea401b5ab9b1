/** What one cell of a file may hold; undefined is an empty one. */
export type Cell = string | number | boolean | undefined;

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

/**
 * One CSV cell (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in
 * front; plain numbers, negative ones too, stay numbers.
 */
export function csvCell(value: Cell): string {
  if (value === undefined) return '';
  const text = String(value);
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line with its end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;
