import { expect, test, vi } from 'vitest';
import type { Answer } from '#api-contract';
import { printAnswer } from './print-answer.ts';

const answer: Answer = {
  status: 'answered',
  reading: 'Spend by month',
  query: {},
  columns: [
    { name: 'month', type: 'date', title: 'Month' },
    { name: 'spend', type: 'money', unit: 'USD', title: 'Spend' },
    { name: 'rejection_rate', type: 'ratio', title: 'Rejection rate' },
  ],
  rows: [
    ['2025-01-01', '3840854.4245', '0.0174'],
    ['2025-02-01', '0', null],
  ],
  narrative: '',
  assumptions: [],
  options: [],
  followUps: [],
};

function printed(locale: 'en' | 'de', followUps: string[] = []): readonly string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  printAnswer({ ...answer, followUps }, locale);
  spy.mockRestore();
  return lines;
}

test('figures stand in their columns as people read them, in their language', () => {
  expect(printed('en').slice(2)).toEqual([
    'Month           Spend (USD)  Rejection rate',
    '─────────────  ────────────  ──────────────',
    'January 2025   3,840,854.42          1.74 %',
    'February 2025          0.00               –',
  ]);
  expect(printed('de').at(-2)).toContain('3.840.854,42');
});

test('what may be asked next is offered in the language of the answer', () => {
  expect(printed('en', ['by month']).at(-1)).toBe('\nNext: by month');
  expect(printed('de', ['nach Monat']).at(-1)).toBe('\nWeiter: nach Monat');
});
