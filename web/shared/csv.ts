import type { Language } from './i18n.ts';

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

type Cell = string | number | null;

/** One cell (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(value: Cell, delimiter: string): string {
  const text = value === null ? '' : String(value);
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  const quoted = /["\r\n]/.test(safe) || safe.includes(delimiter);
  return quoted ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Rows as CSV, as the server's own exports write them for spreadsheets: a German one parts columns at
 * semicolons and takes a comma for the decimal point, in the columns that hold figures.
 */
export function csvOf(
  rows: readonly (readonly Cell[])[],
  spreadsheet: Language,
  isFigure: (column: number) => boolean,
): string {
  const german = spreadsheet === 'de';
  const delimiter = german ? ';' : ',';
  const print = (cell: Cell, at: number): string =>
    german && isFigure(at) && PLAIN_NUMBER.test(String(cell))
      ? String(cell).replace('.', ',')
      : csvCell(cell, delimiter);
  const lines = rows.map((cells) => `${cells.map(print).join(delimiter)}\r\n`);
  return `\uFEFF${lines.join('')}`; // Spreadsheets take it for UTF-8 by this mark.
}

/** Hands a text over as a CSV file. */
export function saveCsv(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
