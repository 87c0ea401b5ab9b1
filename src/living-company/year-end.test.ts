/** A company over the end of its fiscal year: it is closed, by history and day by day alike. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { balanceSheet, incomeStatement, monthlyRevenue, trialBalance } from '#erp/ledger/reports';
import { assert } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate, parseInstant, systemClock } from '#kernel/time';
import { openLife } from './live.ts';
import { brokenBooks, openInstallation } from './testing.ts';
import { ENTITIES } from './world/plan.ts';
import type { Plan } from './world/plan.ts';
import { writeHistory } from './write-history.ts';

const PLAN: Plan = { size: 'small', seed: 7, startedOn: localDate('2024-11-01') };
const [BEFORE, AFTER] = [localDate('2025-02-12'), localDate('2025-03-02')];
const [FIRST_OF_YEAR, YEAR_END] = [localDate('2024-01-01'), localDate('2024-12-31')];
const CODES = ENTITIES.map(({ code }) => code);
const clock = () => parseInstant('2025-03-03T00:00:00Z') ?? systemClock();
const zero = decimal('0');
let lived: Database; // History up to mid-February, and day by day from there.
let written: Database; // History up to March.
let before: Awaited<ReturnType<typeof statementsOf>>;
let after: typeof before;

/** What each legal entity says of the year that is over, and of its revenue. */
async function statementsOf({ kysely }: Database) {
  const of = async (legalEntity: string) => {
    const income = await incomeStatement(kysely, {
      legalEntity,
      from: FIRST_OF_YEAR,
      to: YEAR_END,
    });
    const sheet = await balanceSheet(kysely, { legalEntity, on: YEAR_END });
    assert(income.ok && sheet.ok, `${legalEntity} has books`);
    const months = await monthlyRevenue(kysely, { legalEntity, on: YEAR_END, months: 2 });
    return { income: income.value, sheet: sheet.value, months };
  };
  return await Promise.all(CODES.map(of));
}

beforeAll(async () => {
  lived = await openInstallation();
  await writeHistory({ database: lived, clock }, { plan: PLAN, until: BEFORE, by: 'ada' });
  before = await statementsOf(lived);
  await (await openLife({ database: lived, clock })).step();
  after = await statementsOf(lived);
  written = await openInstallation();
  await writeHistory({ database: written, clock }, { plan: PLAN, until: AFTER, by: 'ada' });
});
afterAll(async () => {
  await lived.close();
  await written.close();
});

const same = (one: Decimal, other: Decimal): boolean => compareDecimals(one, other) === 0;

/** Closed fiscal years: how often, on which day, and how many periods of them are open. */
const closings = (database: Database): Promise<readonly unknown[]> =>
  rows(
    database.kysely,
    sql`select e.legal_entity as entity, e.fiscal_year as year, e.posted_on as posted,
        (e.created_at at time zone 'UTC')::date as written,
        (select count(*)::integer from erp_ledger.period p where p.legal_entity = e.legal_entity
          and p.fiscal_year = e.fiscal_year and p.number <= 13 and p.status <> 'closed') as open
      from erp_ledger.journal_entry e where e.kind = 'closing' order by 1, 2`,
  );

test('the year is closed once, weeks after its end, in history and day by day alike', async () => {
  const expected = CODES.toSorted().map((entity) => ({
    entity,
    year: 2024,
    posted: YEAR_END,
    written: '2025-02-17',
    open: 0,
  }));
  expect(await closings(written)).toEqual(expected);
  expect(await closings(lived)).toEqual(expected);
});

test('what the year and its months earned is told as before it was closed', () => {
  expect(after.map(({ income }) => income)).toEqual(before.map(({ income }) => income));
  expect(after.map(({ months }) => months)).toEqual(before.map(({ months }) => months));
  for (const { income, months } of after) {
    expect(income.rows.length).toBeGreaterThan(5);
    expect(months.filter(({ revenue }) => compareDecimals(revenue, zero) <= 0)).toEqual([]);
  }
});

test('its result stands in retained earnings, and the new year begins at nothing', async () => {
  for (const [at, code] of CODES.entries()) {
    const [open, closed] = [before[at], after[at]];
    assert(open !== undefined && closed !== undefined, `${code} has books`);
    const retained = ({ sheet }: typeof open): Decimal =>
      sheet.rows.find(({ line }) => line === 'retained-earnings')?.amount ?? zero;
    expect(compareDecimals(open.sheet.result, zero)).not.toBe(0);
    expect(same(open.sheet.result, open.income.result)).toBe(true);
    expect(same(closed.sheet.result, zero)).toBe(true);
    expect(same(retained(closed), open.income.result)).toBe(true);
    expect(same(closed.sheet.assets, closed.sheet.equityAndLiabilities)).toBe(true);
    expect(same(closed.sheet.assets, open.sheet.assets)).toBe(true);
    const wish = { legalEntity: code, from: localDate('2025-01-01'), to: AFTER };
    const { rows: accounts, totals } = await trialBalance(lived.kysely, wish);
    expect([totals.opening, totals.closing].every((each) => same(each, zero))).toBe(true);
    const flows = accounts.filter(({ kind }) => kind === 'income' || kind === 'expense');
    expect(flows.length).toBeGreaterThan(5);
    expect(flows.filter(({ opening }) => !same(opening, zero))).toEqual([]);
  }
});

test('the books agree, and both ways tell the same of the year that was closed', async () => {
  expect(await brokenBooks(lived, AFTER)).toEqual([]);
  expect(await brokenBooks(written, AFTER)).toEqual([]);
  expect(await statementsOf(written)).toEqual(after);
});
