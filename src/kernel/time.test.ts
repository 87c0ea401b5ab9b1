import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dateOf,
  dayIn,
  daysBetween,
  instantOf,
  isoWeekday,
  localDate,
  millisecondsOf,
  parseInstant,
  parseLocalDate,
  partsOf,
} from './time.ts';

const days = fc
  .integer({ min: -200_000, max: 200_000 })
  .map((count) => addDays(localDate('2000-01-01'), count));
const counts = fc.integer({ min: -40_000, max: 40_000 });

test('what is printed reads back as it was', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(parseLocalDate(day)).toBe(day);
      expect(dateOf(...partsOf(day))).toBe(day);
    }),
  );
});

test('days added are days between', () => {
  fc.assert(
    fc.property(days, counts, (day, count) => {
      const later = addDays(day, count);
      expect(daysBetween(day, later)).toBe(count);
      expect(addDays(later, -count)).toBe(day);
      expect(later > day).toBe(count > 0);
    }),
  );
});

test('months added keep the day number, or end the month', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -600, max: 600 }), (day, months) => {
      const [year, month, number] = partsOf(day);
      const [toYear, toMonth, toNumber] = partsOf(addMonths(day, months));
      expect(toYear * 12 + toMonth).toBe(year * 12 + month + months);
      const isLast = partsOf(addDays(addMonths(day, months), 1))[2] === 1;
      expect(toNumber === number || (toNumber < number && isLast)).toBe(true);
    }),
  );
});

test.each([
  ['2025-01-31', 1, '2025-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-03-31', -1, '2024-02-29'],
  ['2025-12-15', 1, '2026-01-15'],
])('%s and %i months is %s', (from, months, to) => {
  expect(addMonths(localDate(from), months)).toBe(to);
});

test('the week goes on by one each day', () => {
  expect(isoWeekday(localDate('2025-06-02'))).toBe(1);
  fc.assert(
    fc.property(days, (day) => {
      expect(isoWeekday(addDays(day, 1))).toBe((isoWeekday(day) % 7) + 1);
    }),
  );
});

test.each(['2025-02-29', '2025-13-01', '2025-1-1', '20250101', '2025-01-01T00:00:00Z', ''])(
  "'%s' is no day",
  (text) => expect(parseLocalDate(text)).toBeUndefined(),
);

test('an instant is printed in UTC and sorts as text', () => {
  expect(parseInstant('2025-01-31T12:00:00+02:00')).toBe('2025-01-31T10:00:00.000Z');
  expect(parseInstant('2025-01-31 12:00:00')).toBeUndefined();
  const ms = fc.integer({ min: 0, max: 4_000_000_000_000 });
  fc.assert(
    fc.property(ms, ms, (a, b) => {
      expect(millisecondsOf(instantOf(a))).toBe(a);
      expect(instantOf(a) < instantOf(b)).toBe(a < b);
    }),
  );
});

test('the calendar day depends on where one is', () => {
  const instant = instantOf(Date.parse('2025-06-30T22:30:00Z'));
  expect(dayIn('UTC', instant)).toBe('2025-06-30');
  expect(dayIn('Europe/Berlin', instant)).toBe('2025-07-01');
  expect(dayIn('America/New_York', instant)).toBe('2025-06-30');
});
