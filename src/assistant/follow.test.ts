/** Questions that go on from the one before, as people put them; read without tuning to one of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { localDate } from '#kernel/time';
import { DIMENSIONS, type MetricQuery, METRICS } from '#semantic';

import { MEMBERS } from './fixture.ts';
import { follow } from './follow.ts';
import { understand } from './understand.ts';

const setting = (locale: 'en' | 'de') => ({
  asOf: localDate('2026-11-21'),
  locale,
  catalogue: { metrics: METRICS, dimensions: DIMENSIONS },
  members: MEMBERS,
  fiscalYearStartMonth: 1,
});

function queryOf(question: string, locale: 'en' | 'de'): MetricQuery {
  const read = understand(question, setting(locale));
  if (read.kind !== 'query') throw new Error(`${question}: ${read.kind}`);
  return read.query;
}

/** A query in one line: metrics | cuts | filters | period | rest. */
function brief(query: MetricQuery): string {
  const { metrics, by, where, period, compare, limit, order, share } = query;
  const against = typeof compare === 'object' ? compare.period.start : compare;
  const rest = [
    against,
    limit === undefined ? undefined : `${limit} ${order?.direction}`,
    share === true ? 'share' : undefined,
  ];
  return [
    metrics.join('+'),
    by.map((cut) => cut.grain ?? cut.dimension).join('+'),
    where.map(({ dimension, op, values }) => `${dimension} ${op} ${values.join('/')}`).join('; '),
    period === undefined ? '' : `${period.start}..${period.end}`,
    rest.filter((each) => each !== undefined).join(' '),
  ]
    .join(' | ')
    .replace(/(?: \| )+$/, '');
}

function after(first: string, next: string, locale: 'en' | 'de'): string {
  const read = follow(next, queryOf(first, locale), setting(locale));
  if (read === undefined) return 'for itself';
  return read.kind === 'query' ? brief(read.query) : read.kind;
}

const FIRST = {
  en: 'top 5 vendors by spend in 2025',
  de: 'Top 5 Lieferanten nach Einkaufsvolumen 2025',
} as const;

const SAYINGS: readonly (readonly ['en' | 'de', string, readonly string[]])[] = [
  [
    'en',
    'spend | supplier |  | 2024-01-01..2024-12-31 | 5 desc',
    [
      'what about the year before',
      'and the previous year?',
      'and 2024?',
      'how about 2024',
      'one year earlier',
    ],
  ],
  [
    'de',
    'spend | supplier |  | 2024-01-01..2024-12-31 | 5 desc',
    [
      'und im Jahr davor?',
      'und 2024?',
      'wie sieht es im Vorjahr aus?',
      'ein Jahr früher',
      'was ist mit 2024',
    ],
  ],
  [
    'en',
    'spend | item_category |  | 2025-01-01..2025-12-31',
    ['and by category', 'by category?', 'break that down by category'],
  ],
  [
    'de',
    'spend | item_category |  | 2025-01-01..2025-12-31',
    ['und nach Kategorie?', 'nach Kategorie', 'jetzt nach Kategorie'],
  ],
  [
    'en',
    'spend | supplier | supplier is supplier-1 | 2025-01-01..2025-12-31 | 5 desc',
    ['only for vendor Litware', 'just Litware, Inc.', 'and for Litware?', 'what about Litware'],
  ],
  [
    'de',
    'spend | supplier | supplier is supplier-1 | 2025-01-01..2025-12-31 | 5 desc',
    ['nur für Lieferant Litware', 'und für Litware?', 'was ist mit Litware', 'nur Litware'],
  ],
  [
    'en',
    'rejection_rate | supplier |  | 2025-01-01..2025-12-31 | 5 desc',
    ['and the rejection rate?', 'what about rejection rate'],
  ],
  ['en', 'spend | supplier |  | 2025-01-01..2025-12-31 | 3 desc', ['only the top 3', 'top 3']],
  ['en', 'spend | month |  | 2025-01-01..2025-12-31', ['and by month', 'by month?']],
  [
    'en',
    'spend | supplier |  | 2025-01-01..2025-12-31 | prior-year 5 desc',
    ['compared to the year before', 'vs the previous year'],
  ],
  [
    'de',
    'spend | supplier |  | 2025-01-01..2025-12-31 | prior-year 5 desc',
    ['verglichen mit dem Vorjahr', 'im Vergleich zum Vorjahr'],
  ],
  [
    'en',
    'spend | supplier |  | 2025-01-01..2025-03-31 | 5 desc',
    ['and in Q1?', 'only Q1', 'what was it in the first quarter'],
  ],
  [
    'de',
    'spend | supplier |  | 2025-01-01..2025-03-31 | 5 desc',
    ['und im ersten Quartal?', 'nur Q1'],
  ],
  [
    'en',
    'spend | supplier |  | 2025-03-01..2025-03-31 | 5 desc',
    ['what was it in March', 'now for March'],
  ],
  [
    'de',
    'spend | supplier |  | 2025-03-01..2025-03-31 | 5 desc',
    ['wie war es im März', 'nur im März'],
  ],
  [
    'en',
    'spend | supplier |  | 2025-01-01..2025-12-31',
    ['all of them', 'show me all', 'remove the limit', 'everything'],
  ],
  [
    'de',
    'spend | supplier |  | 2025-01-01..2025-12-31',
    ['alle', 'zeige alle', 'ohne Begrenzung', 'alle anzeigen'],
  ],
  [
    'en',
    'spend | supplier |  | 2025-01-01..2025-12-31 | 5 asc',
    ['show the bottom 5 instead', 'rather the bottom five'],
  ],
  [
    'de',
    'spend | supplier |  | 2025-01-01..2025-12-31 | 5 asc',
    ['stattdessen die untersten 5', 'lieber die untersten fünf'],
  ],
  [
    'de',
    'spend | supplier |  | 2025-01-01..2025-12-31 | 10 desc',
    ['lieber die zehn größten', 'die zehn größten'],
  ],
  [
    'en',
    'purchase_order_count | supplier |  | 2025-01-01..2025-12-31 | 5 desc',
    ['how many orders was that', 'and how many purchase orders were those?'],
  ],
  [
    'de',
    'purchase_order_count | supplier |  | 2025-01-01..2025-12-31 | 5 desc',
    ['wie viele Bestellungen waren das?', 'und wie viele Bestellungen?'],
  ],
  [
    'en',
    'spend | month |  | 2025-01-01..2025-12-31',
    ['which month was highest', 'the best month', 'which was the highest month?'],
  ],
  [
    'de',
    'spend | month |  | 2025-01-01..2025-12-31',
    ['welcher Monat war am höchsten?', 'der beste Monat'],
  ],
  [
    'en',
    'spend | quarter |  | 2025-01-01..2025-12-31',
    ['the lowest quarter', 'which quarter was smallest'],
  ],
];

describe('a question may go on from the one before', () => {
  for (const [locale, expected, sayings] of SAYINGS) {
    test.each(sayings)(`${locale}: %s`, (saying) => {
      expect(after(FIRST[locale], saying, locale)).toBe(expected);
    });
  }

  test('a quarter, a month and a stretch of days move as the calendar does', () => {
    const at = (first: string, next: string): string =>
      after(`spend in ${first}`, next, 'en').split(' | ').at(-1) ?? '';
    expect(at('Q1 2025', 'and the quarter before?')).toBe('2024-10-01..2024-12-31');
    expect(at('Q1 2025', 'the same quarter of the previous year')).toBe('2024-01-01..2024-03-31');
    expect(at('March 2024', 'and the month after')).toBe('2024-04-01..2024-04-30');
    expect(at('February 2024', 'a year later?')).toBe('2025-02-01..2025-02-28');
    expect(at('2025', 'and the month before')).toBe('2024-12-01..2024-12-31');
    expect(at('2025', 'two years before')).toBe('2023-01-01..2023-12-31');
  });

  test('a question that says what it measures stands for itself, and so does what asks for a change', () => {
    for (const own of ['rejection rate by supplier in 2024', 'how many suppliers do we have']) {
      expect(after(FIRST.en, own, 'en')).toBe('for itself');
    }
    for (const no of ['and delete them', 'what about sales', 'and the flumbergast', 'and?', '']) {
      expect(after(FIRST.en, no, 'en')).toBe('for itself');
    }
  });

  test('best, worst and the value are of what the question before measured', () => {
    expect(after('rejection rate by supplier in 2025', 'worst 5', 'en')).toBe(
      'rejection_rate | supplier |  | 2025-01-01..2025-12-31 | 5 desc',
    );
    expect(after('shipped on time rate by supplier in 2025', 'only the worst 5', 'en')).toBe(
      'shipped_on_time_rate | supplier |  | 2025-01-01..2025-12-31 | 5 asc',
    );
    expect(after('Anzahl Bestellungen 2024 je Quartal', 'als Betrag', 'de')).toBe(
      'spend | quarter |  | 2024-01-01..2024-12-31',
    );
  });

  test('whatever is asked after whatever, reading never throws, and nothing is lost unsaid', () => {
    const words = fc.constantFrom(
      ...'and 2024 the year before by supplier category only Litware top 3 und nach Monat Vorjahr nur für without ? , compared month later'.split(
        ' ',
      ),
    );
    const isSaid = (said: readonly string[], locale: 'en' | 'de'): boolean => {
      const read = follow(said.join(' '), queryOf(FIRST[locale], locale), setting(locale));
      return read?.kind !== 'query' || /going on|Fortsetzung/.test(read.notes[0] ?? '');
    };
    const law = fc.property(
      fc.array(words, { maxLength: 6 }),
      fc.constantFrom('en' as const, 'de' as const),
      isSaid,
    );
    const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 40) };
    expect(fc.check(law, runs)).toMatchObject({ failed: false });
  });
});
