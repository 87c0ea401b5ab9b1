import { type LocalDate, partsOf } from '#kernel/time';
import { BEFORE_NOUNS, DATE_FILLERS, LAST_WORDS, THIS_WORDS, UNIT_WORDS } from './date-words.ts';
import type { Period } from './period.ts';
import type { Token } from './tokens.ts';

/** What a date word is relative to. */
export type DateContext = {
  readonly asOf: LocalDate;
  readonly fiscalYearStartMonth: number;
  /** The year spoken of: 'Q1' without one is meant in it, if it has begun by then. */
  readonly yearMeant?: number;
};

/** One period found in a question: how many tokens it took, and its reading. */
export type FoundPeriod = {
  readonly length: number;
  readonly period: Period;
  /** The same period in another year, when the words named no year. */
  readonly inYear?: (year: number) => Period;
  /** A numeric date with two readings: 03/04/2025. */
  readonly either?: readonly [LocalDate, LocalDate];
};

/** Reads one way of naming a period, at a token. */
export type Reader = (
  tokens: readonly Token[],
  at: number,
  context: DateContext,
) => FoundPeriod | undefined;

export const text = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? '';

/** A four-digit year of our calendar, or an apostrophe's "'24" after a month. */
export function yearAt(tokens: readonly Token[], at: number): number | undefined {
  const written = text(tokens, at);
  return /^(19[9]\d|20[0-5]\d)$/.test(written) ? Number(written) : undefined;
}

/** A year that may follow fillers ('of the year 2024') or be relative ('last year'). */
export function yearAfter(
  tokens: readonly Token[],
  at: number,
  context: DateContext,
): { year: number; length: number } | undefined {
  let place = at;
  while (DATE_FILLERS.has(text(tokens, place)) && place - at < 3) place += 1;
  const year = yearAt(tokens, place);
  if (year !== undefined) return { year, length: place - at + 1 };
  const [thisYear] = partsOf(context.asOf);
  const word = text(tokens, place);
  if (BEFORE_NOUNS.get(word) === 'year') return { year: thisYear - 1, length: place - at + 1 };
  if (UNIT_WORDS.get(text(tokens, place + 1)) !== 'year') return undefined;
  const length = place - at + 2;
  if (LAST_WORDS.has(word)) return { year: thisYear - 1, length };
  if (THIS_WORDS.has(word)) return { year: thisYear, length };
  return undefined;
}

/** Fits a period into the year named next, else the one spoken of, else the latest where it has begun. */
export function placed(
  tokens: readonly Token[],
  next: number,
  at: number,
  how: { inYear: (year: number) => Period; context: DateContext },
): FoundPeriod {
  const { inYear, context } = how;
  const named = yearAfter(tokens, next, context);
  if (named !== undefined) return { length: next - at + named.length, period: inYear(named.year) };
  const [thisYear] = partsOf(context.asOf);
  const current = inYear(context.yearMeant ?? thisYear);
  const period = current.start <= context.asOf ? current : inYear(thisYear - 1);
  return { length: next - at, period, inYear };
}
