import { addDays, addMonths, dateOf, daysBetween, isoWeekday, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Grain, MetricQuery } from './query.ts';

/** Days, closed on both ends. No start: from the beginning. */
export type Span = { readonly start?: LocalDate; readonly end: LocalDate };

/** How far one step of a comparison reaches back. */
export type Step = { readonly months: number } | { readonly days: number };

/** The days asked for, up to the day the question is asked as of: nothing later has happened. */
export function spanOf({ period, asOf }: MetricQuery): Span {
  if (period === undefined) return { end: asOf };
  return { start: period.start, end: period.end < asOf ? period.end : asOf };
}

/** The days compared with. Undefined: there is no period to look back from. */
export function priorSpanOf(query: MetricQuery): Span | undefined {
  const { period, compare, asOf } = query;
  if (typeof compare === 'object') {
    const { start, end } = compare.period;
    return { start, end: end < asOf ? end : asOf };
  }
  if (period === undefined) return undefined;
  const months = compare === 'prior-year' ? 12 : wholeMonths(period.start, period.end);
  const back: Step =
    months === undefined ? { days: daysBetween(period.start, period.end) + 1 } : { months };
  const start = stepped(period.start, back, -1);
  const span = spanOf(query);
  const full = stepped(period.end, back, -1);
  if (span.end === period.end) return { start, end: full };
  const elapsed = daysBetween(period.start, span.end); // A running period: as many days as passed.
  const end = addDays(start, elapsed);
  return { start, end: end < full ? end : full };
}

/** How far each bucket of a trend looks back. */
export function stepOf(grain: Grain, { compare, period }: MetricQuery): Step {
  if (typeof compare === 'object' && period !== undefined) {
    return stepBetween(grain, compare.period.start, period.start);
  }
  if (grain === 'week') return { days: compare === 'prior-year' ? 364 : 7 };
  if (compare === 'prior-year') return { months: 12 };
  if (grain === 'day') return { days: 1 };
  if (grain === 'month') return { months: 1 };
  return { months: grain === 'quarter' || grain === 'fiscal_quarter' ? 3 : 12 };
}

/** From the bucket one day is in to the bucket another is in. */
function stepBetween(grain: Grain, from: LocalDate, to: LocalDate): Step {
  if (grain === 'day') return { days: daysBetween(from, to) };
  if (grain === 'week') return { days: daysBetween(monday(from), monday(to)) };
  const size = { month: 1, quarter: 3, fiscal_quarter: 3, year: 12, fiscal_year: 12 }[grain];
  const apart = monthsOf(to) - monthsOf(from);
  return { months: Math.round(apart / size) * size };
}

const monday = (day: LocalDate): LocalDate => addDays(day, 1 - isoWeekday(day));

function monthsOf(day: LocalDate): number {
  const [year, month] = partsOf(day);
  return year * 12 + month;
}

/** The span a whole trend is compared with: every bucket one step back. */
export function steppedSpan(span: Span, step: Step): Span {
  const end = stepped(span.end, step, -1);
  return span.start === undefined ? { end } : { start: stepped(span.start, step, -1), end };
}

/** A date as the warehouse keys it: 20250131. */
export const dateKeyOf = (date: LocalDate): number => Number(date.replaceAll('-', ''));

/** The last day of a month stays the last day of a month. */
function stepped(date: LocalDate, step: Step, direction: 1 | -1): LocalDate {
  if ('days' in step) return addDays(date, direction * step.days);
  const moved = addMonths(date, direction * step.months);
  return isMonthEnd(date) ? monthEnd(moved) : moved;
}

function wholeMonths(start: LocalDate, end: LocalDate): number | undefined {
  if (partsOf(start)[2] !== 1 || !isMonthEnd(end)) return undefined;
  const [fromYear, fromMonth] = partsOf(start);
  const [toYear, toMonth] = partsOf(end);
  return (toYear - fromYear) * 12 + toMonth - fromMonth + 1;
}

const isMonthEnd = (date: LocalDate): boolean => partsOf(addDays(date, 1))[2] === 1;

function monthEnd(date: LocalDate): LocalDate {
  const [year, month] = partsOf(date);
  return dateOf(year, month + 1, 0);
}
