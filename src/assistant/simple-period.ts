import { addDays, addMonths, dateOf, parseLocalDate, partsOf } from '#kernel/time';

import {
  BEFORE_NOUNS,
  FIRST_WORDS,
  LAST_WORDS,
  MONTH_WORDS,
  NEXT_WORDS,
  ROLLING_WORDS,
  THIS_WORDS,
  TO_DATE_WORDS,
  UNIT_WORDS,
} from './date-words.ts';
import { readCount, readOrdinal } from './numbers.ts';
import {
  ago,
  dayBeforeYesterday,
  daysOfMonth,
  longest,
  partOf,
  weekOf,
  weeks,
} from './past-period.ts';
import {
  cutAt,
  dayPeriod,
  fiscalQuarterPeriod,
  fiscalYearPeriod,
  halfPeriod,
  monthsPeriod,
  type Period,
  type PeriodShape,
  quarterPeriod,
  rangePeriod,
  SHAPE_MONTHS,
  weekPeriod,
  yearPeriod,
} from './period.ts';
import { shifted, shiftedBy, stepped, fiscalShape } from './shifted-period.ts';
import {
  placed,
  text,
  yearAfter,
  yearAt,
  type DateContext,
  type FoundPeriod,
  type Reader,
} from './found-period.ts';
import type { Token } from './tokens.ts';

/** Reads one period without 'from … to': the longest of all readings. */
export function readSimplePeriod(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
): FoundPeriod | undefined {
  if (tokens[at]?.quoted !== false) return undefined;
  let best: FoundPeriod | undefined;
  for (const read of READERS) {
    const found = read(tokens, at, context);
    if (found !== undefined && found.length > (best?.length ?? 0)) best = found;
  }
  return best === undefined ? undefined : toToday(tokens, at, best, context);
}

/** '2026 to date', '2026 bis heute': cut off at today. */
function toToday(
  tokens: readonly Token[],
  at: number,
  found: FoundPeriod,
  { asOf }: DateContext,
): FoundPeriod {
  const words = [0, 1, 2].map((step) => text(tokens, at + found.length + step));
  const said = /^(?:(?:year )?to date|ytd|so far|bis heute|bis jetzt)(?= |$)/.exec(words.join(' '));
  if (said === null) return found;
  const { inYear: _inYear, ...rest } = found;
  const length = found.length + said[0].split(' ').length;
  return { ...rest, length, period: cutAt(found.period, asOf) };
}

const numericDate: Reader = (tokens, at) => {
  const written = text(tokens, at);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(written);
  if (iso !== null) return wholeDay(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{2,4})$/.exec(written);
  if (dotted !== null) return wholeDay(longYear(dotted[3]), dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{2,4})$/.exec(written);
  if (slashed === null) return monthOfYear(written);
  const year = longYear(slashed[3]);
  const dayFirst = wholeDay(year, slashed[2], slashed[1]);
  const monthFirst = wholeDay(year, slashed[1], slashed[2]);
  if (dayFirst === undefined || monthFirst === undefined) return dayFirst ?? monthFirst;
  const [a, b] = [dayFirst.period.start, monthFirst.period.start];
  return a === b ? dayFirst : { ...dayFirst, either: [a, b] };
};

function monthOfYear(written: string): FoundPeriod | undefined {
  const match = /^(\d{4})-(\d{2})$|^(\d{1,2})[./](\d{4})$/.exec(written);
  if (match === null) return undefined;
  const year = Number(match[1] ?? match[4]);
  const month = Number(match[2] ?? match[3]);
  if (month < 1 || month > 12 || year < 1990 || year > 2059) return undefined;
  return { length: 1, period: monthsPeriod(year, month, 'month') };
}

function longYear(written = ''): string {
  return written.length === 2 ? `20${written}` : written;
}

function wholeDay(year = '', month = '', day = ''): FoundPeriod | undefined {
  const read = parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return read === undefined ? undefined : { length: 1, period: dayPeriod(read) };
}

const wholeYear: Reader = (tokens, at) => {
  const prefixed = /^(calendar|kalenderjahr|year|jahr|jahres)$/.test(text(tokens, at));
  let place = prefixed ? at + 1 : at;
  if (prefixed && text(tokens, place) === 'year') place += 1;
  const year = yearAt(tokens, place);
  if (year === undefined) return undefined;
  return { length: place - at + 1, period: yearPeriod(year) };
};

const namedMonth: Reader = (tokens, at, context) => {
  const month = MONTH_WORDS.get(text(tokens, at));
  if (month === undefined) return undefined;
  const found = placed(tokens, at + 1, at, {
    inYear: (year) => monthsPeriod(year, month, 'month'),
    context,
  });
  const short = /^\d{2}$/.exec(text(tokens, at + 1));
  if (short !== null && found.inYear !== undefined) return shortDate(tokens, at, month, context);
  return isModalMay(tokens, at, found) ? undefined : found;
};

/** 'May 24': a day in May; a year only with more than 31 or when the writer says so. */
function shortDate(
  tokens: readonly Token[],
  at: number,
  month: number,
  context: DateContext,
): FoundPeriod | undefined {
  const day = Number(text(tokens, at + 1));
  const found = placed(tokens, at + 2, at, { inYear: (year) => dayIn(year, month, day), context });
  return day >= 1 && day <= 31 ? found : undefined;
}

/** Whether some year has that day: 29 February is one, 31 February none. */
const isDayOf = (month: number, day: number): boolean =>
  day >= 1 && partsOf(dateOf(2024, month, day))[1] === month;

function dayIn(year: number, month: number, day: number): Period {
  return dayPeriod(dateOf(year, month, day));
}

function isModalMay(tokens: readonly Token[], at: number, found: FoundPeriod): boolean {
  if (text(tokens, at) !== 'may' || found.inYear === undefined) return false;
  return !/^(in|of|for|during|since|from|until|to|and|through|between|before|after|last|this|vs)$/.test(
    text(tokens, at - 1),
  );
}

const dayOfMonth: Reader = (tokens, at, context) => {
  const first = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(text(tokens, at));
  const place = text(tokens, at + 1) === 'of' ? at + 2 : at + 1;
  const month = MONTH_WORDS.get(text(tokens, place));
  const day = Number(first?.[1] ?? 0);
  if (month === undefined || !isDayOf(month, day)) return undefined;
  return placed(tokens, place + 1, at, { inYear: (year) => dayIn(year, month, day), context });
};

const monthDay: Reader = (tokens, at, context) => {
  const month = MONTH_WORDS.get(text(tokens, at));
  const second = /^(\d{1,2})(st|nd|rd|th)?$/.exec(text(tokens, at + 1));
  const day = Number(second?.[1] ?? 0);
  if (month === undefined || !isDayOf(month, day)) return undefined;
  return placed(tokens, at + 2, at, { inYear: (year) => dayIn(year, month, day), context });
};

const quarterOrHalf: Reader = (tokens, at, context) => {
  const code = /^(?:(\d{4}))?([qh])([1-4])(?:(\d{4}))?$/.exec(text(tokens, at));
  const spaced = /^([qh])$/.exec(text(tokens, at));
  const letter = code?.[2] ?? spaced?.[1];
  const number = Number(code?.[3] ?? (spaced === null ? 0 : text(tokens, at + 1)));
  if (letter === undefined || !(number >= 1 && number <= (letter === 'q' ? 4 : 2)))
    return undefined;
  const inYear = (year: number): Period =>
    letter === 'q' ? quarterPeriod(year, number) : halfPeriod(year, number);
  const glued = code?.[1] ?? code?.[4];
  if (glued !== undefined) return { length: 1, period: inYear(Number(glued)) };
  const next = at + (spaced === null ? 1 : 2);
  const fiscal = fiscalYearAt(tokens, next, context);
  if (fiscal !== undefined && letter === 'q') {
    const period = fiscalQuarterPeriod(fiscal.year, number, context.fiscalYearStartMonth);
    return { length: next - at + fiscal.length, period };
  }
  return placed(tokens, next, at, { inYear, context });
};

const yearThenPart: Reader = (tokens, at, context) => {
  const year = yearAt(tokens, at);
  if (year === undefined) return undefined;
  const month = MONTH_WORDS.get(text(tokens, at + 1));
  if (month !== undefined) return { length: 2, period: monthsPeriod(year, month, 'month') };
  const week = /^(?:w|kw|cw)(\d{1,2})$/.exec(text(tokens, at + 1));
  if (week !== null) return { length: 2, period: weekPeriod(year, Number(week[1])) };
  const part = quarterOrHalf(tokens, at + 1, context) ?? ordinalPart(tokens, at + 1, context);
  if (part?.inYear === undefined) return undefined;
  return { length: part.length + 1, period: part.inYear(year) };
};

const ordinalPart: Reader = (tokens, at, context) => {
  const unit = UNIT_WORDS.get(text(tokens, at + 1));
  const last = LAST_WORDS.has(text(tokens, at));
  if (unit !== 'quarter' && unit !== 'half' && unit !== 'month') return undefined;
  const most = { quarter: 4, half: 2, month: 12 }[unit];
  const number = last ? most : readOrdinal(tokens[at], unit !== 'month');
  if (number === undefined || number > most) return undefined;
  const inYear = (year: number): Period => {
    if (unit === 'quarter') return quarterPeriod(year, number);
    return unit === 'half' ? halfPeriod(year, number) : monthsPeriod(year, number, 'month');
  };
  const found = placed(tokens, at + 2, at, { inYear, context });
  return last && found.inYear !== undefined ? undefined : found;
};

const week: Reader = (tokens, at, context) => {
  const glued = /^(?:kw|cw|w)(\d{1,2})$/.exec(text(tokens, at));
  const named = /^(kw|cw|week|kalenderwoche|woche)$/.test(text(tokens, at));
  const calendar = text(tokens, at) === 'calendar' && text(tokens, at + 1) === 'week';
  const place = calendar ? at + 2 : at + 1;
  const number = Number(glued?.[1] ?? (named || calendar ? text(tokens, place) || 0 : 0));
  if (!(number >= 1 && number <= 53)) return undefined;
  const next = glued === null ? place + 1 : at + 1;
  return placed(tokens, next, at, { inYear: (year) => weekPeriod(year, number), context });
};

function fiscalYearAt(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
): { year: number; length: number } | undefined {
  const glued = /^(?:fy|gj)(\d{2}|\d{4})$/.exec(text(tokens, at));
  if (glued !== null) return { year: Number(longYear(glued[1])), length: 1 };
  let place = at;
  if (/^(fiscal|financial)$/.test(text(tokens, place))) place += 1;
  if (place > at && text(tokens, place) === 'year') place += 1;
  if (place === at && /^(fy|gj|geschaeftsjahr|wirtschaftsjahr)$/.test(text(tokens, at))) place += 1;
  if (place === at) return undefined;
  const written = /^(\d{2}|20\d{2})$/.exec(text(tokens, place))?.[1];
  if (written === undefined || context.fiscalYearStartMonth < 1) return undefined;
  return { year: Number(longYear(written)), length: place - at + 1 };
}

const fiscal: Reader = (tokens, at, context) => {
  const start = context.fiscalYearStartMonth;
  const year = fiscalYearAt(tokens, at, context);
  if (year !== undefined) {
    const part = /^q([1-4])$/.exec(text(tokens, at + year.length));
    if (part === null) return { length: year.length, period: fiscalYearPeriod(year.year, start) };
    const period = fiscalQuarterPeriod(year.year, Number(part[1]), start);
    return { length: year.length + 1, period };
  }
  const part = /^q([1-4])$/.exec(text(tokens, at + 1));
  if (text(tokens, at) !== 'fiscal' || part === null) return undefined;
  const inYear = (named: number): Period => fiscalQuarterPeriod(named, Number(part[1]), start);
  return placed(tokens, at + 2, at, { inYear, context });
};

const relative: Reader = (tokens, at, context) => {
  const before = BEFORE_NOUNS.get(text(tokens, at));
  if (before !== undefined) return { length: 1, period: shifted(before, -1, context) };
  const word = text(tokens, at);
  const isFiscal = /^(fiscal|financial)$/.test(text(tokens, at + 1));
  const unitAt = isFiscal ? at + 2 : at + 1;
  const unit = UNIT_WORDS.get(text(tokens, unitAt));
  if (unit === undefined || unit === 'day') return undefined;
  const shape = isFiscal ? fiscalShape(unit) : unit;
  const length = unitAt - at + 1;
  if (LAST_WORDS.has(word) || (word === 'past' && unit !== 'half')) {
    return { length, period: shifted(shape, -1, context) };
  }
  if (NEXT_WORDS.has(word)) return { length, period: shifted(shape, 1, context) };
  if (!THIS_WORDS.has(word)) return undefined;
  const soFar = text(tokens, at + length) === 'so' && text(tokens, at + length + 1) === 'far';
  const period = cutAt(shifted(shape, 0, context), context.asOf);
  return { length: length + (soFar ? 2 : 0), period };
};

const rolling: Reader = (tokens, at, context) => {
  const word = text(tokens, at);
  const count = readCount(tokens[at + 1]);
  const unit = UNIT_WORDS.get(text(tokens, at + 2));
  if (unit === undefined || count === undefined || count < 1 || count > 400) return undefined;
  const { asOf } = context;
  if (NEXT_WORDS.has(word)) {
    return { length: 3, period: rangePeriod(asOf, addDays(stepped(asOf, unit, count), -1)) };
  }
  if (!ROLLING_WORDS.has(word)) return undefined;
  if (unit !== 'day' && unit !== 'week' && unit !== 'month') {
    const first = shiftedBy(unit, -count, context);
    return { length: 3, period: rangePeriod(first.start, shifted(unit, -1, context).end) };
  }
  return { length: 3, period: rangePeriod(addDays(stepped(asOf, unit, -count), 1), asOf, true) };
};

const nearDay: Reader = (tokens, at, { asOf }) => {
  const word = text(tokens, at);
  if (word === 'today' || word === 'heute') return { length: 1, period: dayPeriod(asOf) };
  if (word === 'yesterday' || word === 'gestern') {
    return { length: 1, period: dayPeriod(addDays(asOf, -1)) };
  }
  return undefined;
};

const toDate: Reader = (tokens, at, context) => {
  const cut = (shape: PeriodShape, length: number): FoundPeriod => {
    const period = cutAt(shifted(shape, 0, context), context.asOf);
    const year = yearAt(tokens, at + length);
    if (year === undefined || shape !== 'year') return { length, period };
    const [, month, day] = partsOf(context.asOf);
    return { length: length + 1, period: cutAt(yearPeriod(year), dateOf(year, month, day)) };
  };
  const short = TO_DATE_WORDS.get(text(tokens, at));
  if (short !== undefined) return cut(short, 1);
  const since = TO_DATE_WORDS.get(text(tokens, at + 1));
  if (since !== undefined && /^(seit|ab)$/.test(text(tokens, at))) return cut(since, 2);
  const unit = UNIT_WORDS.get(text(tokens, at));
  const named = text(tokens, at + 1) === 'to' && text(tokens, at + 2) === 'date';
  return unit !== undefined && named ? cut(unit, 3) : undefined;
};

/** 'last March', 'this March', 'last Q3'. */
const relativeNamed: Reader = (tokens, at, context) => {
  const isLast = LAST_WORDS.has(text(tokens, at));
  if (!isLast && !THIS_WORDS.has(text(tokens, at))) return undefined;
  const found = namedMonth(tokens, at + 1, context) ?? quarterOrHalf(tokens, at + 1, context);
  if (found?.inYear === undefined) return undefined;
  const [year] = partsOf(context.asOf);
  const current = found.inYear(year);
  const done = current.end < context.asOf;
  const period = !isLast || done ? current : found.inYear(year - 1);
  return { length: found.length + 1, period };
};

/** 'first three months of 2024', 'die ersten 3 Monate 2024'. */
const firstOf: Reader = (tokens, at, context) => {
  const count = readCount(tokens[at + 1]);
  const unit = UNIT_WORDS.get(text(tokens, at + 2));
  const months = unit === undefined ? undefined : SHAPE_MONTHS[unit];
  const first = FIRST_WORDS.has(text(tokens, at));
  if ((!first && !LAST_WORDS.has(text(tokens, at))) || count === undefined) return undefined;
  if (months === undefined || count < 1 || count * months > 12) return undefined;
  const year = yearAfter(tokens, at + 3, context);
  if (year === undefined) return undefined;
  const from = first ? dateOf(year.year, 1, 1) : dateOf(year.year, 13 - count * months, 1);
  const period = rangePeriod(from, addDays(addMonths(from, count * months), -1));
  return { length: 3 + year.length, period };
};

const READERS: readonly Reader[] = [
  numericDate,
  wholeYear,
  namedMonth,
  dayOfMonth,
  monthDay,
  quarterOrHalf,
  yearThenPart,
  ordinalPart,
  week,
  fiscal,
  relative,
  rolling,
  nearDay,
  toDate,
  relativeNamed,
  firstOf,
  ago,
  dayBeforeYesterday,
  weeks,
  partOf(namedMonth),
  daysOfMonth(namedMonth),
  weekOf((tokens, at, context) =>
    longest([numericDate, dayOfMonth, monthDay].map((read) => read(tokens, at, context))),
  ),
];
