import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { LocalDate } from '#kernel/time';

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
  for (const day of new Set(days.toSorted())) {
    const places = [...days.keys()].filter((at) => days[at] === day);
    const taken = await takeNumbers(tx, legalEntity, series, day, places.length);
    for (const [at, place] of places.entries()) numbers[place] = taken[at] ?? '';
  }
  return numbers;
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
