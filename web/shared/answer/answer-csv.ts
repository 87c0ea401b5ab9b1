import type { Answer } from '#api-contract';
import { csvOf } from '../csv.ts';
import type { Language } from '../i18n.ts';
import { titleOf } from './cell.ts';

const WORDS = new Set(['text', 'date']);

/** An answer's rows as CSV with every digit, as the lists' own exports write them. */
export function answerCsv({ columns, rows }: Answer, spreadsheet: Language): string {
  const head = columns.map((column) =>
    column.unit === undefined ? titleOf(column) : `${titleOf(column)} (${column.unit})`,
  );
  return csvOf([head, ...rows], spreadsheet, (at) => !WORDS.has(columns[at]?.type ?? 'text'));
}
