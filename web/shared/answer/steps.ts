import type { TFunction } from 'i18next';
import { z } from 'zod';
import type { Catalogue } from '#api-contract';
import type { Format } from '../format.ts';
import type { Language } from '../i18n.ts';

const Query = z.object({
  metrics: z.array(z.string()),
  by: z.array(z.object({ dimension: z.string(), grain: z.string().optional() })).default([]),
  where: z
    .array(
      z.object({
        dimension: z.string(),
        op: z.enum(['is', 'is-not']),
        values: z.array(z.string()),
      }),
    )
    .default([]),
  period: z.object({ start: z.string(), end: z.string() }).optional(),
  compare: z.enum(['prior-period', 'prior-year']).optional(),
  having: z.array(z.object({ metric: z.string(), op: z.string(), value: z.string() })).optional(),
  order: z.object({ by: z.string(), direction: z.enum(['asc', 'desc']) }).optional(),
  limit: z.number().optional(),
  asOf: z.string(),
});
export type ReadableQuery = z.infer<typeof Query>;

/** The typed query of an answer, where there is one. */
export const queryOf = (query: unknown): ReadableQuery | undefined => Query.safeParse(query).data;

type Reader = {
  readonly t: TFunction;
  readonly format: Format;
  readonly language: Language;
  readonly catalogue: Catalogue | undefined;
};

function titleOf(name: string, { catalogue, language }: Reader): string {
  const known = [...(catalogue?.metrics ?? []), ...(catalogue?.dimensions ?? [])];
  return known.find((one) => one.name === name)?.title[language] ?? name.replaceAll('_', ' ');
}

function filterText(filter: ReadableQuery['where'][number], reader: Reader): string {
  const key = filter.op === 'is' ? 'step.is' : 'step.isNot';
  return reader.t(key, {
    dimension: titleOf(filter.dimension, reader),
    values: filter.values.join(` ${reader.t('step.or')} `),
  });
}

/** What was done to get an answer, in words a controller checks it by. */
export function stepsOf(query: ReadableQuery, reader: Reader): readonly string[] {
  const { t, format } = reader;
  const title = (name: string): string => titleOf(name, reader);
  const steps = [t('step.measure', { what: query.metrics.map(title).join(', ') })];
  if (query.by.length > 0) {
    const by = query.by.map(({ dimension, grain }) => title(grain ?? dimension));
    steps.push(t('step.by', { what: by.join(', ') }));
  }
  steps.push(...query.where.map((one) => t('step.where', { what: filterText(one, reader) })));
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
