import {
  addDays,
  addMonths,
  dateOf,
  daysBetween,
  isoWeekday,
  type LocalDate,
  partsOf,
} from '#kernel/time';

import type { Locale } from './numbers.ts';

/** A stretch of the calendar that a question can name. */
export type PeriodShape =
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'half'
  | 'year'
  | 'fiscal_quarter'
  | 'fiscal_year'
  | 'range';

/** Days from `start` to `end`, both included. */
export type Period = {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly shape: PeriodShape;
  /** Cut off at today although the named stretch goes on. */
  readonly toDate: boolean;
  /** Fiscal periods only: the year (and quarter) they are named by. */
  readonly fiscal?: { readonly year: number; readonly quarter?: number };
  /** Ranges made of two named periods: 'Q1 2024 and Q1 2025', 'from 2023 to 2024'. */
  readonly parts?: readonly [Period, Period];
  /** Ranges with one named end: 'since March 2024', 'until 2023'. */
  readonly open?: 'since' | 'until';
};

/** The first day the calendar knows: where 'until 2024' begins. */
export const CALENDAR_START = dateOf(2000, 1, 1);

export const SHAPE_MONTHS: Readonly<Partial<Record<PeriodShape, number>>> = {
  month: 1,
  quarter: 3,
  half: 6,
  year: 12,
  fiscal_quarter: 3,
  fiscal_year: 12,
};

export function dayPeriod(day: LocalDate): Period {
  return { start: day, end: day, shape: 'day', toDate: false };
}

export function rangePeriod(start: LocalDate, end: LocalDate, toDate = false): Period {
  return { start, end, shape: 'range', toDate };
}

/** Several whole months: a month, quarter, half or year. */
export function monthsPeriod(year: number, month: number, shape: PeriodShape): Period {
  const start = dateOf(year, month, 1);
  const end = addDays(addMonths(start, SHAPE_MONTHS[shape] ?? 1), -1);
  return { start, end, shape, toDate: false };
}

export const yearPeriod = (year: number): Period => monthsPeriod(year, 1, 'year');

export const quarterPeriod = (year: number, quarter: number): Period =>
  monthsPeriod(year, quarter * 3 - 2, 'quarter');

export const halfPeriod = (year: number, half: number): Period =>
  monthsPeriod(year, half * 6 - 5, 'half');

/** The ISO week of a year; week 53 of a year without one is the first of the next. */
export function weekPeriod(year: number, week: number): Period {
  const fourth = dateOf(year, 1, 4);
  const start = addDays(fourth, 1 - isoWeekday(fourth) + (week - 1) * 7);
  return { start, end: addDays(start, 6), shape: 'week', toDate: false };
}

/** A fiscal year is named by the calendar year in which it ends. */
export function fiscalYearPeriod(year: number, startMonth: number): Period {
  const start = startMonth === 1 ? dateOf(year, 1, 1) : dateOf(year - 1, startMonth, 1);
  const end = addDays(addMonths(start, 12), -1);
  return { start, end, shape: 'fiscal_year', toDate: false, fiscal: { year } };
}

export function fiscalQuarterPeriod(year: number, quarter: number, startMonth: number): Period {
  const start = addMonths(fiscalYearPeriod(year, startMonth).start, (quarter - 1) * 3);
  const end = addDays(addMonths(start, 3), -1);
  return { start, end, shape: 'fiscal_quarter', toDate: false, fiscal: { year, quarter } };
}

/** The fiscal year a day belongs to. */
export function fiscalYearOf(day: LocalDate, startMonth: number): number {
  const [year, month] = partsOf(day);
  return startMonth === 1 || month < startMonth ? year : year + 1;
}

/** The period of a shape that contains a day. */
export function periodAround(day: LocalDate, shape: PeriodShape, fiscalStart: number): Period {
  const [year, month] = partsOf(day);
  switch (shape) {
    case 'day':
    case 'range':
      return dayPeriod(day);
    case 'week': {
      const start = addDays(day, 1 - isoWeekday(day));
      return { start, end: addDays(start, 6), shape, toDate: false };
    }
    case 'month':
      return monthsPeriod(year, month, 'month');
    case 'quarter':
      return quarterPeriod(year, Math.ceil(month / 3));
    case 'half':
      return halfPeriod(year, month <= 6 ? 1 : 2);
    case 'year':
      return yearPeriod(year);
    case 'fiscal_year':
      return fiscalYearPeriod(fiscalYearOf(day, fiscalStart), fiscalStart);
    case 'fiscal_quarter': {
      const named = fiscalYearOf(day, fiscalStart);
      const months = (month - fiscalStart + 12) % 12;
      return fiscalQuarterPeriod(named, Math.floor(months / 3) + 1, fiscalStart);
    }
  }
}

/** The same period cut off at a day that lies inside it. */
export function cutAt(period: Period, day: LocalDate): Period {
  return period.start <= day && day < period.end ? { ...period, end: day, toDate: true } : period;
}

/** Neighbouring periods as one; undefined when days lie between them. */
export function joined(first: Period, second: Period): Period | undefined {
  const [a, b] = first.start <= second.start ? [first, second] : [second, first];
  if (daysBetween(a.end, b.start) > 1) return undefined;
  const whole = rangePeriod(a.start, a.end > b.end ? a.end : b.end);
  return { ...whole, parts: [a, b] };
}

const MONTHS = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  de: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
} as const;

/** A day as people write it: '4 March 2025', '4. März 2025'. */
export function dayLabel(day: LocalDate, locale: Locale): string {
  const [year, month, dayOfMonth] = partsOf(day);
  const name = MONTHS[locale][month - 1] ?? '';
  return locale === 'en' ? `${dayOfMonth} ${name} ${year}` : `${dayOfMonth}. ${name} ${year}`;
}

/** A month as people write it: 'March 2025'. */
export function monthLabel(day: LocalDate, locale: Locale): string {
  const [year, month] = partsOf(day);
  return `${MONTHS[locale][month - 1] ?? ''} ${year}`;
}

/** The name of a period: '2024', 'Q3 2025', 'March 2025', '4 May 2025 – 9 June 2025'. */
export function periodLabel(period: Period, locale: Locale): string {
  const { start, end } = period;
  if (period.toDate && period.shape !== 'range') {
    const whole = periodLabel({ ...period, toDate: false }, locale);
    return locale === 'en' ? `${whole} to date` : `${whole} bis heute`;
  }
  if (period.open === 'since')
    return `${locale === 'en' ? 'since' : 'seit'} ${dayLabel(start, locale)}`;
  const [year, month] = partsOf(start);
  const { fiscal } = period;
  switch (period.shape) {
    case 'day':
      return dayLabel(start, locale);
    case 'week': {
      const [isoYear, week] = isoWeekOf(start);
      return locale === 'en' ? `week ${week} of ${isoYear}` : `KW ${week} ${isoYear}`;
    }
    case 'month':
      return monthLabel(start, locale);
    case 'quarter':
      return `Q${Math.ceil(month / 3)} ${year}`;
    case 'half':
      return locale === 'en'
        ? `H${month < 7 ? 1 : 2} ${year}`
        : `${month < 7 ? 1 : 2}. Halbjahr ${year}`;
    case 'year':
      return String(year);
    case 'fiscal_year':
      return locale === 'en' ? `FY${fiscal?.year ?? year}` : `GJ ${fiscal?.year ?? year}`;
    case 'fiscal_quarter':
      return `${locale === 'en' ? 'FY' : 'GJ '}${fiscal?.year ?? year} Q${fiscal?.quarter ?? 1}`;
    case 'range':
      return rangeLabel(start, end, locale);
  }
}

function rangeLabel(start: LocalDate, end: LocalDate, locale: Locale): string {
  if (start === CALENDAR_START)
    return `${locale === 'en' ? 'until' : 'bis'} ${dayLabel(end, locale)}`;
  const wholeMonths = start.endsWith('-01') && addDays(end, 1).endsWith('-01');
  if (!wholeMonths) return `${dayLabel(start, locale)} – ${dayLabel(end, locale)}`;
  const wholeYears = start.endsWith('-01-01') && end.endsWith('-12-31');
  if (wholeYears) return `${start.slice(0, 4)} – ${end.slice(0, 4)}`;
  return `${monthLabel(start, locale)} – ${monthLabel(end, locale)}`;
}

/** ISO 8601 year and week of a day. */
export function isoWeekOf(day: LocalDate): readonly [number, number] {
  const thursday = addDays(day, 4 - isoWeekday(day));
  const [year] = partsOf(thursday);
  return [year, Math.floor(daysBetween(dateOf(year, 1, 1), thursday) / 7) + 1];
}
