import type { Answer } from '#api-contract';
import { titleOf } from './cell.ts';

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

/** One cell (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An answer's rows as CSV with every digit, as the lists' own exports write them. */
export function answerCsv({ columns, rows }: Answer): string {
  const head = columns.map((column) =>
    column.unit === undefined ? titleOf(column) : `${titleOf(column)} (${column.unit})`,
  );
  const lines = [head, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`);
  return `\uFEFF${lines.join('')}`; // Spreadsheets take it for UTF-8 by this mark.
}
