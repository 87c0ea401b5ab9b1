import type { LocalDate } from '#kernel/time';
import type { MetricQuery, MetricResult } from '#semantic';

import type { Answer, Chart } from './answer.ts';
import { factsOf, narrate } from './facts.ts';
import { follow } from './follow.ts';
import { followUpsOf } from './follow-ups.ts';
import type { AskCatalogue } from './lexicon.ts';
import type { Member } from './member-search.ts';
import type { Locale } from './numbers.ts';
import { understand, type Understanding } from './understand.ts';
import { metricOf, metricWord, questionOf, readingOf, type Speech } from './words.ts';

/** A question with everything needed to answer it. `run` is the only road to data. */
export type AskRequest = {
  readonly question: string;
  /** The query of the question before, which this one may go on from. */
  readonly after?: MetricQuery;
  readonly asOf: LocalDate;
  readonly locale: Locale;
  readonly catalogue: AskCatalogue;
  readonly members: readonly Member[];
  readonly run: (query: MetricQuery) => Promise<MetricResult>;
  /** 1 unless the company's year begins in another month. */
  readonly fiscalYearStartMonth?: number;
};

const NOTHING = {
  query: {},
  columns: [],
  rows: [],
  narrative: '',
  assumptions: [],
  options: [],
  followUps: [],
} as const;

/** Answers a question, asks back, or says what it does not understand. Reads only; fails only when `run` does. */
export async function ask(request: AskRequest): Promise<Answer> {
  const { asOf, locale, catalogue, members, fiscalYearStartMonth = 1 } = request;
  const speech = { catalogue, members, locale };
  const setting = { asOf, locale, catalogue, members, fiscalYearStartMonth };
  const { after } = request;
  const followed = after === undefined ? undefined : follow(request.question, after, setting);
  const understood = followed ?? understand(request.question, setting);
  if (understood.kind !== 'query') return unanswered(understood, asOf, speech);
  const { query, notes } = understood;
  const result = await request.run(query);
  return answered(query, result, { notes, speech, fiscalYearStartMonth });
}

function unanswered(
  understood: Exclude<Understanding, { kind: 'query' }>,
  asOf: LocalDate,
  speech: Speech,
): Answer {
  if (understood.kind === 'rephrase')
    return { ...NOTHING, status: 'clarify', reading: understood.why, options: understood.options };
  if (understood.kind === 'clarify') {
    const options = understood.choices.map((query) => {
      const question = questionOf(query, speech);
      return { label: question, question };
    });
    return { ...NOTHING, status: 'clarify', reading: understood.why, options };
  }
  const near = understood.near.flatMap((name) => metricOf(name, speech.catalogue)?.name ?? []);
  const metrics = [
    ...new Set([...near, 'spend', 'purchase_order_count', 'rejection_rate', 'order_to_ship_days']),
  ].slice(0, 4);
  const options = metrics.map((metric) => {
    const known = metricOf(metric, speech.catalogue);
    const cut = known?.by.includes('supplier') === true ? 'supplier' : known?.by[0];
    const by = cut === undefined ? [] : [{ dimension: cut }];
    const question = questionOf({ metrics: [metric], by, where: [], asOf }, speech);
    return { label: metricWord(metric, speech), question };
  });
  const can = metrics.map((metric) => metricWord(metric, speech)).join(', ');
  const offer =
    speech.locale === 'en'
      ? `I can answer, for example: ${can}.`
      : `Beantworten kann ich zum Beispiel: ${can}.`;
  return {
    ...NOTHING,
    status: 'unsupported',
    reading: `${understood.why} ${offer}`,
    options,
    followUps: options.slice(0, 3).map((each) => each.question),
  };
}

type How = {
  readonly notes: readonly string[];
  readonly speech: Speech;
  readonly fiscalYearStartMonth: number;
};

function answered(query: MetricQuery, result: MetricResult, how: How): Answer {
  const { speech, notes, fiscalYearStartMonth } = how;
  const { locale } = speech;
  const metric = metricOf(query.metrics[0] ?? '', speech.catalogue);
  const sums = metric?.overTime === 'sum' || metric?.overTime === 'last';
  const facts = factsOf(result, {
    additive: sums && metric.denominator === undefined,
    ordered: query.order?.by,
    locale,
    fiscalYearStartMonth,
  });
  const empty = result.rows.length === 0;
  return {
    status: 'answered',
    reading: readingOf(query, speech),
    query,
    columns: result.columns.map(({ name, type, unit, title, role, recordKind }) => ({
      name,
      type,
      ...(unit === undefined ? {} : { unit }),
      title: title[locale],
      role,
      ...(recordKind === undefined ? {} : { recordKind }),
    })),
    rows: result.rows,
    narrative: narrate(facts),
    assumptions: [...notes, ...result.assumptions.map((each) => each[locale])],
    options: [],
    followUps: followUpsOf(query, speech),
    chart: empty ? { kind: 'table', y: [] } : chartOf(result),
    facts,
    ...(result.recordIds === undefined ? {} : { drill: result.recordIds }),
    sql: result.sql,
    position: result.position,
  };
}

function chartOf({ columns, rows }: MetricResult): Chart {
  const cuts = columns.filter((column) => column.role === 'dimension');
  const average = columns.find((column) => column.role === 'average');
  const measured = columns.filter(({ role }) => role === 'metric' || role === 'comparison');
  const y = (average === undefined ? measured : [average]).map((column) => column.name);
  const [first] = cuts;
  if (first === undefined) return { kind: 'number', y };
  const shown = { x: first.name, y };
  if (cuts.length > 2 || rows.length > 400) return { kind: 'table', ...shown };
  if (first.type === 'date' && cuts.length === 1) return { kind: 'line', ...shown };
  if (cuts.length === 2) return { kind: 'grouped-bar', ...shown };
  return rows.length > 60 ? { kind: 'table', ...shown } : { kind: 'bar', ...shown };
}
