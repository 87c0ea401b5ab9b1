import type { Answer } from '#api-contract';
import type { Format } from '../format.ts';

export type AnswerColumn = Answer['columns'][number];
export type CellValue = string | number | null;

export const titleOf = (column: AnswerColumn): string =>
  column.title ?? column.name.replaceAll('_', ' ');

export const isFigure = (column: AnswerColumn): boolean =>
  column.type !== 'text' && column.type !== 'date';

const MONEY_DIGITS = 2;

/** The months one step of a grain covers; none for what is counted in days. */
const MONTHS: Readonly<Record<string, number>> = {
  month: 1,
  quarter: 3,
  fiscal_quarter: 3,
  year: 12,
  fiscal_year: 12,
};

/** A fiscal year is named by the calendar year in which it ends. */
function fiscalText(column: AnswerColumn, start: string, format: Format): string {
  const begins = column.fiscalYearStartMonth ?? 1;
  const [year = 0, month = 1] = start.split('-').map(Number);
  const named = begins > 1 && month >= begins ? year + 1 : year;
  const quarter = Math.floor(((month - begins + 12) % 12) / 3) + 1;
  const text = format.locale.startsWith('de') ? `GJ ${named}` : `FY${named}`;
  return column.name === 'fiscal_year' ? text : `${text} Q${quarter}`;
}

function periodText(column: AnswerColumn, start: string, format: Format): string {
  const grain = column.name;
  const [year = '', month = '1'] = start.split('-');
  if (grain === 'fiscal_year' || grain === 'fiscal_quarter') {
    return fiscalText(column, start, format);
  }
  if (grain === 'year') return year;
  if (grain === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`;
  if (grain === 'month') return format.month(start);
  return format.day(start);
}

/** How many digits after the point money of several currencies needs so that all of it lines up. */
export function digitsOf(column: AnswerColumn, cells: readonly CellValue[]): number | undefined {
  if (column.type !== 'money' || column.unit !== undefined) return undefined;
  const needed = cells.map((cell) => (String(cell ?? '').split('.')[1] ?? '').replace(/0+$/, ''));
  return Math.max(MONEY_DIGITS, ...needed.map(({ length }) => length));
}

/**
 * A cell as people read it. The currency of money stands in its column's title; `digits` after the
 * point where its column lines up.
 */
export function cellText(
  column: AnswerColumn,
  value: CellValue,
  format: Format,
  digits?: number,
): string {
  if (value === null) return '–';
  const text = String(value);
  switch (column.type) {
    case 'money':
      if (column.unit !== undefined) return format.amount(text, column.unit);
      return digits === undefined ? format.decimal(text) : format.fixed(text, digits);
    case 'count':
      return format.count(text);
    case 'days':
      return format.rounded(text, 1);
    case 'ratio':
      return format.percent(text);
    case 'quantity':
      return format.rounded(text, 3);
    case 'date':
      return periodText(column, text, format);
    default:
      return text;
  }
}

/** A cell with its unit: for places where no column title stands beside it. */
export function cellWithUnit(column: AnswerColumn, value: CellValue, format: Format): string {
  if (value !== null && column.type === 'money' && column.unit !== undefined) {
    return format.money(String(value), column.unit);
  }
  const text = cellText(column, value, format);
  return column.unit === undefined || column.type === 'ratio' ? text : `${text} ${column.unit}`;
}

const pad = (part: number): string => String(part).padStart(2, '0');

/** The first and last day of the step that begins on a day. */
export function stepRange(grain: string, start: string): { from: string; to: string } {
  const months = MONTHS[grain];
  const [year = 0, month = 1, day = 1] = start.split('-').map(Number);
  const days = grain === 'week' ? 7 : 1;
  const end =
    months === undefined
      ? new Date(Date.UTC(year, month - 1, day + days - 1))
      : new Date(Date.UTC(year, month - 1 + months, day - 1));
  const to = `${end.getUTCFullYear()}-${pad(end.getUTCMonth() + 1)}-${pad(end.getUTCDate())}`;
  return { from: start, to };
}
