import type { Catalogue } from '#api-contract';
import type { Format } from '../format.ts';
import type { Language } from '../i18n.ts';
import type { Translate } from '../translate.ts';

/** The typed query of an answer, as far as a reader is told of it. */
export type ReadableQuery = {
  readonly metrics: readonly string[];
  readonly by?: readonly { readonly dimension: string; readonly grain?: string }[];
  readonly where?: readonly {
    readonly dimension: string;
    readonly op: 'is' | 'is-not';
    readonly values: readonly string[];
  }[];
  readonly period?: { readonly start: string; readonly end: string };
  readonly compare?: 'prior-period' | 'prior-year';
  readonly having?: readonly { metric: string; op: string; value: string }[];
  readonly order?: { readonly by: string; readonly direction: 'asc' | 'desc' };
  readonly limit?: number;
  readonly asOf: string;
};

const isReadable = (query: unknown): query is ReadableQuery =>
  typeof query === 'object' && query !== null && 'metrics' in query && 'asOf' in query;

/** The typed query of an answer, where there is one. */
export const queryOf = (query: unknown): ReadableQuery | undefined =>
  isReadable(query) ? query : undefined;

type Reader = {
  readonly t: Translate;
  readonly format: Format;
  readonly language: Language;
  readonly catalogue: Catalogue | undefined;
  readonly names: ReadonlyMap<string, string>; // Of records, by id.
};

function titleOf(name: string, { catalogue, language }: Reader): string {
  const known = [...(catalogue?.metrics ?? []), ...(catalogue?.dimensions ?? [])];
  return known.find((one) => one.name === name)?.title[language] ?? name.replaceAll('_', ' ');
}

/** The question that a metric answers, where the catalogue is known. */
function definitionOf(name: string, { t, catalogue, language }: Reader): readonly string[] {
  const metric = catalogue?.metrics.find((one) => one.name === name);
  if (metric === undefined) return [];
  const { title, answers } = metric;
  return [t('step.definition', { what: title[language], answers: answers[language] })];
}

function filterText(filter: NonNullable<ReadableQuery['where']>[number], reader: Reader): string {
  const key = filter.op === 'is' ? 'step.is' : 'step.isNot';
  return reader.t(key, {
    dimension: titleOf(filter.dimension, reader),
    values: filter.values
      .map((value) => reader.names.get(value) ?? value)
      .join(` ${reader.t('step.or')} `),
  });
}

/** What was done to get an answer, in words a controller checks it by. */
export function stepsOf(query: ReadableQuery, reader: Reader): readonly string[] {
  const { t, format } = reader;
  const title = (name: string): string => titleOf(name, reader);
  const steps = [
    t('step.measure', { what: query.metrics.map(title).join(', ') }),
    ...query.metrics.flatMap((name) => definitionOf(name, reader)),
  ];
  if (query.by !== undefined && query.by.length > 0) {
    const by = query.by.map(({ dimension, grain }) => title(grain ?? dimension));
    steps.push(t('step.by', { what: by.join(', ') }));
  }
  steps.push(
    ...(query.where ?? []).map((one) => t('step.where', { what: filterText(one, reader) })),
  );
  if (query.period !== undefined) {
    const { start, end } = query.period;
    steps.push(t('step.period', { what: `${format.day(start)} – ${format.day(end)}` }));
  }
  if (query.compare !== undefined) {
    steps.push(t('step.compare', { what: t(`step.${query.compare}`) }));
  }
  for (const { metric, op, value } of query.having ?? []) {
    steps.push(t('step.having', { what: `${title(metric)} ${op} ${format.decimal(value)}` }));
  }
  if (query.order !== undefined) {
    const direction = query.order.direction === 'desc' ? 'step.descending' : 'step.ascending';
    steps.push(t('step.order', { what: t(direction, { what: title(query.order.by) }) }));
  }
  if (query.limit !== undefined) steps.push(t('step.limit', { what: format.count(query.limit) }));
  return [...steps, t('step.asOf', { what: format.day(query.asOf) })];
}
