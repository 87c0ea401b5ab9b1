import {
  addDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addMonths, daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { amountOf } from './subscription.ts';
import type { NewEvent } from './subscription.ts';

/** An interval that is charged; `to` is the first day after it. */
export type Period = { readonly from: LocalDate; readonly to: LocalDate };

type Grid = Pick<NewEvent, 'anchorOn' | 'intervalMonths'>;
type Span = Period & { readonly amount: Decimal }; // For a whole interval, exact.

const ZERO = decimal('0');
const PLACES = 12;

/** The intervals of a subscription that begin until a day, the oldest first. */
export function periodsOf(events: readonly NewEvent[], until: LocalDate): readonly Period[] {
  const periods: Period[] = [];
  for (const [at, event] of events.entries()) {
    if (event.anchorOn !== event.on || (at > 0 && events[at - 1]?.anchorOn === event.anchorOn)) {
      continue; // The intervals go on as they were.
    }
    const next = events.slice(at + 1).find(({ anchorOn }) => anchorOn !== event.anchorOn);
    periods.push(...gridOf(event, next?.on, until));
  }
  const end = endOf(events);
  return periods.filter(({ from }) => end === undefined || from < end);
}

function gridOf(
  { anchorOn, intervalMonths }: Grid,
  next: LocalDate | undefined,
  until: LocalDate,
): readonly Period[] {
  const periods: Period[] = [];
  for (let count = 0; ; count += 1) {
    const from = addMonths(anchorOn, count * intervalMonths);
    if (from > until || (next !== undefined && from >= next)) return periods;
    periods.push({ from, to: addMonths(anchorOn, (count + 1) * intervalMonths) });
  }
}

/** Whether intervals begin on a day, were it reached. */
export const isBoundary = ({ anchorOn, intervalMonths }: Grid, on: LocalDate): boolean =>
  gridOf({ anchorOn, intervalMonths }, undefined, on).at(-1)?.from === on;

/** The first day that is not of a subscription any more. */
export function endOf(events: readonly NewEvent[]): LocalDate | undefined {
  const last = events.at(-1);
  return last?.status === 'ended' ? last.on : (last?.endsOn ?? undefined);
}

/** What an interval costs by days: what holds on each of them, rounded once. */
export function dueOf(events: readonly NewEvent[], period: Period, scale: number): Decimal {
  const days = decimal(String(daysBetween(period.from, period.to)));
  let due = ZERO;
  for (const span of spansOf(events, period)) {
    const share = decimal(String(daysBetween(span.from, span.to)));
    const whole = multiplyDecimals(span.amount, share);
    due = addDecimals(due, divideDecimals(whole, days, PLACES) ?? ZERO);
  }
  return roundDecimal(due, scale);
}

/** The last day on which something changed within an interval, else its first. */
export function changedOn(events: readonly NewEvent[], { from, to }: Period): LocalDate {
  const within = events.filter(({ on }) => on > from && on < to);
  return within.at(-1)?.on ?? from;
}

function spansOf(events: readonly NewEvent[], { from, to }: Period): readonly Span[] {
  const end = endOf(events) ?? to;
  const last = end < to ? end : to;
  return events.flatMap((event, at): readonly Span[] => {
    if (event.status !== 'active') return [];
    const begins = event.on > from ? event.on : from;
    const next = events[at + 1]?.on ?? last;
    const ends = next < last ? next : last;
    return begins < ends ? [{ from: begins, to: ends, amount: amountOf(event) }] : [];
  });
}

/** So much of an amount is earned at the end of a day, when it is earned evenly. */
export function earnedBy(
  amount: Decimal,
  { from, to }: Period,
  of: { readonly through: LocalDate; readonly scale: number },
): Decimal {
  const days = daysBetween(from, to);
  const passed = Math.min(days, daysBetween(from, of.through) + 1);
  if (passed <= 0) return roundDecimal(ZERO, of.scale);
  const share = multiplyDecimals(amount, decimal(String(passed)));
  return divideDecimals(share, decimal(String(days)), of.scale) ?? ZERO;
}
