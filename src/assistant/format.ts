import {
  decimal,
  type Decimal,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  trimDecimal,
} from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';
import type { ResultColumn } from '#semantic';

import type { Locale } from './numbers.ts';
import { dayLabel, fiscalYearOf, monthLabel, periodAround, periodLabel } from './period.ts';

/** A cell of a result. */
export type Cell = string | number | null;

type Shown = Pick<ResultColumn, 'type' | 'unit' | 'grain'>;

/** A cell as people read it: '1,234.50 USD', '2.41 %', 'March 2025'. */
export function formatCell(value: Cell, column: Shown, locale: Locale): string {
  if (value === null) return '–';
  if (column.type === 'text') return String(value);
  if (column.type === 'date') return formatDay(String(value), column, locale);
  const exact = parseDecimal(String(value));
  return exact === undefined ? String(value) : formatNumber(exact, column, locale);
}

function formatDay(text: string, { grain }: Shown, locale: Locale): string {
  const day = parseLocalDate(text);
  if (day === undefined) return text;
  if (grain === 'month') return monthLabel(day, locale);
  if (grain === 'day' || grain === undefined) return dayLabel(day, locale);
  if (grain === 'fiscal_year') return `FY${fiscalYearOf(day, Number(day.slice(5, 7)))}`;
  if (grain === 'fiscal_quarter') return monthLabel(day, locale);
  return periodLabel(periodAround(day, grain, 1), locale);
}

function formatNumber(value: Decimal, { type, unit }: Shown, locale: Locale): string {
  const suffix = unit === undefined ? '' : ` ${unit}`;
  if (type === 'ratio')
    return `${grouped(roundDecimal(multiplyDecimals(value, decimal('100')), 2), locale)} %`;
  if (type === 'money') return grouped(roundDecimal(value, 2), locale) + suffix;
  if (type === 'days')
    return `${grouped(roundDecimal(value, 1), locale)} ${locale === 'en' ? 'days' : 'Tage'}`;
  return grouped(trimDecimal(roundDecimal(value, 2)), locale) + suffix;
}

function grouped(value: string, locale: Locale): string {
  const [whole = '', fraction] = value.split('.');
  const marks = locale === 'en' ? [',', '.'] : ['.', ','];
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, marks[0] ?? '');
  return fraction === undefined ? digits : `${digits}${marks[1] ?? '.'}${fraction}`;
}
