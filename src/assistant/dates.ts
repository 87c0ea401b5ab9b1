import { addDays, type LocalDate } from '#kernel/time';

import {
  AFTER_WORDS,
  BEFORE_WORDS,
  JOINERS,
  LIST_JOINERS,
  OPENERS,
  SINCE_WORDS,
  UNTIL_WORDS,
} from './date-words.ts';
import { CALENDAR_START, joined, type Period, rangePeriod } from './period.ts';
import type { DateContext, FoundPeriod } from './found-period.ts';
import { readSimplePeriod } from './simple-period.ts';
import type { Token } from './tokens.ts';

/** Reads the longest time expression that begins at a token; its own words included. */
export function readPeriod(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
): FoundPeriod | undefined {
  if (tokens[at]?.quoted !== false) return undefined;
  return openRange(tokens, at, context) ?? closedRange(tokens, at, context);
}

const text = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? '';

const FILLER = /^(the|dem|den|der|des|in|im|on|of)$/;
const EDGES = {
  start: /^(start|beginning|begin|anfang|beginn)$/,
  end: /^(end|ende)$/,
} as const;

/** Past articles, and past 'the beginning of' where a stretch begins, 'the end of' where it ends. */
function skipFillers(tokens: readonly Token[], at: number, edge: 'start' | 'end'): number {
  let place = at;
  while (FILLER.test(text(tokens, place)) && place - at < 2) place += 1;
  if (!EDGES[edge].test(text(tokens, place))) return place;
  place += 1;
  while (FILLER.test(text(tokens, place))) place += 1;
  return place;
}

/** 'from A to B', 'between A and B', 'A to B', 'A and B', or A alone. */
function closedRange(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
): FoundPeriod | undefined {
  const whole = OPENERS.has(text(tokens, at)) ? readSimplePeriod(tokens, at, context) : undefined;
  if (whole !== undefined) return whole;
  const opened = OPENERS.has(text(tokens, at));
  const start = opened ? skipFillers(tokens, at + 1, 'start') : at;
  const first = readSimplePeriod(tokens, start, context);
  if (first === undefined) return undefined;
  const next = start + first.length;
  const joiner = text(tokens, next);
  const ranged = JOINERS.has(joiner) && (opened || !LIST_JOINERS.has(joiner));
  if (!ranged) return opened ? undefined : listed(tokens, at, first, context);
  const secondAt = skipFillers(tokens, next + 1, 'end');
  const second = readSimplePeriod(tokens, secondAt, context);
  if (second === undefined) return opened ? undefined : first;
  const length = secondAt + second.length - at;
  const from = sameYear(first, second);
  const to = second.period;
  const either = first.either ?? second.either;
  const [a, b] = from.start <= to.end ? [from.start, to.end] : [to.start, from.end];
  const parts =
    from.shape === to.shape && from.shape !== 'day' ? { parts: [from, to] as const } : {};
  const period = { ...rangePeriod(a, b), ...parts };
  return either === undefined ? { length, period } : { length, period, either };
}

/** The first of 'January to March 2024' takes its year from the second. */
function sameYear(first: FoundPeriod, second: FoundPeriod): Period {
  if (first.inYear === undefined || second.inYear !== undefined) return first.period;
  const year = Number(second.period.start.slice(0, 4));
  const within = first.inYear(year);
  return within.start <= second.period.end ? within : first.inYear(year - 1);
}

/** 'Q1 and Q2 2024': neighbours become one stretch; others end the expression. */
function listed(
  tokens: readonly Token[],
  at: number,
  first: FoundPeriod,
  context: DateContext,
): FoundPeriod {
  if (!LIST_JOINERS.has(text(tokens, at + first.length))) return first;
  const secondAt = at + first.length + 1;
  const second = readSimplePeriod(tokens, secondAt, context);
  if (second === undefined) return first;
  const both = joined(sameYear(first, second), second.period);
  if (both === undefined) return { ...first, period: sameYear(first, second) };
  return { length: secondAt + second.length - at, period: both };
}

function openRange(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
): FoundPeriod | undefined {
  const word = text(tokens, at);
  const isFrom = word === 'from' || word === 'von' || word === 'vom';
  const known = [SINCE_WORDS, UNTIL_WORDS, BEFORE_WORDS, AFTER_WORDS].some((set) => set.has(word));
  const upTo = word === 'up' && text(tokens, at + 1) === 'to';
  if (!known && !isFrom && !upTo) return undefined;
  const ends = upTo || UNTIL_WORDS.has(word) || AFTER_WORDS.has(word);
  const start = skipFillers(tokens, upTo ? at + 2 : at + 1, ends ? 'end' : 'start');
  const found = readSimplePeriod(tokens, start, context);
  if (found === undefined) return undefined;
  const next = start + found.length;
  if (isFrom) return fromOnwards(tokens, at, next, { found, context });
  if (word === 'ab' && JOINERS.has(text(tokens, next))) return undefined;
  return { ...found, length: next - at, period: openEnded(word, found.period, context.asOf) };
}

/** 'from March 2024 on', 'from March 2024 onwards'. */
function fromOnwards(
  tokens: readonly Token[],
  at: number,
  next: number,
  how: { found: FoundPeriod; context: DateContext },
): FoundPeriod | undefined {
  if (!/^(on|onward|onwards|an)$/.test(text(tokens, next))) return undefined;
  const period = openEnded('since', how.found.period, how.context.asOf);
  return { ...how.found, length: next + 1 - at, period };
}

function openEnded(word: string, period: Period, asOf: LocalDate): Period {
  if (SINCE_WORDS.has(word)) return toToday(period.start, asOf);
  if (AFTER_WORDS.has(word)) return toToday(addDays(period.end, 1), asOf);
  const end = BEFORE_WORDS.has(word) ? addDays(period.start, -1) : period.end;
  return { ...rangePeriod(CALENDAR_START < end ? CALENDAR_START : end, end), open: 'until' };
}

function toToday(start: LocalDate, asOf: LocalDate): Period {
  if (start > asOf) return rangePeriod(start, start);
  return { ...rangePeriod(start, asOf, true), open: 'since' };
}
