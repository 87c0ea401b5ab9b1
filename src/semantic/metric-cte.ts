import { assert } from '#kernel';
import { findDimension } from './dimension.ts';
import type { Dimension } from './dimension.ts';
import { apartBy } from './metric.ts';
import type { JoinName, Metric } from './metric.ts';
import type { Grain, MetricQuery } from './query.ts';
import type { Step } from './span.ts';
import { allOf, listed } from './sql.ts';

/** One cut of a query, resolved; its key is called k1, k2 … in the SQL. */
export type Cut = { readonly key: string; readonly dimension: Dimension; readonly grain?: Grain };

/** Which days a metric is summed over: parameter names, and how far its buckets move on. */
export type Window = {
  readonly start?: string;
  readonly end: string;
  readonly ahead?: Step;
  /** Dimensions whose filters are left out: the whole that shares are of. */
  readonly ignoring?: ReadonlySet<string>;
};

const STANDING = {
  placed: "in ('issued', 'partly-received', 'received', 'closed')",
  open: "in ('issued', 'partly-received')",
} as const;

const JOINS: Readonly<Record<JoinName, string>> = {
  supplier: 'join dim_supplier as supplier on supplier.supplier_key = fact.supplier_key',
  item: 'join dim_item as item on item.item_key = fact.item_key',
  supplier_item:
    'left join dim_supplier_item as supplier_item on supplier_item.supplier_key = fact.supplier_key' +
    ' and supplier_item.item_key = fact.item_key and supplier_item.currency = fact.currency',
  issued: 'join dim_date as issued on issued.date_key = fact.issued_on_key',
  shipped: 'join dim_date as shipped on shipped.date_key = fact.shipped_on_key',
  promised: 'join dim_date as promised on promised.date_key = fact.promised_on_key',
  asked: 'join dim_date as asked on asked.date_key = $as_of',
};

export const BUCKET_COLUMNS: Readonly<Record<Grain, string>> = {
  day: 'day',
  week: 'week_start',
  month: 'month_start',
  quarter: 'quarter_start',
  year: 'year_start',
  fiscal_quarter: 'fiscal_quarter_start',
  fiscal_year: 'fiscal_year_start',
};

/** The cuts of a query that checkQuery has passed. */
export function cutsOf(query: MetricQuery): readonly Cut[] {
  return query.by.map(({ dimension: name, grain }, at) => {
    const dimension = findDimension(name);
    assert(dimension !== undefined, `${name} is a dimension`);
    return { key: `k${at + 1}`, dimension, ...(grain === undefined ? {} : { grain }) };
  });
}

/** One metric summed at the asked cut, alone: nothing else is joined to its fact but by unique key. */
export function metricCte(
  metric: Metric,
  query: MetricQuery,
  cuts: readonly Cut[],
  window: Window,
): string {
  const trend = cuts.some((cut) => cut.grain !== undefined) && metric.dateRole !== undefined;
  const joins = [...neededJoins(metric, query, cuts)].map((name) => JOINS[name]);
  if (trend) joins.push(`join dim_date as bucket on bucket.date_key = fact.${metric.dateRole}_key`);
  const scoped = [...metric.scope, ...standingOf(metric, query), inWindow(metric, window)];
  const filters = filtersOf(metric, query, window.ignoring ?? new Set());
  const derived = metric.derive ?? [];
  const from = derived.reduce((source, stage, at) => {
    const columns = Object.entries(stage).map(([name, sql]) => `${sql} as ${name}`);
    const where = at === 0 ? `\n    where ${allOf(scoped)}` : '';
    return `(\n    select fact.*, ${columns.join(', ')}\n    from ${source}${where}\n  ) as fact`;
  }, `${metric.fact} as fact`);
  const columns = [
    ...cuts.map((cut) => `${keyOf(metric, cut, window)} as ${cut.key}`),
    `${metric.numerator} as numerator`,
    ...(metric.denominator === undefined ? [] : [`${metric.denominator} as denominator`]),
    ...sameness(metric),
    ...(metric.coverage === undefined
      ? []
      : [`count(*) as scoped`, `count(*) filter (where ${metric.coverage.rows}) as covered`]),
  ];
  return [
    `select ${listed(columns)}`,
    `from ${from}`,
    ...joins,
    `where ${allOf(derived.length === 0 ? [...scoped, ...filters] : filters)}`,
    ...(cuts.length === 0 ? [] : [`group by ${cuts.map((_cut, at) => at + 1).join(', ')}`]),
  ].join('\n  ');
}

/** Unlike currencies or units are never added: the least and the greatest show whether they are. */
function sameness(metric: Metric): readonly string[] {
  const apart = apartBy(metric);
  if (apart === undefined) return [];
  const column = `fact.${apart}`;
  return [`min(${column}) as unit_low`, `max(${column}) as unit_high`];
}

function neededJoins(
  metric: Metric,
  query: MetricQuery,
  cuts: readonly Cut[],
): ReadonlySet<JoinName> {
  const joins = new Set<JoinName>(metric.joins);
  for (const { dimension } of cuts) {
    if (dimension.join !== undefined && dimension.shown === undefined) joins.add(dimension.join);
  }
  for (const { dimension: name } of query.where) {
    const join = findDimension(name)?.join;
    if (join !== undefined) joins.add(join);
  }
  return joins;
}

function standingOf(metric: Metric, query: MetricQuery): readonly string[] {
  const named = query.where.some((each) => each.dimension === 'order_status' && each.op === 'is');
  if (named || metric.standing === 'any') return []; // Who names a status means that status.
  const column = findDimension('order_status')?.key[metric.fact];
  return [`${column} ${STANDING[metric.standing]}`];
}

function inWindow(metric: Metric, { start, end }: Window): string {
  if (metric.dateRole === undefined) return 'true';
  const day = `fact.${metric.dateRole}_key`;
  const until = `${day} <= $${end}`;
  return start === undefined || metric.overTime === 'last'
    ? until
    : `${day} >= $${start} and ${until}`;
}

function filtersOf(
  metric: Metric,
  query: MetricQuery,
  ignoring: ReadonlySet<string>,
): readonly string[] {
  return query.where.flatMap(({ dimension: name, op, values }, at) => {
    if (ignoring.has(name)) return [];
    const dimension = findDimension(name);
    const sql = dimension?.filter?.[metric.fact] ?? dimension?.key[metric.fact];
    assert(sql !== undefined, `${metric.name} can be filtered by ${name}`);
    const names = values.map((_value, index) => `$${filterParameter(at, index)}`).join(', ');
    return [`${sql} ${op === 'is' ? 'in' : 'not in'} (${names})`];
  });
}

/** The parameter that carries one value of one filter. */
export const filterParameter = (filter: number, value: number): string =>
  `filter_${filter + 1}_${value + 1}`;

function keyOf(metric: Metric, { dimension, grain }: Cut, { ahead }: Window): string {
  if (grain === undefined) {
    const key = dimension.key[metric.fact];
    assert(key !== undefined, `${metric.name} can be cut by ${dimension.name}`);
    return key;
  }
  const start = `bucket.${BUCKET_COLUMNS[grain]}`;
  if (ahead === undefined) return start;
  const interval = 'days' in ahead ? `${ahead.days} day` : `${ahead.months} month`;
  return `cast(${start} + interval ${interval} as date)`;
}
