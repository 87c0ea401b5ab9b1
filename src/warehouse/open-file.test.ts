import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleLog, order, supplier } from './example-log.ts';
import { openWarehouse } from './open-warehouse.ts';
import type { Warehouse } from './open-warehouse.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rialto-warehouse-'));
  file = path.join(folder, 'warehouse.duckdb');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const open = (fiscalYearStartMonth = 1): Promise<Warehouse> =>
  openWarehouse({ file, memoryLimitMb: 256, fiscalYearStartMonth });

describe('openWarehouse', () => {
  it('finds what it had loaded', async () => {
    const log = exampleLog();
    log.put('supplier', 's1', supplier());
    log.put('purchase-order', 'p1', order());
    const first = await open();
    await first.apply(log.changes);
    const fresh = await first.describeFreshness();
    await first.close();
    const second = await open();
    expect(second.setAside).toBeUndefined();
    expect(await second.describeFreshness()).toEqual(fresh);
    log.put('purchase-order', 'p2', order({ number: 'PO2' }));
    await second.apply(log.changes);
    const found = await second.query(
      `SELECT f.number, s.name FROM fact_purchase_order f JOIN dim_supplier s USING (supplier_key)
       ORDER BY 1`,
      {},
    );
    expect(found.rows).toEqual([
      ['PO1', 'Acme'],
      ['PO2', 'Acme'],
    ]);
    await second.close();
  });

  it('puts a broken file aside and begins again', async () => {
    await writeFile(file, 'this is no database, and never was one. '.repeat(1000));
    const warehouse = await open();
    expect(warehouse.setAside).toContain('not a valid DuckDB');
    expect(await warehouse.position()).toBe(0n);
    await warehouse.close();
    expect((await readdir(folder)).toSorted()).toEqual([
      'warehouse.duckdb',
      'warehouse.duckdb.set-aside',
    ]);
  });

  it('puts a file of another schema version aside', async () => {
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run(
      'CREATE TABLE load_state AS SELECT 0 AS schema_version, 1 AS fiscal_year_start_month',
    );
    connection.closeSync();
    instance.closeSync();
    const warehouse = await open();
    expect(warehouse.setAside).toBe('schema version 0');
    await warehouse.close();
  });

  it('finds a broken block in the middle when it opens', async () => {
    const first = await open();
    await first.close();
    const bytes = await readFile(file);
    bytes.fill(0x5a, 300_000, 400_000);
    await writeFile(file, bytes);
    const warehouse = await open();
    expect(warehouse.setAside).toMatch(/corrupt/i);
    await warehouse.close();
  });

  it('leaves a file alone that someone else has open, or that it may not make', async () => {
    const warehouse = await open();
    await expect(open()).rejects.toMatchObject({ code: 'warehouse.locked' });
    await warehouse.close();
    const settings = { memoryLimitMb: 256, fiscalYearStartMonth: 1 };
    const nowhere = path.join(folder, 'nowhere', 'warehouse.duckdb');
    await expect(openWarehouse({ ...settings, file: nowhere })).rejects.toMatchObject({
      code: 'warehouse.unreadable',
    });
    expect(await readdir(folder)).toEqual(['warehouse.duckdb']);
    await (await open()).close();
  });

  it('changes the fiscal year without loading again', async () => {
    const log = exampleLog();
    log.put('supplier', 's1', supplier());
    const first = await open(1);
    await first.apply(log.changes);
    await first.close();
    const second = await open(10);
    const year = await second.query(
      "SELECT fiscal_year, fiscal_period FROM dim_date WHERE day = DATE '2025-10-01'",
      {},
    );
    expect(year.rows).toEqual([[2026, 1]]);
    expect(await second.position()).toBe(1n);
    await second.close();
  });

  it('does nothing once it is closed', async () => {
    const warehouse = await open();
    await warehouse.close();
    await warehouse.close();
    await expect(warehouse.query('SELECT 1', {})).rejects.toMatchObject({
      code: 'warehouse.closed',
    });
    await expect(warehouse.apply([])).rejects.toMatchObject({ code: 'warehouse.closed' });
  });
});
