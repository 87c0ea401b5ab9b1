import { describe, expect, it } from 'vitest';
import { checkQuery } from './check-query.ts';
import { MetricQuerySchema } from './query.ts';

const check = (query: object): ReturnType<typeof checkQuery> =>
  checkQuery(MetricQuerySchema.parse({ asOf: '2025-06-30', ...query }));

const reasonOf = (refused: ReturnType<typeof check>): string =>
  refused.ok ? '' : `${refused.reason.en}\n${refused.reason.de}`;

describe('checkQuery', () => {
  it.each([
    ['an unknown metric', { metrics: ['profit'] }],
    ['a metric asked twice', { metrics: ['spend', 'spend'] }],
    ['an unknown dimension', { metrics: ['spend'], by: [{ dimension: 'warehouse' }] }],
    [
      'a cut the number does not have',
      { metrics: ['average_order_value'], by: [{ dimension: 'item' }] },
    ],
    ['a mean price of everything', { metrics: ['average_unit_price'] }],
    [
      'a balance over time',
      { metrics: ['open_commitments'], by: [{ dimension: 'date', grain: 'month' }] },
    ],
    ['a comparison without a period', { metrics: ['spend'], compare: 'prior-year' }],
    ['a date without a grain', { metrics: ['spend'], by: [{ dimension: 'date' }] }],
    ['a grain without a date', { metrics: ['spend'], by: [{ dimension: 'item', grain: 'day' }] }],
    [
      'an order by a column that is not there',
      { metrics: ['spend'], order: { by: 'tax', direction: 'asc' } },
    ],
    [
      'a period to come',
      { metrics: ['spend'], period: { start: '2026-01-01', end: '2026-01-31', label: '' } },
    ],
    [
      'a period that ends first',
      { metrics: ['spend'], period: { start: '2025-02-01', end: '2025-01-31', label: '' } },
    ],
  ])('refuses %s, in both languages', (_what, query) => {
    const refused = check(query);
    expect(refused.ok).toBe(false);
    expect(reasonOf(refused)).toMatch(/^.+\.\n.+\.$/);
  });

  it('names the cuts that a number does have', () => {
    const refused = check({ metrics: ['tax'], by: [{ dimension: 'item_category' }] });
    expect('nearest' in refused && refused.nearest).toContain('supplier_country');
  });
});

describe('MetricQuerySchema', () => {
  it.each([
    { metrics: ['spend; drop table x'], asOf: '2025-01-01' },
    { metrics: ['spend'], asOf: '2025-02-30' },
    { metrics: ['spend'], asOf: '2025-01-01', sql: 'select 1' },
    { metrics: [], asOf: '2025-01-01' },
    { metrics: ['spend'], asOf: '2025-01-01', limit: 0 },
    {
      metrics: ['spend'],
      asOf: '2025-01-01',
      having: [{ metric: 'spend', op: '>', value: '1e9' }],
    },
  ])('refuses %j', (query) => {
    expect(MetricQuerySchema.safeParse(query).success).toBe(false);
  });
});
