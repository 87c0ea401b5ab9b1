import type { Answer } from '#api-contract';
import { csvOf } from '../csv.ts';
import { titleOf } from './cell.ts';

/** An answer's rows as CSV with every digit, as the lists' own exports write them. */
export function answerCsv({ columns, rows }: Answer): string {
  const head = columns.map((column) =>
    column.unit === undefined ? titleOf(column) : `${titleOf(column)} (${column.unit})`,
  );
  return csvOf([head, ...rows]);
}
