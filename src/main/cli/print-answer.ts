import type { Answer } from '#api-contract';
import { formatCell } from '#assistant';
import type { Locale } from '#assistant';
import { printTable } from './print.ts';

const CELL_TYPES = ['text', 'date', 'money', 'quantity', 'count', 'days', 'ratio'] as const;
const GRAINS = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal_quarter',
  'fiscal_year',
] as const;

const NEXT: Readonly<Record<Locale, string>> = { en: 'Next', de: 'Weiter' };

/** Prints an answer with its figures as people read them; what money is in stands in its heading. */
export function printAnswer(answer: Answer, locale: Locale): void {
  console.log(answer.reading);
  if (answer.columns.length > 0) {
    console.log('');
    const headings = answer.columns.map(({ name, title, unit }) =>
      unit === undefined ? (title ?? name) : `${title ?? name} (${unit})`,
    );
    printTable(
      headings,
      answer.rows.map((row) => row.map((cell, at) => cellText(answer, at, cell, locale))),
    );
  }
  if (answer.narrative !== '') console.log(`\n${answer.narrative}`);
  for (const assumption of answer.assumptions) console.log(`· ${assumption}`);
  for (const { label, question } of answer.options) console.log(`  ${label}: "${question}"`);
  if (answer.followUps.length > 0) {
    console.log(`\n${NEXT[locale]}: ${answer.followUps.join(' · ')}`);
  }
}

function cellText(
  { columns }: Answer,
  at: number,
  cell: string | number | null,
  locale: Locale,
): string {
  const column = columns[at];
  if (column === undefined) return '';
  const { name, fiscalYearStartMonth = 1 } = column;
  const type = CELL_TYPES.find((one) => one === column.type) ?? 'text';
  const grain = GRAINS.find((one) => one === name);
  const shown = { name, type, ...(grain === undefined ? {} : { grain }) };
  return formatCell(cell, shown, { locale, fiscalYearStartMonth });
}
