import { assert } from '#kernel';

/** The days `dim_date` knows. A day outside gets the unknown key, −1. */
export const CALENDAR_YEARS = { first: 1970, last: 2099 } as const;

/**
 * SQL that fills `dim_date` afresh. Weeks are ISO 8601. A fiscal year is named after the calendar
 * year it ends in: with start month 7, FY 2026 is 2025-07-01 … 2026-06-30.
 */
export function calendarSql(fiscalYearStartMonth: number): string {
  assert(
    Number.isInteger(fiscalYearStartMonth) &&
      fiscalYearStartMonth >= 1 &&
      fiscalYearStartMonth <= 12,
    `a fiscal year cannot start in month ${fiscalYearStartMonth}`,
  );
  const elapsed = fiscalYearStartMonth - 1; // Months of the calendar year before the fiscal one.
  const shifted = `(month_start - INTERVAL ${elapsed} MONTH)`; // As if the fiscal year began in January.
  return `
DELETE FROM dim_date;
INSERT INTO dim_date (date_key, day, year, quarter, month, iso_year, iso_week, weekday,
  fiscal_year, fiscal_quarter, fiscal_period, week_start, month_start, quarter_start, year_start,
  fiscal_quarter_start, fiscal_year_start)
WITH every AS (
  SELECT unnest(generate_series(DATE '${CALENDAR_YEARS.first}-01-01',
    DATE '${CALENDAR_YEARS.last}-12-31', INTERVAL 1 DAY))::DATE AS day
), months AS (
  SELECT day, date_trunc('month', day)::DATE AS month_start FROM every
)
SELECT year(day) * 10000 + month(day) * 100 + day(day), day, year(day), quarter(day), month(day),
  isoyear(day), week(day), isodow(day),
  ${elapsed === 0 ? 'year(day)' : `year(${shifted}) + 1`},
  quarter(${shifted}),
  month(${shifted}),
  date_trunc('week', day)::DATE, month_start,
  date_trunc('quarter', day)::DATE, date_trunc('year', day)::DATE,
  (date_trunc('quarter', ${shifted})
    + INTERVAL ${elapsed} MONTH)::DATE,
  (date_trunc('year', ${shifted}) + INTERVAL ${elapsed} MONTH)::DATE
FROM months ORDER BY day;
INSERT INTO dim_date (date_key) VALUES (-1);
`;
}
