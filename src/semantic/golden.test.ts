import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from '#warehouse';
import type { Warehouse } from '#warehouse';
import { compiledGolden, bothRoads, goldenFile } from './agreement.ts';
import { METRICS } from './catalogue.ts';
import { findDimension } from './dimension.ts';
import { exampleCompany } from './example-company.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({
    file: ':memory:',
    memoryLimitMb: 256,
    fiscalYearStartMonth: 7,
  });
  await warehouse.apply(exampleCompany());
});
afterAll(async () => warehouse.close());

describe.each(METRICS.map((metric) => [metric.name, metric] as const))('%s', (_name, metric) => {
  it('compiles to its golden SQL', () => {
    const { sql } = compiledGolden(metric);
    if (process.env['RIALTO_GOLDEN'] === 'rewrite') writeFileSync(goldenFile(metric.name), sql);
    expect(readFileSync(goldenFile(metric.name), 'utf8')).toBe(sql);
  });

  it('gives the same number by another road', async () => {
    const { own, check } = await bothRoads(warehouse, metric);
    expect(own).toEqual(check);
  });

  it('names only cuts its fact has', () => {
    const unknown = metric.by.filter((name) => findDimension(name)?.key[metric.fact] === undefined);
    expect(unknown).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('has every file of metrics/, under its name', () => {
    const files = readdirSync(resolve(import.meta.dirname, 'metrics'))
      .filter((file) => file !== 'fragments.ts')
      .map((file) => file.replace('.ts', '').replaceAll('-', '_'));
    expect(METRICS.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });

  it('keeps no golden file of a metric that is gone', () => {
    const files = readdirSync(resolve(import.meta.dirname, 'golden'));
    const wanted = METRICS.flatMap(({ name }) => [`${name}.sql`, `${name}.check.sql`]);
    expect(files.toSorted()).toEqual(wanted.toSorted());
  });
});
