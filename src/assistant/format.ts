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
import { codeName } from './code-names.ts';
import { dayLabel, monthLabel, periodAround, periodLabel } from './period.ts';

/** A cell of a result. */
export type Cell = string | number | null;

type Shown = Pick<ResultColumn, 'type' | 'unit' | 'grain'> & { readonly name?: string };

/** Whose language numbers and days are written in, and when his fiscal year begins. */
export type Style = { readonly locale: Locale; readonly fiscalYearStartMonth: number };

/** A cell as people read it: '1,234.50 USD', '2.41 %', 'March 2025'. */
export function formatCell(value: Cell, column: Shown, style: Style): string {
  if (value === null) return '–';
  if (column.type === 'text') return codeName(column.name ?? '', String(value), style.locale);
  if (column.type === 'date') return formatDay(String(value), column, style);
  const exact = parseDecimal(String(value));
  return exact === undefined ? String(value) : formatNumber(exact, column, style.locale);
}

function formatDay(
  text: string,
  { grain }: Shown,
  { locale, fiscalYearStartMonth }: Style,
): string {
  const day = parseLocalDate(text);
  if (day === undefined) return text;
  if (grain === 'month') return monthLabel(day, locale);
  if (grain === 'day' || grain === undefined) return dayLabel(day, locale);
  return periodLabel(periodAround(day, grain, fiscalYearStartMonth), locale);
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
