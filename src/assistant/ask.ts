import { type Decimal, divideDecimals, parseDecimal, trimDecimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { MetricQuery, MetricResult, ResultColumn } from '#semantic';

import type { Answer, Chart } from './answer.ts';
import type { Asked } from './draft.ts';
import { factsOf, narrate } from './facts.ts';
import { followUpsOf } from './follow-ups.ts';
import type { AskCatalogue } from './lexicon.ts';
import type { Member } from './member-search.ts';
import type { Locale } from './numbers.ts';
import { understand, type Understanding } from './understand.ts';
import { metricOf, metricWord, questionOf, readingOf, type Speech } from './words.ts';

/** A question with everything needed to answer it. `run` is the only road to data. */
export type AskRequest = {
  readonly question: string;
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
  const { asOf, locale, catalogue, members } = request;
  const speech = { catalogue, members, locale };
  const setting = {
    asOf,
    locale,
    catalogue,
    members,
    fiscalYearStartMonth: request.fiscalYearStartMonth ?? 1,
  };
  const understood = understand(request.question, setting);
  if (understood.kind !== 'query') return unanswered(understood, asOf, speech);
  const { asked, notes } = understood;
  const result = asked.share ? await withShare(asked, request) : await request.run(asked.query);
  return answered(asked, result, { notes, speech });
}

function unanswered(
  understood: Exclude<Understanding, { kind: 'query' }>,
  asOf: LocalDate,
  speech: Speech,
): Answer {
  if (understood.kind === 'rephrase')
    return { ...NOTHING, status: 'clarify', reading: understood.why, options: understood.options };
  if (understood.kind === 'clarify') {
    const options = understood.choices.map((asked) => {
      const question = questionOf(asked, speech);
      return { label: question, question };
    });
    return { ...NOTHING, status: 'clarify', reading: understood.why, options };
  }
  const near = understood.near.flatMap((name) => metricOf(name, speech.catalogue)?.name ?? []);
  const metrics = [
    ...new Set([...near, 'spend', 'purchase_order_count', 'rejection_rate', 'order_to_ship_days']),
  ].slice(0, 4);
  const options = metrics.map((metric) => {
    const question = questionOf(
      {
        query: { metrics: [metric], by: [{ dimension: 'supplier' }], where: [], asOf },
        share: false,
      },
      speech,
    );
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

function answered(
  asked: Asked,
  result: MetricResult,
  how: { notes: readonly string[]; speech: Speech },
): Answer {
  const { speech, notes } = how;
  const { locale } = speech;
  const metric = metricOf(asked.query.metrics[0] ?? '', speech.catalogue);
  const additive = metric?.overTime === 'sum' || metric?.overTime === 'last';
  const facts = factsOf(result, additive, locale);
  const empty = result.rows.length === 0;
  return {
    status: 'answered',
    reading: readingOf(asked, speech),
    query: asked.query,
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
    followUps: followUpsOf(asked, speech),
    chart: empty ? { kind: 'table', y: [] } : chartOf(result),
    facts,
    ...(result.recordIds === undefined ? {} : { drill: result.recordIds }),
    sql: result.sql,
    position: result.position,
  };
}

function chartOf({ columns, rows }: MetricResult): Chart {
  const cuts = columns.filter((column) => column.role === 'dimension');
  const y = columns
    .filter((column) => column.role === 'metric' || column.role === 'comparison')
    .map((column) => column.name);
  const [first] = cuts;
  if (first === undefined) return { kind: 'number', y };
  const shown = { x: first.name, y };
  if (cuts.length > 2 || rows.length > 400) return { kind: 'table', ...shown };
  if (first.type === 'date' && cuts.length === 1) return { kind: 'line', ...shown };
  if (cuts.length === 2) return { kind: 'grouped-bar', ...shown };
  return rows.length > 60 ? { kind: 'table', ...shown } : { kind: 'bar', ...shown };
}

/** Adds a column that holds each row's part of the whole; the whole ignores the cut and its filter. */
async function withShare({ query }: Asked, { run }: AskRequest): Promise<MetricResult> {
  const result = await run(query);
  const cuts = new Set(query.by.map((cut) => cut.dimension));
  const { order: _order, limit: _limit, having: _having, compare: _compare, ...rest } = query;
  const metrics = query.metrics.slice(0, 1);
  const whole = await run({
    ...rest,
    metrics,
    by: [],
    where: query.where.filter((each) => !cuts.has(each.dimension)),
  });
  const at = result.columns.findIndex((column) => column.role === 'metric');
  const total = whole.rows.length === 1 ? exact(whole.rows[0]?.at(-1)) : undefined;
  const metric = result.columns[at];
  if (metric === undefined || total === undefined) return result;
  const column: ResultColumn = {
    name: `${metric.name}_share`,
    title: { en: `Share of ${metric.title.en.toLowerCase()}`, de: `Anteil: ${metric.title.de}` },
    type: 'ratio',
    role: 'change',
  };
  const rows = result.rows.map((row) => [...row, partOf(exact(row[at]), total)]);
  const recordIds = result.recordIds?.map((ids) => [...ids, null]);
  const note = {
    en: `Shares are of the whole, ${total}.`,
    de: `Anteile am Ganzen, ${total}.`,
  };
  return {
    ...result,
    columns: [...result.columns, column],
    rows,
    assumptions: [note, ...result.assumptions],
    ...(recordIds === undefined ? {} : { recordIds }),
  };
}

const exact = (cell: string | number | null | undefined): Decimal | undefined =>
  cell === null || cell === undefined ? undefined : parseDecimal(String(cell));

function partOf(part: Decimal | undefined, total: Decimal): string | null {
  const ratio = part === undefined ? undefined : divideDecimals(part, total, 8);
  return ratio === undefined ? null : trimDecimal(ratio);
}
