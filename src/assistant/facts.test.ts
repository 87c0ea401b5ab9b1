import { expect, test } from 'vitest';
import { factsOf, narrate } from './facts.ts';
import type { FactTable } from './facts.ts';

const telling = {
  locale: 'en',
  fiscalYearStartMonth: 1,
  additive: false,
  ordered: 'quarter',
} as const;

function daysByQuarter(days: readonly (string | null)[]): FactTable {
  return {
    columns: [
      {
        name: 'quarter',
        title: { en: 'Quarter', de: 'Quartal' },
        type: 'date',
        grain: 'quarter',
        role: 'dimension',
      },
      { name: 'days', title: { en: 'Days', de: 'Tage' }, type: 'days', role: 'metric' },
    ],
    rows: days.map((one, at) => [`2025-${String(1 + at * 3).padStart(2, '0')}-01`, one]),
  };
}

test('figures that read the same are not told as highest and lowest', () => {
  const close = narrate(factsOf(daysByQuarter(['9.0748', '9.0598', '9.0669']), telling));
  expect(close).toContain('Days: 9.1 days in each of the 3 rows.');
  const gap = narrate(factsOf(daysByQuarter(['9.0748', '9.0598', null]), telling));
  expect(gap).toContain('Days: 9.1 days in every row that has a figure.');
  const apart = narrate(factsOf(daysByQuarter(['9.0748', '9.3598']), telling));
  expect(apart).toContain('highest 9.4 days (Q2 2025), lowest 9.1 days (Q1 2025)');
});
