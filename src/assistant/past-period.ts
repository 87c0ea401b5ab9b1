import { addDays, daysBetween, type LocalDate } from '#kernel/time';

import { FIRST_WORDS, LAST_WORDS, MONTH_WORDS, UNIT_WORDS } from './date-words.ts';
import { type FoundPeriod, placed, type Reader, text } from './found-period.ts';
import { readCount, readOrdinal } from './numbers.ts';
import {
  dayPeriod,
  monthsPeriod,
  type Period,
  periodAround,
  rangePeriod,
  weekPeriod,
} from './period.ts';
import { shifted } from './shifted-period.ts';
import type { Token } from './tokens.ts';

/** 'Two years ago', 'vor zwei Jahren': the whole year, month, week or day that long back. */
export const ago: Reader = (tokens, at, context) => {
  const german = text(tokens, at) === 'vor';
  const from = german ? at + 1 : at;
  const token = tokens[from];
  const single = /^(a|an|one|eine[mr]?)$/.test(text(tokens, from));
  const count = single ? 1 : readCount(token);
  const unit = UNIT_WORDS.get(text(tokens, from + 1));
  if (count === undefined || count < 1 || count > 400 || unit === undefined) return undefined;
  if (!german && text(tokens, from + 2) !== 'ago') return undefined;
  const length = german ? 3 : from + 3 - at;
  return { length, period: shifted(unit, -count, context) };
};

/** 'The day before yesterday', 'vorgestern'. */
export const dayBeforeYesterday: Reader = (tokens, at, { asOf }) => {
  const period = dayPeriod(addDays(asOf, -2));
  if (text(tokens, at) === 'vorgestern') return { length: 1, period };
  const said = [0, 1, 2].map((step) => text(tokens, at + step)).join(' ');
  return said === 'day before yesterday' ? { length: 3, period } : undefined;
};

/** 'The week of 14 July 2025', 'Woche vom 14. Juli': the week that holds the day. */
export const weekOf =
  (readDay: Reader): Reader =>
  (tokens, at, context) => {
    if (!/^(week|woche)$/.test(text(tokens, at))) return undefined;
    if (!/^(of|vom|ab|starting|beginning|commencing)$/.test(text(tokens, at + 1))) return undefined;
    const from = text(tokens, at + 2) === 'the' ? at + 3 : at + 2;
    const day = readDay(tokens, from, context);
    if (day === undefined || day.period.shape !== 'day') return undefined;
    const period = weekAround(day.period.start, context.fiscalYearStartMonth);
    return { length: from - at + day.length, period };
  };

const weekAround = (day: LocalDate, fiscalStart: number) => periodAround(day, 'week', fiscalStart);

/** 'Weeks 10 to 12 of 2025', 'KW 10 bis 12 2025', 'KW 10-12'. */
export const weeks: Reader = (tokens, at, context) => {
  if (!/^(weeks?|kw|cw|wochen?|kalenderwochen?)$/.test(text(tokens, at))) return undefined;
  const first = weekAt(tokens, at + 1);
  const joined = /^(to|bis|–|through|until)$/.test(text(tokens, at + 2));
  const last = weekAt(tokens, at + (joined ? 3 : 2));
  const glued = !joined && tokens[at + 2]?.kind === 'number' && last !== undefined;
  if (first === undefined || last === undefined || last <= first || !(joined || glued))
    return undefined;
  const next = at + (joined ? 4 : 3);
  return placed(tokens, next, at, {
    inYear: (year) => rangePeriod(weekPeriod(year, first).start, weekPeriod(year, last).end),
    context,
  });
};

function weekAt(tokens: readonly Token[], at: number): number | undefined {
  const week = /^\d{1,2}$/.test(text(tokens, at)) ? Number(text(tokens, at)) : 0;
  return week >= 1 && week <= 53 ? week : undefined;
}

/** 'The first 10 days of July 2025', 'the second half of July': a part of the month that follows. */
export const partOf =
  (readMonth: Reader): Reader =>
  (tokens, at, context) => {
    const part = partAt(tokens, at);
    if (part === undefined) return undefined;
    let from = at + part.length;
    while (/^(of|des|im|in|the)$/.test(text(tokens, from))) from += 1;
    const month = readMonth(tokens, from, context);
    if (month === undefined || month.period.shape !== 'month') return undefined;
    const inMonth = ({ start, end }: Period): Period => {
      const [first, last] = part.within(daysBetween(start, end) + 1);
      const until = addDays(start, last - 1);
      return rangePeriod(addDays(start, first - 1), until < end ? until : end);
    };
    const { inYear } = month;
    return {
      length: from - at + month.length,
      period: inMonth(month.period),
      ...(inYear === undefined ? {} : { inYear: (year: number) => inMonth(inYear(year)) }),
    };
  };

type Part = { readonly length: number; within(days: number): readonly [number, number] };

function partAt(tokens: readonly Token[], at: number): Part | undefined {
  const first = FIRST_WORDS.has(text(tokens, at));
  const last = LAST_WORDS.has(text(tokens, at));
  if (/^(half|haelfte)$/.test(text(tokens, at + 1))) {
    if (first) return { length: 2, within: () => [1, 15] };
    const second = last || readOrdinal(tokens[at], true) === 2;
    return second ? { length: 2, within: (days) => [16, days] } : undefined;
  }
  const one = UNIT_WORDS.get(text(tokens, at + 1)) === 'week';
  const count = one ? 1 : readCount(tokens[at + 1]);
  const unit = one ? 'week' : UNIT_WORDS.get(text(tokens, at + 2));
  if (!(first || last) || count === undefined || (unit !== 'day' && unit !== 'week'))
    return undefined;
  const long = unit === 'week' ? count * 7 : count;
  if (long < 1 || long > 31) return undefined;
  return { length: one ? 2 : 3, within: (days) => (first ? [1, long] : [days - long + 1, days]) };
}

const DAY = /^(\d{1,2})(?:st|nd|rd|th)?$/;

/** 'Vom 1. bis 15. Juli 2025', 'July 1 to 15, 2025': two days of the month named once. */
export const daysOfMonth =
  (readMonth: Reader): Reader =>
  (tokens, at, context) => {
    let place = /^(from|between|vom|von|zwischen)$/.test(text(tokens, at)) ? at + 1 : at;
    const ahead = readMonth(tokens, place, context);
    if (ahead !== undefined && ahead.length === 1) place += 1;
    if (text(tokens, place) === 'the') place += 1;
    const joined = /^(to|and|bis|und|–|until|through)$/.test(text(tokens, place + 1));
    let second = joined ? place + 2 : place + 1;
    if (/^(the|zum)$/.test(text(tokens, second))) second += 1;
    const [from, to] = [dayAt(tokens, place), dayAt(tokens, second)];
    if (from === undefined || to === undefined || from >= to) return undefined;
    const next = text(tokens, second + 1) === 'of' ? second + 2 : second + 1;
    const after = readMonth(tokens, next, context);
    const month = ahead?.length === 1 ? MONTH_WORDS.get(text(tokens, place - 1)) : undefined;
    if (month !== undefined) {
      const inYear = (year: number): Period => daysIn(monthsPeriod(year, month, 'month'), from, to);
      return placed(tokens, second + 1, at, { inYear, context });
    }
    if (after?.period.shape !== 'month') return undefined;
    return { length: next - at + after.length, period: daysIn(after.period, from, to) };
  };

function dayAt(tokens: readonly Token[], at: number): number | undefined {
  const day = Number(DAY.exec(text(tokens, at))?.[1] ?? 0);
  return day >= 1 && day <= 31 ? day : undefined;
}

const daysIn = ({ start }: Period, from: number, to: number): Period =>
  rangePeriod(addDays(start, from - 1), addDays(start, to - 1));

/** The longest of several readings. */
export function longest(found: readonly (FoundPeriod | undefined)[]): FoundPeriod | undefined {
  return found.reduce(
    (best, each) => ((each?.length ?? 0) > (best?.length ?? 0) ? each : best),
    undefined,
  );
}
