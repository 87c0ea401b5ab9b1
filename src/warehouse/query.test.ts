import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from './open-warehouse.ts';
import type { Warehouse } from './open-warehouse.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({
    file: ':memory:',
    memoryLimitMb: 256,
    fiscalYearStartMonth: 7,
  });
});
afterAll(async () => warehouse.close());

describe('query', () => {
  it('gives decimals and days as exact text and whole numbers as numbers', async () => {
    const result = await warehouse.query(
      `SELECT 12345678901234567890123456789.12345678::DECIMAL(38,8) AS amount,
        DATE '2025-02-28' AS day, count(*) AS n, 9007199254740993::BIGINT AS big,
        sum(1) AS total, true AS flag, NULL AS nothing, 0.5::DOUBLE AS half FROM range(3)`,
      {},
    );
    expect(result.rows).toEqual([
      [
        '12345678901234567890123456789.12345678',
        '2025-02-28',
        3,
        '9007199254740993',
        3,
        true,
        null,
        0.5,
      ],
    ]);
    expect(result.columns.slice(0, 3)).toEqual([
      { name: 'amount', type: 'DECIMAL(38,8)' },
      { name: 'day', type: 'DATE' },
      { name: 'n', type: 'BIGINT' },
    ]);
  });

  it('takes parameters by name', async () => {
    const result = await warehouse.query(
      `WITH days AS (SELECT day FROM dim_date WHERE day BETWEEN $start::DATE AND $end::DATE)
       SELECT count(*), $label::VARCHAR, $big::BIGINT, $none::VARCHAR FROM days`,
      { start: '2024-02-01', end: '2024-02-29', label: "it's", big: 7n, none: null },
    );
    expect(result.rows).toEqual([[29, "it's", 7, null]]);
  });

  it.each([
    'DELETE FROM dim_date',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE dim_date',
    'DROP TABLE dim_date',
    "COPY dim_date TO 'x.csv'",
    'WITH gone AS (SELECT 1) DELETE FROM dim_date',
    'PRAGMA database_list',
    "SET memory_limit='1GB'",
    "ATTACH 'x.duckdb'",
    '',
  ])('refuses %s', async (sql) => {
    await expect(warehouse.query(sql, {})).rejects.toMatchObject({
      code: 'warehouse.query-refused',
    });
  });

  it.each(["SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'", 'SELECT x'])(
    'fails on %s',
    async (sql) => {
      await expect(warehouse.query(sql, {})).rejects.toMatchObject({
        code: 'warehouse.query-failed',
      });
    },
  );
});

describe('the calendar', () => {
  it.each([
    ['2025-06-30', [20250630, 2025, 2, 2025, 27, 1, 2025, 4, 12, '2025-04-01', '2024-07-01']],
    ['2025-07-01', [20250701, 2025, 3, 2025, 27, 2, 2026, 1, 1, '2025-07-01', '2025-07-01']],
    ['2024-12-30', [20241230, 2024, 4, 2025, 1, 1, 2025, 2, 6, '2024-10-01', '2024-07-01']],
    ['2024-02-29', [20240229, 2024, 1, 2024, 9, 4, 2024, 3, 8, '2024-01-01', '2023-07-01']],
  ])('knows the fiscal year from July on %s', async (day, expected) => {
    const result = await warehouse.query(
      `SELECT date_key, year, quarter, iso_year, iso_week, weekday, fiscal_year, fiscal_quarter,
        fiscal_period, fiscal_quarter_start, fiscal_year_start
       FROM dim_date WHERE day = $day::DATE`,
      { day },
    );
    expect(result.rows).toEqual([expected]);
  });

  it('has one unknown day', async () => {
    const result = await warehouse.query('SELECT day FROM dim_date WHERE date_key = -1', {});
    expect(result.rows).toEqual([[null]]);
  });
});
