import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from '#warehouse';
import type { Warehouse } from '#warehouse';
import { checkQuery } from './check-query.ts';
import { EXAMPLE_ORDERS, exampleCompany } from './example-company.ts';
import { MetricQuerySchema } from './query.ts';
import type { MetricResult } from './result.ts';
import { runQuery } from './run-query.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({
    file: ':memory:',
    memoryLimitMb: 256,
    fiscalYearStartMonth: 7,
  });
  await warehouse.apply(exampleCompany(EXAMPLE_ORDERS));
});
afterAll(async () => warehouse.close());

const parsed = (query: object): MetricQueryParsed =>
  MetricQuerySchema.parse({ asOf: '2025-12-31', ...query });
type MetricQueryParsed = ReturnType<typeof MetricQuerySchema.parse>;
const ask = async (query: object): Promise<MetricResult> => runQuery(warehouse, parsed(query));
const reason = (query: object): string => {
  const check = checkQuery(parsed(query));
  return check.ok ? '' : `${check.reason.en}\n${check.reason.de}`;
};

const LAST = { start: '2025-01-01', end: '2025-12-31', label: '2025' };
const FIRST = { start: '2024-01-01', end: '2024-12-31', label: '2024' };
const bySupplier = [{ dimension: 'supplier' }];

describe('two named periods', () => {
  it('stand side by side, each column under its own name', async () => {
    const { columns, rows } = await ask({
      metrics: ['spend'],
      period: LAST,
      compare: { period: FIRST },
    });
    expect(columns.map(({ title }) => title.en).slice(0, 2)).toEqual([
      'Spend, 2025',
      'Spend, 2024',
    ]);
    expect(rows).toEqual([['1015', '100.5', '914.5', '9.09950249']]);
  });

  it('are ranked and held against a limit by what changed', async () => {
    const query = { metrics: ['spend'], by: bySupplier, period: LAST, compare: { period: FIRST } };
    const grown = await ask({ ...query, order: { by: 'spend_change', direction: 'desc' } });
    expect(grown.rows.map(([name]) => name)).toEqual(['Cycle', 'Bolts & Co', 'Acme']);
    const doubled = [{ metric: 'spend_percent', op: '>', value: '1' }];
    const { rows } = await ask({ ...query, having: doubled });
    expect(rows).toEqual([['Acme', '205', '100.5', '104.5', '1.039801']]);
  });

  it('line up step by step in a trend, however far apart', async () => {
    const by = [{ dimension: 'date', grain: 'quarter' }];
    const { rows } = await ask({
      metrics: ['spend'],
      by,
      period: LAST,
      compare: { period: FIRST },
    });
    expect(rows.map(([quarter, now, then]) => [quarter, now, then])).toEqual([
      ['2025-01-01', '440', '100.5'],
      ['2025-04-01', '75', '0'],
      ['2025-07-01', '500', '0'],
      ['2025-10-01', '0', '0'],
    ]);
    const month = { start: '2024-02-01', end: '2024-02-29', label: 'February 2024' };
    const unlike = { metrics: ['spend'], by, period: LAST, compare: { period: month } };
    expect(reason(unlike)).toMatch(/differ in length[^]*verschieden lang/);
  });

  it('are refused when one ends first or is to come', () => {
    const turned = { start: '2024-02-01', end: '2024-01-31', label: '' };
    const ahead = { start: '2026-02-01', end: '2026-02-28', label: '' };
    for (const period of [turned, ahead]) {
      expect(reason({ metrics: ['spend'], period: LAST, compare: { period } })).not.toBe('');
    }
    expect(reason({ metrics: ['spend'], compare: { period: FIRST } })).toMatch(/needs a period/);
  });
});

describe('shares', () => {
  it('are exact parts of the whole without the cut and its filter', async () => {
    const all = await ask({ metrics: ['spend'], by: bySupplier, share: true });
    expect(all.columns.map(({ name }) => name)).toEqual([
      'supplier',
      'spend',
      'spend_share',
      'spend_whole',
    ]);
    expect(all.rows).toEqual([
      ['Cycle', '500', '0.44822949', '1115.5'],
      ['Bolts & Co', '310', '0.27790229', '1115.5'],
      ['Acme', '305.5', '0.27386822', '1115.5'],
    ]);
    const where = [{ dimension: 'supplier', op: 'is', values: ['supplier_a'] }];
    const one = await ask({ metrics: ['spend'], by: bySupplier, where, share: true });
    expect(one.rows).toEqual([all.rows[2]]);
  });

  it('are of each step in a trend', async () => {
    const by = [{ dimension: 'date', grain: 'year' }, { dimension: 'supplier' }];
    const { rows } = await ask({ metrics: ['spend'], by, share: true });
    const whole = new Map(rows.map((row) => [row[0], row.at(-1)]));
    expect([...whole]).toEqual([
      ['2024-01-01', '100.5'],
      ['2025-01-01', '1015'],
    ]);
  });

  it('are of orders of every status when a status is the part', async () => {
    const where = [{ dimension: 'order_status', op: 'is', values: ['cancelled'] }];
    const by = [{ dimension: 'order_status' }];
    const { rows } = await ask({ metrics: ['purchase_order_count'], by, where, share: true });
    expect(rows).toEqual([['cancelled', 1, '0.1', 10]]);
  });

  it('are refused of what has no parts, and without something to split by', () => {
    expect(reason({ metrics: ['rejection_rate'], by: bySupplier, share: true })).toMatch(/ratio/);
    expect(reason({ metrics: ['spend'], share: true })).toMatch(/split by/);
  });
});

describe('averages per step of time', () => {
  it('divide by every step of the period, empty ones too', async () => {
    const { columns, rows } = await ask({ metrics: ['spend'], per: 'month', period: LAST });
    expect(columns.map(({ name }) => name)).toEqual(['spend', 'spend_per_month', 'months']);
    expect(rows).toEqual([['1015', '84.58333333', 12]]);
  });

  it('go from the first order to the last when no period is named', async () => {
    const { rows } = await ask({ metrics: ['spend'], per: 'month' });
    expect(rows).toEqual([['1115.5', '61.97222222', 18]]);
  });

  it('are refused of what does not add up over time', () => {
    for (const metric of ['active_suppliers', 'rejection_rate', 'open_commitments']) {
      expect(reason({ metrics: [metric], per: 'month' })).toMatch(/add up over time/);
    }
  });
});

describe('a ranking', () => {
  it('counts the rows that share its last place beyond those asked for', async () => {
    const { rows, assumptions } = await ask({
      metrics: ['purchase_order_count'],
      by: bySupplier,
      period: LAST,
      limit: 2,
    });
    expect(rows.map(([name]) => name)).toEqual(['Bolts & Co', 'Acme']);
    expect(assumptions.map(({ de }) => de)).toContain(
      '1 weitere teilen sich Platz 2; gezeigt sind die ersten nach Namen.',
    );
  });

  it('of one shows all that share the first place', async () => {
    const { rows, assumptions } = await ask({
      metrics: ['purchase_order_count'],
      by: bySupplier,
      period: LAST,
      order: { by: 'purchase_order_count', direction: 'asc' },
      limit: 1,
    });
    expect(rows.map(([name]) => name)).toEqual(['Acme', 'Cycle']);
    expect(assumptions.map(({ en }) => en)).toContain('2 share the first place; all are shown.');
  });

  it('lists orders by their day, the newest first', async () => {
    const by = ['purchase_order', 'supplier', 'issued_on'].map((dimension) => ({ dimension }));
    const order = { by: 'issued_on', direction: 'desc' };
    const { rows } = await ask({ metrics: ['spend'], by, order, limit: 1 });
    expect(rows).toEqual([['11', 'Cycle', '2025-07-15', '500']]);
  });
});

describe('records without orders', () => {
  it('are those on file whose count of orders is nothing', async () => {
    const period = { start: '2025-07-01', end: '2025-12-31', label: 'H2 2025' };
    const having = [{ metric: 'purchase_order_count', op: '<=', value: '0' }];
    const { rows } = await ask({
      metrics: ['supplier_count', 'purchase_order_count'],
      by: bySupplier,
      period,
      having,
    });
    expect(rows).toEqual([
      ['Acme', 1, 0],
      ['Bolts & Co', 1, 0],
    ]);
  });
});
