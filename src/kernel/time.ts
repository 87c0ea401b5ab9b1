import { assert } from './assert.ts';

declare const day: unique symbol;
declare const moment: unique symbol;

/** A calendar day of a legal entity, 'YYYY-MM-DD'. No time zone, no time. */
export type LocalDate = string & { readonly [day]: true };

/** A point in time in UTC, RFC 3339 with milliseconds and 'Z'. Sorts as text. */
export type Instant = string & { readonly [moment]: true };

/** Tells the time. Handed in, so that tests and replays set it. */
export type Clock = () => Instant;

const DAY_MS = 86_400_000;
const DASH = 0x2d;
const ZERO = 0x30;

/** Reads 'YYYY-MM-DD'. Undefined: not in that form, or no such day (2025-02-30). */
export function parseLocalDate(text: string): LocalDate | undefined {
  // By its characters: dates come by the hundred thousand, and a pattern takes five times as long.
  if (text.length !== 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) {
    return undefined;
  }
  const year = digitsOf(text, 0, 4);
  const month = digitsOf(text, 5, 7);
  const dayOfMonth = digitsOf(text, 8, 10);
  if (year === undefined || month === undefined || dayOfMonth === undefined) return undefined;
  if (dayOfMonth < 1 || dayOfMonth > lastDayOf(year, month)) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the lines above checked it.
  return text as LocalDate;
}

function digitsOf(text: string, from: number, to: number): number | undefined {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function lastDayOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function localDate(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  assert(parsed !== undefined, `'${text}' is not a day`);
  return parsed;
}

/** Reads any RFC 3339 instant and prints it in UTC. Undefined: not one. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    return undefined;
  }
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : instantOf(ms);
}

/** The instant so many milliseconds after 1970-01-01 UTC. */
export function instantOf(ms: number): Instant {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed in the instant's form.
  return new Date(ms).toISOString() as Instant;
}

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

export const systemClock: Clock = () => instantOf(Date.now());

const DAYS_IN = new Map<string, Intl.DateTimeFormat>(); // By time zone: making one takes long.

/** The calendar day it is at `instant` in an IANA time zone. */
export function dayIn(timeZone: string, instant: Instant): LocalDate {
  const days =
    DAYS_IN.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  DAYS_IN.set(timeZone, days);
  return localDate(days.format(new Date(instant)));
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromMs(Date.parse(date) + days * DAY_MS);
}

/** The same day number so many months on, else that month's last day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, dayOfMonth] = partsOf(date);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return fromMs(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)));
}

/** Calendar days from `from` to `to`: the same day is 0. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Year, month 1–12, day of month. */
export function partsOf(date: LocalDate): readonly [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** The day of these parts; month and day may overflow, as in a calendar sum. */
export function dateOf(year: number, month: number, dayOfMonth: number): LocalDate {
  return fromMs(Date.UTC(year, month - 1, dayOfMonth));
}

/** 1 Monday … 7 Sunday (ISO 8601). */
export function isoWeekday(date: LocalDate): number {
  return new Date(date).getUTCDay() || 7;
}

function fromMs(ms: number): LocalDate {
  return localDate(new Date(ms).toISOString().slice(0, 10));
}
