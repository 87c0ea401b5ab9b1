import { describe, expect, test } from 'vitest';

import { localDate } from '#kernel/time';
import {
  compileQuery,
  DIMENSIONS,
  type Metric,
  type MetricQuery,
  type MetricResult,
  METRICS,
} from '#semantic';

import type { Answer } from './answer.ts';
import { ask } from './ask.ts';
import { MEMBERS } from './fixture.ts';

const catalogue = { metrics: METRICS, dimensions: DIMENSIONS };

/** Words that betray a language; names of members and codes stand in quotation marks. */
const BETRAYING = {
  en: /\b(der|die|das|des|dem|und|oder|nach|für|mit|von|nicht|ist|sind|zu|im|am|Zeilen?|höchste\w*|niedrigste\w*|gesamter|Bestell\w*|Lieferant\w*|Einkauf\w*|Artikel|Waren\w*|heute|seit|Tage|bis|je|Anteil|Vorjahr|kein\w*|Jahr|Monat|Quartal)\b/,
  de: /\b(the|of|and|or|by|with|for|from|to|not|is|are|rows?|highest|lowest|all time|orders?|suppliers?|spend|items?|category|today|since|days|until|per|share|year|month|quarter|compared|previous|no|date|shown|change|price|rate)\b/i,
} as const;

/** Rows that hold every kind of cell: codes, 'Unknown', days, numbers. */
function rowsFor(query: MetricQuery): MetricResult {
  const { columns, sql, parameters, metrics } = compileQuery(query);
  const rows = Array.from({ length: query.by.length === 0 ? 1 : 3 }, (_, row) =>
    columns.map((column, at) => {
      if (column.name === 'order_status')
        return ['rejected', 'issued', 'awaiting-approval'][row] ?? '';
      if (column.name === 'preferred_supplier') return row === 0 ? 'yes' : 'no';
      if (column.type === 'text') return row === 2 ? 'Unknown' : `Xy ${row}`;
      if (column.type === 'date') return `2024-0${3 * row + 1}-01`;
      return column.type === 'count' ? 7 * row + at : `${1234 * (row + 1)}.${5 + at}`;
    }),
  );
  const assumptions = metrics.flatMap((metric) => metric.assumptions ?? []);
  return { columns, rows, sql, parameters, position: '1', assumptions };
}

const answer = (question: string, locale: 'en' | 'de', fiscalYearStartMonth = 1): Promise<Answer> =>
  ask({
    question,
    asOf: localDate('2026-11-21'),
    locale,
    catalogue,
    members: MEMBERS,
    run: (query) => Promise.resolve(rowsFor(query)),
    fiscalYearStartMonth,
  });

const said = (given: Answer): string =>
  [
    given.reading,
    given.narrative,
    ...given.assumptions,
    ...given.options.flatMap((option) => [option.label, option.question]),
    ...given.followUps,
    ...given.columns.map((column) => column.title ?? ''),
  ]
    .join('\n')
    .replace(/["“„][^"”“]*["”“]/g, '""');

const PATTERNS = {
  en: [
    '{}',
    '{} by item',
    '{} by supplier in 2025',
    '{} by order status',
    '{} by preferred supplier and country',
    '{} by month in 2024 compared with the prior year',
    '{} in Q1 2025 compared with Q1 2024',
    '{} since 2026',
    '{} by fiscal quarter in 2024',
    'share of {} by supplier',
    '{} per month on average',
    'top 5 suppliers by {}',
    'top 5 suppliers by increase in {} in 2025',
    '{} for supplier "Proseware, Inc." excluding order status "rejected"',
  ],
  de: [
    '{}',
    '{} nach Artikel',
    '{} nach Lieferant in 2025',
    '{} nach Bestellstatus',
    '{} nach Vorzugslieferant und Land',
    '{} nach Monat in 2024 im Vergleich zum Vorjahr',
    '{} in Q1 2025 im Vergleich zu Q1 2024',
    '{} seit 2026',
    '{} nach Geschäftsquartal in 2024',
    'Anteil an {} nach Lieferant',
    '{} je Monat im Schnitt',
    'Top 5 Lieferanten nach {}',
    'Top 5 Lieferanten nach Zuwachs ({}) in 2025',
    '{} für Lieferant "Proseware, Inc." ohne Bestellstatus "rejected"',
  ],
} as const;

const OTHERS = {
  en: ['performance', 'spend on 03/04/2025', 'average spend', 'Hex Nut', 'delete order 4012'],
  de: [
    'Leistung',
    'Ausgaben am 03/04/2025',
    'Durchschnittliche Ausgaben',
    'Hex Nut',
    'lösche Bestellung 4012',
  ],
} as const;

describe.each(['en', 'de'] as const)('in %s', (locale) => {
  test.each(METRICS.map((metric: Metric) => [metric.name, metric] as const))(
    'nothing about %s is said in the other language',
    async (_name, metric) => {
      let answered = 0;
      for (const pattern of PATTERNS[locale]) {
        const given = await answer(pattern.replace('{}', metric.title[locale]), locale);
        if (given.status === 'answered') answered += 1;
        expect(said(given)).not.toMatch(BETRAYING[locale]);
      }
      expect(answered).toBeGreaterThan(0);
    },
  );

  test.each(OTHERS[locale])('nothing is asked back in the other language: %s', async (question) => {
    const given = await answer(question, locale);
    expect(given.status).not.toBe('answered');
    expect(said(given)).not.toMatch(BETRAYING[locale]);
  });
});

describe('what is said', () => {
  test.each([
    ['en', 'spend since 2026', 'Spend since 1 January 2026 (to today, 21 November 2026)'],
    [
      'de',
      'Ausgaben seit 2026',
      'Einkaufsvolumen seit 1. Januar 2026 (bis heute, 21. November 2026)',
    ],
    ['en', 'spend until June 2023', 'Spend until 30 June 2023'],
    ['en', 'spend this year', 'Spend in 2026 to date (1 January 2026 – 21 November 2026)'],
    [
      'en',
      'spend in 2026',
      'Spend in 2026 (1 January 2026 – 31 December 2026; to today, 21 November 2026)',
    ],
    ['en', 'last order of Litware', 'Last purchase order for supplier "Litware, Inc.", all time'],
    [
      'en',
      'which orders are open over 30 days',
      'List open purchase orders over 30 days, all time',
    ],
    [
      'de',
      'Lieferanten ohne Bestellungen 2025',
      'Lieferanten ohne Bestellungen in 2025 (1. Januar 2025 – 31. Dezember 2025)',
    ],
    [
      'de',
      'stornierte Bestellungen auflisten',
      'Liste der Bestellungen für Bestellstatus "storniert", gesamter Zeitraum',
    ],
  ] as const)('%s: %s', async (locale, question, reading) => {
    expect((await answer(question, locale)).reading).toBe(reading);
  });

  test.each([
    ['en', 'spend by fiscal quarter in 2024', /FY2024 Q3/],
    ['de', 'Ausgaben nach Geschäftsquartal in 2024', /GJ 2024 Q3/],
    ['en', 'spend by fiscal year', /FY2025/],
    ['de', 'Ausgaben nach Geschäftsjahr', /GJ 2025/],
  ] as const)(
    'fiscal steps bear their name where the year begins in July: %s %s',
    async (locale, question, name) => {
      expect((await answer(question, locale, 7)).narrative).toMatch(name);
    },
  );
});
