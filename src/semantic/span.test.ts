import { describe, expect, it } from 'vitest';
import { MetricQuerySchema } from './query.ts';
import { priorSpanOf } from './span.ts';

const prior = (
  [start, end]: readonly [string, string],
  compare: string,
  asOf = '2026-06-30',
): readonly [string | undefined, string | undefined] => {
  const period = { start, end, label: '' };
  const span = priorSpanOf(MetricQuerySchema.parse({ metrics: ['spend'], period, compare, asOf }));
  return [span?.start, span?.end];
};

describe('priorSpanOf', () => {
  it.each([
    [
      ['2025-03-01', '2025-03-31'],
      ['2025-02-01', '2025-02-28'],
      ['2024-03-01', '2024-03-31'],
    ],
    [
      ['2025-02-01', '2025-02-28'],
      ['2025-01-01', '2025-01-31'],
      ['2024-02-01', '2024-02-29'],
    ],
    [
      ['2025-04-01', '2025-06-30'],
      ['2025-01-01', '2025-03-31'],
      ['2024-04-01', '2024-06-30'],
    ],
    [
      ['2024-01-01', '2024-12-31'],
      ['2023-01-01', '2023-12-31'],
      ['2023-01-01', '2023-12-31'],
    ],
    [
      ['2025-03-10', '2025-03-16'],
      ['2025-03-03', '2025-03-09'],
      ['2024-03-10', '2024-03-16'],
    ],
  ] as const)('looks back from %j', (period, before, yearBefore) => {
    expect(prior(period, 'prior-period')).toEqual(before);
    expect(prior(period, 'prior-year')).toEqual(yearBefore);
  });

  it('takes as many days of the period before as have passed of a running one', () => {
    expect(prior(['2025-03-01', '2025-03-31'], 'prior-period', '2025-03-10')).toEqual([
      '2025-02-01',
      '2025-02-10',
    ]);
    expect(prior(['2025-03-01', '2025-03-31'], 'prior-period', '2025-03-30')).toEqual([
      '2025-02-01',
      '2025-02-28',
    ]);
  });
});
