import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from '#warehouse';
import type { Warehouse } from '#warehouse';
import { METRICS } from './catalogue.ts';
import { EXAMPLE_ORDERS, exampleCompany } from './example-company.ts';
import { memberIndex } from './member-index.ts';
import { MetricQuerySchema } from './query.ts';
import type { MetricResult } from './result.ts';
import { runQuery } from './run-query.ts';

const opened: Warehouse[] = [];
async function company(orders = EXAMPLE_ORDERS): Promise<Warehouse> {
  const made = await openWarehouse({
    file: ':memory:',
    memoryLimitMb: 256,
    fiscalYearStartMonth: 7,
  });
  opened.push(made);
  await made.apply(exampleCompany(orders));
  return made;
}

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await company();
});
afterAll(async () => {
  for (const each of opened) await each.close();
});

const ask = async (query: object, on = warehouse): Promise<MetricResult> =>
  runQuery(on, MetricQuerySchema.parse({ asOf: '2025-12-31', ...query }));

const YEAR = { start: '2025-01-01', end: '2025-12-31', label: '2025' };

describe('runQuery', () => {
  it('gives exact decimals in the currency of the orders, with the record behind each row', async () => {
    const result = await ask({ metrics: ['spend'], by: [{ dimension: 'supplier' }] });
    expect(result.columns).toEqual([
      expect.objectContaining({ name: 'supplier', role: 'dimension', recordKind: 'supplier' }),
      expect.objectContaining({ name: 'spend', type: 'money', unit: 'EUR', role: 'metric' }),
    ]);
    expect(result.rows).toEqual([
      ['Cycle', '500'],
      ['Bolts & Co', '310'],
      ['Acme', '305.5'],
    ]);
    expect(result.recordIds).toEqual([
      ['supplier_c', null],
      ['supplier_b', null],
      ['supplier_a', null],
    ]);
    expect(result.position).toBe(String(6 + EXAMPLE_ORDERS.length));
    expect(result.assumptions[0]?.en).toContain('No supplier invoices are loaded');
  });

  it('joins metrics of two facts on the cut without multiplying either', async () => {
    const metrics = ['spend', 'freight', 'rejection_rate'];
    const alone = await Promise.all(
      metrics.map(async (name) => ask({ metrics: [name], by: [{ dimension: 'supplier' }], order })),
    );
    const together = await ask({ metrics, by: [{ dimension: 'supplier' }], order });
    const values = alone.map(({ rows }) => new Map(rows.map(([name, value]) => [name, value])));
    expect(together.rows).toEqual(
      together.rows.map(([name]) => [name, ...values.map((each) => each.get(name ?? '') ?? null)]),
    );
  });

  it('fills the empty months of a trend: 0 for a sum, nothing for a ratio', async () => {
    const period = { start: '2025-02-01', end: '2025-04-30', label: 'spring' };
    const by = [{ dimension: 'date', grain: 'month' }];
    expect((await ask({ metrics: ['spend', 'rejection_rate'], by, period })).rows).toEqual([
      ['2025-02-01', '230', '0.07142857'],
      ['2025-03-01', '210', null],
      ['2025-04-01', '0', null],
    ]);
  });

  it('starts fiscal years where the company does', async () => {
    const by = [{ dimension: 'date', grain: 'fiscal_year' }];
    const { rows } = await ask({ metrics: ['purchase_order_count'], by });
    expect(rows).toEqual([
      ['2023-07-01', 1],
      ['2024-07-01', 4],
      ['2025-07-01', 1],
    ]);
  });

  it('compares a whole year with the one before', async () => {
    const result = await ask({ metrics: ['spend'], period: YEAR, compare: 'prior-year' });
    expect(result.columns.map(({ name, role }) => [name, role])).toEqual([
      ['spend', 'metric'],
      ['spend_prior', 'comparison'],
      ['spend_change', 'change'],
      ['spend_percent', 'change'],
    ]);
    expect(result.rows).toEqual([['1015', '100.5', '914.5', '9.09950249']]);
  });

  it('compares a running year with as many days of the one before', async () => {
    const early = { metrics: ['spend'], period: YEAR, compare: 'prior-period' };
    expect((await ask({ ...early, asOf: '2025-02-09' })).rows).toEqual([['0', '0', '0', null]]);
    expect((await ask({ ...early, asOf: '2025-02-10' })).rows[0]?.[1]).toBe('100.5');
  });

  it('looks back one bucket in a trend', async () => {
    const period = { start: '2025-02-01', end: '2025-03-31', label: 'two months' };
    const by = [{ dimension: 'date', grain: 'month' }];
    const { rows } = await ask({ metrics: ['spend'], by, period, compare: 'prior-period' });
    expect(rows).toEqual([
      ['2025-02-01', '230', '0', '230', null],
      ['2025-03-01', '210', '230', '-20', '-0.08695652'],
    ]);
  });

  it('keeps the top member of a trend with all its buckets', async () => {
    const by = [{ dimension: 'supplier' }, { dimension: 'date', grain: 'quarter' }];
    const { rows } = await ask({ metrics: ['spend'], by, period: YEAR, limit: 1 });
    expect(rows).toEqual([
      ['Cycle', '2025-01-01', '0'],
      ['Cycle', '2025-04-01', '0'],
      ['Cycle', '2025-07-01', '500'],
      ['Cycle', '2025-10-01', '0'],
    ]);
  });

  it('takes a named status in place of the usual ones', async () => {
    const where = [{ dimension: 'order_status', op: 'is', values: ['rejected', 'draft'] }];
    expect((await ask({ metrics: ['purchase_order_count'], where })).rows).toEqual([[2]]);
  });

  it('filters by record, and by what is not', async () => {
    const where = [{ dimension: 'supplier', op: 'is-not', values: ['supplier_c', 'supplier_b'] }];
    expect((await ask({ metrics: ['spend'], where })).rows).toEqual([['305.5']]);
    const having = [{ metric: 'spend', op: '>=', value: '310.00' }];
    const by = [{ dimension: 'supplier' }];
    expect((await ask({ metrics: ['spend'], by, having })).rows).toHaveLength(2);
  });

  it('shows currencies apart rather than adding them', async () => {
    const dollars = EXAMPLE_ORDERS.map((order) =>
      order.number === '3' ? { ...order, currency: 'USD' } : order,
    );
    const mixed = await company(dollars);
    const { columns, rows, assumptions } = await ask({ metrics: ['spend'] }, mixed);
    expect(columns.map(({ name }) => name)).toEqual(['currency', 'spend']);
    expect(rows).toEqual([
      ['EUR', '905.5'],
      ['USD', '210'],
    ]);
    expect(assumptions[0]?.en).toContain('Several currencies');
    const share = await ask({ metrics: ['top_ten_supplier_share'] }, mixed);
    expect(new Set(share.rows.map(([currency]) => currency))).toEqual(new Set(['EUR', 'USD']));
  });

  it('adds unlike units as ordered and says so', async () => {
    const cartons = EXAMPLE_ORDERS.map((each) =>
      each.number === '3'
        ? { ...each, lines: each.lines.map((line) => ({ ...line, unit: 'CT' })) }
        : each,
    );
    const mixed = await company(cartons);
    const { columns, rows, assumptions } = await ask({ metrics: ['ordered_quantity'] }, mixed);
    expect(rows).toEqual((await ask({ metrics: ['ordered_quantity'] })).rows);
    expect(columns[0]?.unit).toBeUndefined();
    expect(assumptions.at(-1)?.en).toContain('Several units of measure');
    const apart = await ask({ metrics: ['ordered_quantity'], by: [{ dimension: 'unit' }] }, mixed);
    expect(apart.rows).toContainEqual(['CT', '2']);
  });

  it('says 0 of nothing loaded is unknown, and nothing in a loaded period is 0', async () => {
    const empty = await company([]);
    expect((await ask({ metrics: ['spend'] }, empty)).rows).toEqual([[null]]);
    const period = { start: '2023-01-01', end: '2023-01-31', label: 'before' };
    expect((await ask({ metrics: ['spend', 'rejection_rate'], period })).rows).toEqual([
      ['0', null],
    ]);
  });

  it('says how many lines a metric could use', async () => {
    const { assumptions } = await ask({ metrics: ['purchase_price_variance'] });
    expect(assumptions.at(-1)?.en).toContain('covers 5 of 10 order lines');
  });

  it('lists the names people may write', async () => {
    const members = await memberIndex(warehouse);
    expect(members).toContainEqual({
      dimension: 'supplier',
      value: 'supplier_b',
      label: 'Bolts & Co',
      recordId: 'supplier_b',
    });
    expect(members).toContainEqual({ dimension: 'item_category', value: 'Parts', label: 'Parts' });
  });
});

const order = { by: 'supplier', direction: 'asc' };

describe('a sum cut by anything', () => {
  const summed = METRICS.filter(({ overTime }) => overTime === 'sum' || overTime === 'last');
  const cases = summed.flatMap(({ name, by, overTime }) =>
    by
      .filter((dimension) => dimension !== 'date' || overTime === 'sum')
      .map((dimension) => [name, dimension] as const),
  );

  it.each(cases)('%s by %s adds up to the whole', async (name, dimension) => {
    const grain = dimension === 'date' ? { grain: 'week' } : {};
    const whole = await ask({ metrics: [name] });
    const cut = await ask({ metrics: [name], by: [{ dimension, ...grain }] });
    const total = cut.rows.reduce((sum, row) => sum + inSteps(row.at(-1)), 0n);
    expect(total).toBe(inSteps(whole.rows[0]?.[0]));
  });
});

/** In units of 10^-8, to add without rounding. */
function inSteps(cell: string | number | null | undefined): bigint {
  const [whole = '0', fraction = ''] = String(cell).replace('-', '').split('.');
  const steps = BigInt(whole + fraction.padEnd(8, '0').slice(0, 8));
  return String(cell).startsWith('-') ? -steps : steps;
}
