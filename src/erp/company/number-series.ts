import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { LocalDate } from '#kernel/time';
import { findLegalEntity, fiscalYearOf } from './legal-entity.ts';

/** Numbers that follow each other without a gap. */
export type NumberRange = {
  readonly year: number; // Fiscal.
  readonly first: number;
  readonly numbers: readonly string[];
};

/**
 * Takes the next `count` numbers of a series, 'JE-2026-000042'. Each fiscal year of each legal
 * entity counts from 1. The series stays locked until the transaction ends, so that none is lost
 * when it is rolled back: take numbers as late as possible, several series in the order of names.
 */
export async function takeNumbers(
  tx: Handle,
  legalEntity: string,
  series: string,
  ...[day, count]: readonly [day: LocalDate, count: number]
): Promise<string[]> {
  return [...(await takeRange(tx, { legalEntity, series, day, count })).numbers];
}

/** A number for each of these days, in their order; days are asked for in the order of time. */
export async function takeNumbersOn(
  tx: Handle,
  legalEntity: string,
  series: string,
  days: readonly LocalDate[],
): Promise<readonly string[]> {
  const numbers: string[] = [];
  const asked = days.map((day, place) => ({ day, place })).toSorted(byDay);
  for (const own of await byFiscalYear(tx, legalEntity, asked)) {
    const [first] = own;
    if (first === undefined) continue;
    const taken = await takeNumbers(tx, legalEntity, series, first.day, own.length);
    for (const [at, { place }] of own.entries()) numbers[place] = taken[at] ?? '';
  }
  return numbers;
}

type Asked = { readonly day: LocalDate; readonly place: number };

const byDay = (a: Asked, b: Asked): number => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0);

/** Each fiscal year's own, so that a series is asked once for it; one day is of one year. */
async function byFiscalYear(
  tx: Handle,
  legalEntity: string,
  asked: readonly Asked[],
): Promise<readonly (readonly Asked[])[]> {
  if (asked[0]?.day === asked.at(-1)?.day) return [asked];
  const entity = await findLegalEntity(tx, legalEntity);
  assert(entity !== undefined, `there is no legal entity ${legalEntity}`);
  const years = Map.groupBy(asked, ({ day }) => fiscalYearOf(entity.fiscalYearStartMonth, day));
  return [...years.values()];
}

/** As `takeNumbers`, told apart: the year and the first count. */
export async function takeRange(
  tx: Handle,
  wanted: {
    readonly legalEntity: string;
    readonly series: string;
    readonly day: LocalDate;
    readonly count: number;
  },
): Promise<NumberRange> {
  const { legalEntity, series, day, count } = wanted;
  assert(Number.isInteger(count) && count > 0, 'one number at least is taken');
  const [taken] = await rows<{ year: number; last: string }>(
    tx,
    sql`insert into erp_company.number_series as s (legal_entity, series, year, taken)
      select code, ${series}, extract(year from ${day}::date)::integer
        + case when fiscal_year_start_month > 1
            and extract(month from ${day}::date) >= fiscal_year_start_month then 1 else 0 end,
        ${count}
      from erp_company.legal_entity where code = ${legalEntity}
      on conflict (legal_entity, series, year) do update set taken = s.taken + ${count}
      returning year, taken as last`,
  );
  assert(taken !== undefined, `there is no legal entity ${legalEntity}`);
  const first = Number(taken.last) - count + 1;
  const numbers = Array.from({ length: count }, (_, at) =>
    numberOf(series, taken.year, first + at),
  );
  return { year: taken.year, first, numbers };
}

const numberOf = (series: string, year: number, count: number): string =>
  `${series}-${year}-${String(count).padStart(6, '0')}`;
