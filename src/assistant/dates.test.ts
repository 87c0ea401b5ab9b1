import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays, dateOf, daysBetween, localDate, parseLocalDate } from '#kernel/time';

import { readPeriod } from './dates.ts';
import { isoWeekOf, monthLabel, periodAround, periodLabel, weekPeriod } from './period.ts';
import { tokenise } from './tokens.ts';

const context = { asOf: localDate('2026-11-21'), fiscalYearStartMonth: 1 };

const read = (words: string, fiscalYearStartMonth = 1) => {
  const tokens = tokenise(words);
  const found = readPeriod(tokens, 0, { ...context, fiscalYearStartMonth });
  if (found === undefined) return 'nothing';
  const rest = tokens.length - found.length;
  return `${found.period.start} ${found.period.end}${rest > 0 ? ` +${rest}` : ''}`;
};

/** Words, first day, last day; today is Saturday 21 November 2026. */
const CASES: readonly (readonly [string, string])[] = [
  ['2024', '2024-01-01 2024-12-31'],
  ['calendar year 2024', '2024-01-01 2024-12-31'],
  ['Jahr 2024', '2024-01-01 2024-12-31'],
  ['Q3 2025', '2025-07-01 2025-09-30'],
  ['2025 Q3', '2025-07-01 2025-09-30'],
  ['2025-Q3', '2025-07-01 2025-09-30'],
  ['Q3/2025', '2025-07-01 2025-09-30'],
  ['third quarter of 2025', '2025-07-01 2025-09-30'],
  ['third quarter 2025', '2025-07-01 2025-09-30'],
  ['2. Quartal 2024', '2024-04-01 2024-06-30'],
  ['zweiten Quartal 2024', '2024-04-01 2024-06-30'],
  ['Q3', '2026-07-01 2026-09-30'],
  ['Q4', '2026-10-01 2026-12-31'],
  ['Q3 last year', '2025-07-01 2025-09-30'],
  ['last quarter of 2024', '2024-10-01 2024-12-31'],
  ['H1 2025', '2025-01-01 2025-06-30'],
  ['first half of 2024', '2024-01-01 2024-06-30'],
  ['second half of last year', '2025-07-01 2025-12-31'],
  ['1. Halbjahr 2024', '2024-01-01 2024-06-30'],
  ['zweites Halbjahr 2024', '2024-07-01 2024-12-31'],
  ['March 2025', '2025-03-01 2025-03-31'],
  ['march of 2025', '2025-03-01 2025-03-31'],
  ['feb 2024', '2024-02-01 2024-02-29'],
  ['März 2025', '2025-03-01 2025-03-31'],
  ['Dezember', '2025-12-01 2025-12-31'],
  ['November', '2026-11-01 2026-11-30'],
  ['last March', '2026-03-01 2026-03-31'],
  ['last December', '2025-12-01 2025-12-31'],
  ['2025-03', '2025-03-01 2025-03-31'],
  ['03/2025', '2025-03-01 2025-03-31'],
  ['last month', '2026-10-01 2026-10-31'],
  ['previous month', '2026-10-01 2026-10-31'],
  ['letzten Monat', '2026-10-01 2026-10-31'],
  ['Vormonat', '2026-10-01 2026-10-31'],
  ['last quarter', '2026-07-01 2026-09-30'],
  ['previous quarter', '2026-07-01 2026-09-30'],
  ['letztes Quartal', '2026-07-01 2026-09-30'],
  ['last year', '2025-01-01 2025-12-31'],
  ['prior year', '2025-01-01 2025-12-31'],
  ['letztes Jahr', '2025-01-01 2025-12-31'],
  ['letzten Jahres', '2025-01-01 2025-12-31'],
  ['Vorjahr', '2025-01-01 2025-12-31'],
  ['this year', '2026-01-01 2026-11-21'],
  ['this year so far', '2026-01-01 2026-11-21'],
  ['dieses Jahr', '2026-01-01 2026-11-21'],
  ['this month', '2026-11-01 2026-11-21'],
  ['this quarter', '2026-10-01 2026-11-21'],
  ['current month', '2026-11-01 2026-11-21'],
  ['YTD', '2026-01-01 2026-11-21'],
  ['YTD 2025', '2025-01-01 2025-11-21'],
  ['MTD', '2026-11-01 2026-11-21'],
  ['quarter to date', '2026-10-01 2026-11-21'],
  ['year to date', '2026-01-01 2026-11-21'],
  ['seit Jahresbeginn', '2026-01-01 2026-11-21'],
  ['last 90 days', '2026-08-24 2026-11-21'],
  ['past 12 months', '2025-11-22 2026-11-21'],
  ['trailing twelve months', '2025-11-22 2026-11-21'],
  ['letzten 30 Tage', '2026-10-23 2026-11-21'],
  ['letzten zwölf Monaten', '2025-11-22 2026-11-21'],
  ['last 2 weeks', '2026-11-08 2026-11-21'],
  ['last 3 years', '2023-01-01 2025-12-31'],
  ['last two quarters', '2026-04-01 2026-09-30'],
  ['since January', '2026-01-01 2026-11-21'],
  ['since March 2024', '2024-03-01 2026-11-21'],
  ['since 2023', '2023-01-01 2026-11-21'],
  ['seit Mai', '2026-05-01 2026-11-21'],
  ['since December', '2025-12-01 2026-11-21'],
  ['ab 2024', '2024-01-01 2026-11-21'],
  ['from 2024 onwards', '2024-01-01 2026-11-21'],
  ['until March 2025', '2000-01-01 2025-03-31'],
  ['before 2024', '2000-01-01 2023-12-31'],
  ['after 2024', '2025-01-01 2026-11-21'],
  ['vor 2024', '2000-01-01 2023-12-31'],
  ['between January and March 2024', '2024-01-01 2024-03-31'],
  ['between 2022 and 2024', '2022-01-01 2024-12-31'],
  ['from January to March 2024', '2024-01-01 2024-03-31'],
  ['from November to February 2025', '2024-11-01 2025-02-28'],
  ['January to March 2024', '2024-01-01 2024-03-31'],
  ['Q1 to Q3 2024', '2024-01-01 2024-09-30'],
  ['Q1-Q3 2024', '2024-01-01 2024-09-30'],
  ['2022-2024', '2022-01-01 2024-12-31'],
  ['2022 – 2024', '2022-01-01 2024-12-31'],
  ['von Januar bis März 2024', '2024-01-01 2024-03-31'],
  ['zwischen 2022 und 2024', '2022-01-01 2024-12-31'],
  ['from 2024-01-15 to 2024-02-10', '2024-01-15 2024-02-10'],
  ['vom 15.01.2024 bis zum 10.02.2024', 'nothing'],
  ['vom 15.01.2024 bis 10.02.2024', '2024-01-15 2024-02-10'],
  ['January and February 2024', '2024-01-01 2024-02-29'],
  ['2023 and 2024', '2023-01-01 2024-12-31'],
  ['2022 and 2024', '2022-01-01 2022-12-31 +2'],
  ['2025-03-04', '2025-03-04 2025-03-04'],
  ['4 March 2025', '2025-03-04 2025-03-04'],
  ['4. März 2025', '2025-03-04 2025-03-04'],
  ['March 4, 2025', '2025-03-04 2025-03-04'],
  ['March 4th 2025', '2025-03-04 2025-03-04'],
  ['13/04/2025', '2025-04-13 2025-04-13'],
  ['04/13/2025', '2025-04-13 2025-04-13'],
  ['03.04.2025', '2025-04-03 2025-04-03'],
  ['yesterday', '2026-11-20 2026-11-20'],
  ['gestern', '2026-11-20 2026-11-20'],
  ['today', '2026-11-21 2026-11-21'],
  ['last week', '2026-11-09 2026-11-15'],
  ['this week', '2026-11-16 2026-11-21'],
  ['letzte Woche', '2026-11-09 2026-11-15'],
  ['week 12 of 2025', '2025-03-17 2025-03-23'],
  ['KW 12 2025', '2025-03-17 2025-03-23'],
  ['KW12 2025', '2025-03-17 2025-03-23'],
  ['2025-W12', '2025-03-17 2025-03-23'],
  ['first three months of 2024', '2024-01-01 2024-03-31'],
  ['last 2 months of 2024', '2024-11-01 2024-12-31'],
  ['next month', '2026-12-01 2026-12-31'],
  ['next 30 days', '2026-11-21 2026-12-20'],
  ['FY25', '2025-01-01 2025-12-31'],
  ['fiscal year 2025', '2025-01-01 2025-12-31'],
  ['Geschäftsjahr 2025', '2025-01-01 2025-12-31'],
  ['top 5', 'nothing'],
  ['may', 'nothing'],
  ['30000', 'nothing'],
];

describe('the date grammar', () => {
  test.each(CASES)('%s', (words, expected) => {
    expect(read(words)).toBe(expected);
  });

  test('a fiscal year is named by the year in which it ends', () => {
    expect(read('FY25', 7)).toBe('2024-07-01 2025-06-30');
    expect(read('FY25 Q2', 7)).toBe('2024-10-01 2024-12-31');
    expect(read('Q1 FY2025', 7)).toBe('2024-07-01 2024-09-30');
    expect(read('last fiscal year', 7)).toBe('2025-07-01 2026-06-30');
    expect(read('this fiscal quarter', 7)).toBe('2026-10-01 2026-11-21');
  });

  test('a numeric date with two readings says both', () => {
    const found = readPeriod(tokenise('03/04/2025'), 0, context);
    expect(found?.either).toEqual(['2025-04-03', '2025-03-04']);
    expect(readPeriod(tokenise('03/03/2025'), 0, context)?.either).toBeUndefined();
  });

  test('a printed day is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18_000 }), (days) => {
        const day = addDays(dateOf(2005, 1, 1), days);
        expect(read(day)).toBe(`${day} ${day}`);
        expect(read(day.split('-').toReversed().join('.'))).toBe(`${day} ${day}`);
      }),
    );
  });

  test('the label of a month, quarter, half, year, week or day reads back as itself', () => {
    const shapes = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 18_000 }),
        fc.constantFrom(...shapes),
        fc.constantFrom('en' as const, 'de' as const),
        (days, shape, locale) => {
          const period = periodAround(addDays(dateOf(2005, 1, 1), days), shape, 1);
          expect(read(periodLabel(period, locale))).toBe(`${period.start} ${period.end}`);
        },
      ),
    );
  });

  test('a range of months is read from its first to its last day', () => {
    const month = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(month, month, (a, b) => {
        const [first, last] = a <= b ? [a, b] : [b, a];
        const from = dateOf(2005, 1 + first, 1);
        const to = dateOf(2005, 1 + last, 1);
        const words = `from ${monthLabel(from, 'en')} to ${monthLabel(to, 'en')}`;
        expect(read(words)).toBe(`${from} ${addDays(dateOf(2005, 2 + last, 1), -1)}`);
      }),
    );
  });

  test('a week of the year is seven days and knows its own number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2058 }), fc.integer({ min: 1, max: 52 }), (y, w) => {
        const period = weekPeriod(y, w);
        expect(daysBetween(period.start, period.end)).toBe(6);
        expect(isoWeekOf(period.start)).toEqual([y, w]);
      }),
    );
  });

  test('any text reads as nothing or as days in order', () => {
    const word = fc.constantFrom(
      'last',
      'q',
      '2',
      'of',
      '2024',
      'between',
      'and',
      'to',
      'march',
      'first',
      'half',
      'since',
      'kw',
      'fy',
      '31',
      'days',
      '03/04/2025',
      '0',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 8 }), (words) => {
        const tokens = tokenise(words.join(' '));
        const found = readPeriod(tokens, 0, context);
        if (found === undefined) return;
        expect(found.period.start <= found.period.end).toBe(true);
        expect(found.length).toBeLessThanOrEqual(tokens.length);
        expect(parseLocalDate(found.period.start)).toBeDefined();
      }),
    );
  });
});
