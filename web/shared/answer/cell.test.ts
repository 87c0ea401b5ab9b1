import { expect, test } from 'vitest';
import { formatFor } from '../format.ts';
import { cellText, digitsOf } from './cell.ts';

const format = formatFor('en-US');

const step = (name: string, fiscalYearStartMonth?: number) => ({
  name,
  type: 'date',
  ...(fiscalYearStartMonth === undefined ? {} : { fiscalYearStartMonth }),
});

test.each([
  ['fiscal_year', 7, '2024-07-01', 'FY2025'],
  ['fiscal_year', 1, '2025-01-01', 'FY2025'],
  ['fiscal_quarter', 7, '2024-07-01', 'FY2025 Q1'],
  ['fiscal_quarter', 7, '2025-04-01', 'FY2025 Q4'],
  ['fiscal_quarter', 1, '2025-04-01', 'FY2025 Q2'],
  ['quarter', 7, '2025-04-01', 'Q2 2025'],
  ['year', 7, '2025-01-01', '2025'],
])('a step by %s of years that begin in month %i, from %s', (name, begins, start, text) => {
  expect(cellText(step(name, begins), start, formatFor('en'))).toBe(text);
});

test('in German fiscal steps have their German name', () => {
  const german = formatFor('de-DE');
  expect(cellText(step('fiscal_quarter', 10), '2025-10-01', german)).toBe('GJ 2026 Q1');
});

test('money of several currencies lines up, every digit of it shown', () => {
  const column = { name: 'spend', type: 'money' } as const;
  const cells = ['2931505.5', '2831442.075', '7', null];
  const digits = digitsOf(column, cells);
  expect(cells.map((cell) => cellText(column, cell, format, digits))).toEqual([
    '2,931,505.500',
    '2,831,442.075',
    '7.000',
    '–',
  ]);
  expect(digitsOf({ ...column, unit: 'EUR' }, cells)).toBeUndefined();
});
