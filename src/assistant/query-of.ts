import { type Decimal, decimal, divideDecimals, negateDecimal, trimDecimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { Metric, MetricQuery } from '#semantic';

import type { ChosenPeriod } from './chosen-period.ts';
import { queryPeriod } from './chosen-period.ts';
import type { Draft, DraftLimit } from './draft.ts';
import type { Shape } from './record-shape.ts';
import { metricOf, type Speech } from './words.ts';

const TOP_DEFAULT = 10;
const LIMIT_MAX = 1000;

/** Everything a query is made of once its metrics, cuts and period are settled. */
export type Settled = {
  readonly draft: Draft;
  readonly chosen: ChosenPeriod;
  readonly shape: Shape | undefined;
  readonly asOf: LocalDate;
  readonly speech: Speech;
};

type Having = NonNullable<MetricQuery['having']>[number];

/** Builds the typed query. Pure. */
export function queryOf(settled: Settled): MetricQuery {
  const { draft, chosen, shape, asOf, speech } = settled;
  const [metric = 'spend'] = draft.metrics;
  const having = havingOf(settled, metric);
  const metrics = draft.metrics.length > 0 ? draft.metrics : [metric];
  const held = having
    .map((each) => each.metric)
    .filter((name) => metricOf(name, speech.catalogue) !== undefined);
  const by = dateFirst(draft.by);
  const order = orderOf(settled, by, metric);
  const limit = shape?.limit ?? limitOf(draft, by);
  const balance =
    chosen.period?.shape === 'day' &&
    chosen.period.start === asOf &&
    metricOf(metric, speech.catalogue)?.overTime === 'last';
  const shared = draft.flags.has('share') && chosen.compare === undefined;
  return {
    metrics: [...new Set([...metrics, ...held])],
    by,
    where: filtersOf(draft),
    ...(chosen.period === undefined || balance
      ? {}
      : { period: queryPeriod(chosen.period, speech.locale) }),
    ...(chosen.compare === undefined ? {} : { compare: chosen.compare }),
    ...(shared ? { share: true as const } : {}),
    ...(draft.per === undefined ? {} : { per: draft.per }),
    ...(having.length === 0 ? {} : { having: [...having] }),
    ...(order === undefined ? {} : { order }),
    ...(limit === undefined || limit < 1 ? {} : { limit: Math.min(limit, LIMIT_MAX) }),
    asOf,
  };
}

function limitOf(draft: Draft, by: MetricQuery['by']): number | undefined {
  const { flags } = draft;
  const asked = flags.has('top') || flags.has('most') || flags.has('cheap');
  if (by.length === 0 || by[0]?.grain !== undefined || !asked) return undefined;
  return draft.count ?? (draft.singular ? 1 : TOP_DEFAULT);
}

function orderOf(
  { draft, shape, chosen, speech }: Settled,
  by: MetricQuery['by'],
  metric: string,
): MetricQuery['order'] {
  const [first] = by;
  if (shape?.order !== undefined) return shape.order;
  if (first === undefined) return undefined;
  if (first.grain !== undefined) return { by: first.grain, direction: 'asc' };
  const known = metricOf(metric, speech.catalogue);
  const column = chosen.compare === undefined ? undefined : changeColumn(draft, known);
  if (column === undefined) return { by: metric, direction: directionOf(draft, known) };
  const least = draft.direction === 'asc';
  return { by: column, direction: (draft.way === 'down') === least ? 'desc' : 'asc' };
}

/** What a ranking by growth goes by: 'fastest' and 'in percent' by the rate, else by the amount. */
function changeColumn({ flags, way }: Draft, metric: Metric | undefined): string | undefined {
  const sought = way === 'up' || way === 'down' || flags.has('most') || flags.has('top');
  if (metric === undefined || !flags.has('change') || !sought) return undefined;
  const relative = (flags.has('fastest') || flags.has('share')) && metric.unit !== 'ratio';
  return `${metric.name}_${relative ? 'percent' : 'change'}`;
}

function directionOf(draft: Draft, metric: Metric | undefined): 'asc' | 'desc' {
  const direction = draft.sorted ?? draft.direction;
  if (direction === 'desc' || direction === undefined) return 'desc';
  if (direction === 'asc') return 'asc';
  return (direction === 'best') === (metric?.direction === 'down') ? 'asc' : 'desc';
}

function havingOf(settled: Settled, metric: string): readonly Having[] {
  const { draft, shape, chosen, speech } = settled;
  const limits = draft.limits.map((limit) => heldAgainst(limit, settled, metric));
  if (shape?.none !== undefined)
    return [...limits, { metric: shape.none, op: '<=', value: decimal('0') }];
  const { flags, way } = draft;
  const cut = draft.by.some((each) => each.grain === undefined);
  const known = metricOf(metric, speech.catalogue);
  const column = changeColumn(draft, known);
  const only = chosen.compare !== undefined && flags.has('change') && cut && limits.length === 0;
  const asked = flags.has('which') || flags.has('list') || flags.has('show');
  if (!only || !asked || flags.has('most') || flags.has('top') || column === undefined)
    return limits;
  if (way !== 'up' && way !== 'down') return limits;
  return [{ metric: column, op: way === 'up' ? '>' : '<', value: decimal('0') }];
}

const TURNED = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' } as const;

/** 'Over 2 %' of a ratio is 0.02; 'rose by more than 10 %' holds the change against 0.1. */
function heldAgainst(limit: DraftLimit, settled: Settled, metric: string): Having {
  const { draft, chosen, speech } = settled;
  const name = limit.days && draft.metrics[0] !== undefined ? draft.metrics[0] : limit.metric;
  const known = metricOf(name ?? metric, speech.catalogue) ?? metricOf(metric, speech.catalogue);
  const ratio = known?.unit === 'ratio';
  const changes = draft.flags.has('change') && chosen.compare !== undefined;
  const share = draft.flags.has('share') && limit.percent && !ratio;
  const value = limit.percent && (ratio || changes || share) ? hundredth(limit.value) : limit.value;
  const on = known?.name ?? metric;
  if (share && !changes) return { metric: `${on}_share`, op: limit.op, value };
  if (!changes) return { metric: on, op: limit.op, value };
  const column = `${on}_${limit.percent && !ratio ? 'percent' : 'change'}`;
  if (draft.way !== 'down') return { metric: column, op: limit.op, value };
  return { metric: column, op: TURNED[limit.op], value: negateDecimal(value) };
}

const hundredth = (value: Decimal): Decimal =>
  trimDecimal(divideDecimals(value, decimal('100'), 8) ?? value);

function dateFirst(by: Draft['by']): MetricQuery['by'] {
  const cuts = by.map(({ dimension, grain }) =>
    grain === undefined ? { dimension } : { dimension, grain },
  );
  return [
    ...cuts.filter((each) => each.grain !== undefined),
    ...cuts.filter((each) => each.grain === undefined),
  ];
}

function filtersOf(draft: Draft): MetricQuery['where'] {
  const filters: { dimension: string; op: 'is' | 'is-not'; values: string[] }[] = [];
  for (const { member, not } of draft.where) {
    const op = not ? 'is-not' : 'is';
    const same = filters.find((each) => each.dimension === member.dimension && each.op === op);
    if (same === undefined)
      filters.push({ dimension: member.dimension, op, values: [member.value] });
    else if (!same.values.includes(member.value)) same.values.push(member.value);
  }
  return filters;
}
