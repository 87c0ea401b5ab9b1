import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from '#warehouse';
import type { Warehouse } from '#warehouse';
import { adventureworksFolder, adventureworksLog } from './adventureworks-log.ts';
import { bothRoads } from './agreement.ts';
import { METRICS } from './catalogue.ts';
import { MetricQuerySchema } from './query.ts';
import { runQuery } from './run-query.ts';

const folder = adventureworksFolder();

// Runs where the public orders lie beside the checkout.
describe.runIf(folder !== undefined)('on the public purchase orders', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openWarehouse({
      file: ':memory:',
      memoryLimitMb: 512,
      fiscalYearStartMonth: 7,
    });
    await warehouse.apply(adventureworksLog(folder ?? ''));
  });
  afterAll(async () => warehouse.close());

  const ask = async (query: object): Promise<readonly (readonly (string | number | null)[])[]> =>
    (await runQuery(warehouse, MetricQuerySchema.parse({ asOf: '2026-01-01', ...query }))).rows;

  it('the published totals come out to the last digit', async () => {
    const metrics = [
      'spend',
      'purchase_order_count',
      'purchase_order_line_count',
      'rejected_quantity',
      'received_quantity',
      'active_suppliers',
    ];
    expect(await ask({ metrics })).toEqual([['58984395.4495', 3701, 8226, '24445', '2156016', 86]]);
  });

  it('spend by year is as published', async () => {
    const by = [{ dimension: 'date', grain: 'year' }];
    expect(await ask({ metrics: ['spend'], by })).toEqual([
      ['2022-01-01', '398330.59'],
      ['2023-01-01', '3547702.179'],
      ['2024-01-01', '19835265.0535'],
      ['2025-01-01', '35203097.627'],
    ]);
  });

  it('11,338 of a million units are rejected', async () => {
    expect(await ask({ metrics: ['rejection_rate'] })).toEqual([['0.01133804']]);
  });

  it('the ten largest suppliers get 42.06 % of spend', async () => {
    const [[share] = []] = await ask({ metrics: ['top_ten_supplier_share'] });
    expect(Number(share).toFixed(4)).toBe('0.4206');
  });

  it.each(METRICS.map((metric) => [metric.name, metric] as const))(
    '%s is the same by another road',
    async (_name, metric) => {
      const { own, check } = await bothRoads(warehouse, metric);
      expect(own).toEqual(check);
    },
  );
});
