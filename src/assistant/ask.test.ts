import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { localDate } from '#kernel/time';
import { compileQuery, DIMENSIONS, type MetricQuery, type MetricResult, METRICS } from '#semantic';

import { ask } from './ask.ts';
import { checkNarrative } from './facts.ts';
import { MEMBERS } from './fixture.ts';
import { QUESTIONS, UNSUPPORTED } from './question-table.ts';
import { understand } from './understand.ts';
import { questionOf } from './words.ts';

const catalogue = { metrics: METRICS, dimensions: DIMENSIONS };
const asOf = localDate('2026-11-21');
const setting = (locale: 'en' | 'de') => ({
  asOf,
  locale,
  catalogue,
  members: MEMBERS,
  fiscalYearStartMonth: 1,
});

const style = (locale: 'en' | 'de') => ({ locale, fiscalYearStartMonth: 1 });

/** A query in one line: metrics | cuts | filters | period | rest. */
const brief = (question: string, locale: 'en' | 'de'): string => {
  const read = understand(question, setting(locale));
  if (read.kind !== 'query') return read.kind;
  const { query } = read;
  const where = query.where.map(
    ({ dimension, op, values }) => `${dimension} ${op} ${values.join('/')}`,
  );
  const having = query.having?.map(({ metric, op, value }) => `${metric} ${op} ${value}`) ?? [];
  const { compare, limit, order, share, per } = query;
  const column = order?.by === query.metrics[0] ? undefined : order?.by;
  const rest = [
    typeof compare === 'object' ? `vs ${compare.period.start}..${compare.period.end}` : compare,
    ...(limit === undefined ? [] : [limit, order?.direction, column]),
    share === undefined ? undefined : 'share',
    per === undefined ? undefined : `per ${per}`,
  ];
  return [
    query.metrics.join('+'),
    query.by.map((cut) => cut.grain ?? cut.dimension).join('+'),
    [...where, ...having].join('; '),
    query.period === undefined ? '' : `${query.period.start}..${query.period.end}`,
    rest.filter((each) => each !== undefined).join(' '),
  ]
    .join(' | ')
    .replace(/(?: \| )+$/, '');
};

/** Rows made of numbers that add up, in the shape the query asks for. */
const rowsFor = (query: MetricQuery): MetricResult => {
  const { columns, sql, parameters } = compileQuery(query);
  const count = query.by.length === 0 ? 1 : 3;
  const rows = Array.from({ length: count }, (_, row) =>
    columns.map((column, at) => {
      if (column.type === 'text') return `Name ${row}`;
      if (column.type === 'date') return `2024-0${row + 1}-01`;
      if (column.type === 'count') return 7 * row + at;
      return `${1234 * (row + 1)}.${5 + at}`;
    }),
  );
  return {
    columns,
    rows,
    sql,
    parameters,
    position: '1',
    assumptions: [],
  };
};

const answer = (question: string, locale: 'en' | 'de') =>
  ask({
    question,
    asOf,
    locale,
    catalogue,
    members: MEMBERS,
    run: (query) => Promise.resolve(rowsFor(query)),
  });

describe('questions', () => {
  test.each(QUESTIONS)('%s: %s', (locale, question, expected) => {
    expect(brief(question, locale)).toBe(expected);
  });

  test.each(UNSUPPORTED)('%s is not answered', (question) => {
    expect(brief(question, 'en')).toBe('unsupported');
  });

  test.each(QUESTIONS)(
    '%s: what was read is said in words that read the same: %s',
    (locale, question) => {
      const read = understand(question, setting(locale));
      if (read.kind !== 'query') return;
      const said = questionOf(read.query, { catalogue, members: MEMBERS, locale });
      expect(brief(said, locale)).toBe(brief(question, locale));
    },
  );
});

describe('answers', () => {
  test.each(QUESTIONS)(
    '%s: %s: every number has a cell, every follow-up and option an answer',
    async (locale, question) => {
      const given = await answer(question, locale);
      for (const next of [...given.followUps, ...given.options.map((option) => option.question)]) {
        expect(understand(next, setting(locale)).kind).toBe('query');
      }
      if (given.status !== 'answered') return;
      expect(given.followUps.length).toBe(3);
      expect(given.query).not.toEqual({});
      const read = understand(question, setting(locale));
      if (read.kind !== 'query') return;
      expect(
        checkNarrative(given.narrative, given.facts ?? [], rowsFor(read.query), style(locale)),
      ).toEqual([]);
    },
  );

  test('a narrative with a changed number is caught', async () => {
    const given = await answer('spend by supplier', 'en');
    const read = understand('spend by supplier', setting('en'));
    if (read.kind !== 'query') throw new Error('not read');
    const table = rowsFor(read.query);
    const changed = {
      ...table,
      rows: table.rows.map((row) => row.map((cell) => (cell === '3702.6' ? '3703.6' : cell))),
    };
    expect(checkNarrative(given.narrative, given.facts ?? [], changed, style('en'))).not.toEqual(
      [],
    );
  });

  test('any text is answered, asked back or declined, never thrown at', async () => {
    const word = fc.constantFrom(
      'spend',
      'by',
      'vendor',
      'top',
      '5',
      'over',
      'between',
      'and',
      '%',
      '2024',
      'last',
      'share',
      'vs',
      'orders',
      'average',
      'Proseware',
      'how many',
      'not',
      'most',
      '"',
      'trend',
      '03/04/2025',
      'list',
      'late',
      'under 3',
      'january',
      '9999',
      '99999999',
      'years',
      'ago',
      'next',
      'fiscal',
      'Q4',
      'days',
      'compare',
      'growth',
      'fell by',
      'without orders',
      'last order',
      'cheapest',
      'who supplies',
      'per month on average',
      'percent',
      'gegenüber',
      'gesunken',
      'Anteil',
      'verspätete Bestellungen',
      'seit',
      'Chain',
      'than',
      'awaiting approval',
      '__proto__', // What every plain object answers to must not be found in a table of words.
      'constructor',
      'valueOf',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(word, fc.string()), { maxLength: 10 }),
        fc.constantFrom('en' as const, 'de' as const),
        async (words, locale) => {
          const given = await answer(words.join(' '), locale);
          expect(['answered', 'clarify', 'unsupported']).toContain(given.status);
          for (const option of given.options) expect(option.question).not.toBe('');
        },
      ),
      { numRuns: Number(process.env['RIALTO_PROPERTY_RUNS'] ?? 400) },
    );
  });

  test('a question is read in less than ten milliseconds among 700 names', () => {
    const many = Array.from({ length: 700 }, (_, at) => ({
      dimension: at < 200 ? 'supplier' : 'item',
      value: `v${at}`,
      label: `${['North', 'Blue', 'Iron', 'Rapid'][at % 4]} ${['Works', 'Bolt', 'Frame', 'Gear', 'Trade'][at % 5]} ${at}`,
    }));
    const times = QUESTIONS.map(([locale, question]) => {
      const start = performance.now();
      understand(question, { ...setting(locale), members: many });
      return performance.now() - start;
    }).toSorted((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(10);
  });
});
