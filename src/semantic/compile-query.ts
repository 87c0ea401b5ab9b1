import { RialtoError } from '#kernel';
import { checkQuery } from './check-query.ts';
import type { SemanticErrorCode } from './errors.ts';
import { BUCKET_COLUMNS, cutsOf, filterParameter, metricCte } from './metric-cte.ts';
import type { Cut, Window } from './metric-cte.ts';
import { apartBy } from './metric.ts';
import type { Metric } from './metric.ts';
import type { MetricQuery } from './query.ts';
import { columnsOf } from './result-columns.ts';
import type { ResultColumn } from './result.ts';
import { dateKeyOf, priorSpanOf, spanOf, stepOf, steppedSpan } from './span.ts';
import { allOf, listed, quotient } from './sql.ts';

/** A query as the warehouse runs it. The SQL's columns are `columns`, then the unseen ones. */
export type CompiledQuery = {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly columns: readonly ResultColumn[];
  readonly metrics: readonly Metric[];
};

type Part = {
  readonly metric: Metric;
  readonly cte: string;
  readonly window: Window;
  readonly cuts: readonly Cut[];
};

/**
 * Compiles a query to one SELECT with named parameters. Pure. Each metric is summed at the asked
 * cut in a part of its own; only then are the parts joined, on the cut's keys, so nothing fans out.
 */
export function compileQuery(query: MetricQuery): CompiledQuery {
  const check = checkQuery(query);
  if (!check.ok) {
    throw new RialtoError<SemanticErrorCode>(
      'invalid',
      'semantic.query-refused',
      'reading a query',
      {
        cause: new Error(check.reason.en),
      },
    );
  }
  const { metrics } = check;
  const cuts = cutsOf(query);
  const parts = partsOf(query, cuts, metrics);
  const values = valuesOf(query, metrics);
  const ctes = [
    ...loadedCtes(metrics),
    ...parts.map(
      (part) => `${part.cte} as (\n  ${metricCte(part.metric, query, part.cuts, part.window)}\n)`,
    ),
    `keys as (\n  ${keysSql(query, cuts, parts)}\n)`,
    ...stepsCte(query, metrics),
    `stitched as (\n  ${stitchedSql(query, cuts, parts, metrics)}\n)`,
    ...leadersCte(query, cuts, metrics),
  ];
  const sql = `with ${ctes.join(',\n')}\n${finalSql(query, cuts, metrics, values)}\n`;
  return {
    sql,
    parameters: parametersIn(sql, query),
    columns: columnsOf(query, cuts, metrics),
    metrics,
  };
}

function partsOf(
  query: MetricQuery,
  cuts: readonly Cut[],
  metrics: readonly Metric[],
): readonly Part[] {
  const start = query.period === undefined ? {} : { start: 'start' };
  const now: readonly Part[] = metrics.map((metric) => ({
    metric,
    cte: metric.name,
    window: { ...start, end: 'end' },
    cuts,
  }));
  const [first] = now;
  if (query.share === true && first !== undefined) return [...now, wholeOf(first)];
  if (query.compare === undefined) return now;
  const grain = query.by.find((each) => each.grain !== undefined)?.grain;
  const ahead = grain === undefined ? {} : { ahead: stepOf(grain, query) };
  const priorStart = query.period === undefined ? {} : { start: 'prior_start' };
  const window = { ...priorStart, end: 'prior_end', ...ahead };
  return [
    ...now,
    ...metrics.map((metric) => ({ metric, cte: `${metric.name}_prior`, window, cuts })),
  ];
}

/** The same metric without its cuts and their filters; steps of time and unlike amounts stay apart. */
function wholeOf({ metric, cte, window, cuts }: Part): Part {
  const kept = cuts.filter(
    ({ grain, dimension }) => grain !== undefined || dimension.name === apartBy(metric),
  );
  const ignoring = new Set(
    cuts.filter((cut) => !kept.includes(cut)).map(({ dimension }) => dimension.name),
  );
  return { metric, cte: `${cte}_whole`, window: { ...window, ignoring }, cuts: kept };
}

/** How many steps of the grain the period has: from the first order to the last when none is named. */
function stepsCte(query: MetricQuery, [metric]: readonly Metric[]): readonly string[] {
  if (query.per === undefined || metric === undefined) return [];
  const day = `${metric.dateRole}_key`;
  const first = `(select min(${day}) from ${metric.fact} where ${day} <> -1)`;
  const last = `(select max(${day}) from ${metric.fact} where ${day} <= $end)`;
  const span = query.period === undefined ? `${first} and ${last}` : '$start and $end';
  return [
    `steps as (\n  select count(distinct ${BUCKET_COLUMNS[query.per]}) as steps\n` +
      `  from dim_date\n  where date_key between ${span}\n)`,
  ];
}

/** Zero when the fact is loaded at all, null when it is not: "nothing" and "unknown" differ. */
function loadedCtes(metrics: readonly Metric[]): readonly string[] {
  return [...new Set(metrics.map((metric) => metric.fact))].map(
    (fact) =>
      `loaded_${fact} as (\n  select case when count(*) > 0 then 0 end as zero from ${fact}\n)`,
  );
}

/** The rows of the answer: every key any metric has; in a trend, every bucket between. */
function keysSql(query: MetricQuery, cuts: readonly Cut[], parts: readonly Part[]): string {
  if (cuts.length === 0) return 'select 1 as one';
  const date = cuts.find((cut) => cut.grain !== undefined);
  const members = cuts.filter((cut) => cut !== date).map((cut) => cut.key);
  const union = (keys: string, from: readonly Part[]): string =>
    from.map(({ cte }) => `select ${keys} from ${cte}`).join('\n  union ');
  const own = parts.filter((part) => part.cuts === cuts);
  if (date?.grain === undefined) return union(members.join(', '), own);
  const column = BUCKET_COLUMNS[date.grain];
  const now = own.filter(({ window }) => window.ahead === undefined);
  const bounds =
    query.period === undefined
      ? `${column} between (select min(${date.key}) from (${union(date.key, now)}))` +
        ` and (select max(${date.key}) from (${union(date.key, now)}))`
      : 'date_key between $start and $end';
  const buckets = `select distinct ${column} as ${date.key} from dim_date where ${bounds}`;
  if (members.length === 0) return buckets;
  const names = members.join(', ');
  return `select ${names}, ${date.key}\n  from (select distinct ${names} from (${union(names, own)})) as members\n  cross join (${buckets}) as buckets`;
}

function stitchedSql(
  query: MetricQuery,
  cuts: readonly Cut[],
  parts: readonly Part[],
  metrics: readonly Metric[],
): string {
  const keys = cuts.map((cut) => cut.key);
  const joins = parts.map(({ cte, cuts: own }) =>
    own.length === 0
      ? `left join ${cte} on true`
      : `left join ${cte} using (${own.map((cut) => cut.key).join(', ')})`,
  );
  const units = metrics.filter(isWatched).flatMap((metric) => {
    const ctes = parts.filter((part) => part.metric === metric).map(({ cte }) => cte);
    const over = (how: string, column: string): string =>
      `${how}(${ctes.map((cte) => `${cte}.${column}`).join(', ')}) as ${metric.name}_${column}`;
    return [over('least', 'unit_low'), over('greatest', 'unit_high')];
  });
  const coverage = metrics
    .filter((metric) => metric.coverage !== undefined)
    .flatMap(({ name }) =>
      ['scoped', 'covered'].map((column) => `${name}.${column} as ${name}_${column}`),
    );
  const steps = query.per === undefined ? [] : ['steps.steps'];
  const columns = [...keys, ...parts.map(valueOf), ...units, ...coverage, ...steps];
  const loaded = [...new Set(metrics.map((metric) => metric.fact))];
  return [
    `select ${listed(columns)}`,
    'from keys',
    ...loaded.map((fact) => `cross join loaded_${fact}`),
    ...steps.map(() => 'cross join steps'),
    ...joins,
  ].join('\n  ');
}

function valueOf({ metric, cte }: Part): string {
  const value =
    metric.denominator === undefined
      ? `coalesce(${cte}.numerator, loaded_${metric.fact}.zero)`
      : quotient(`${cte}.numerator`, `${cte}.denominator`);
  return `${value} as ${cte}`;
}

/** Whether a metric's amounts are watched for unlike currencies or units. */
export const isWatched = (metric: Metric): boolean => apartBy(metric) !== undefined;

/** A top-N of a trend picks the members with the most in the whole period, not single rows. */
function leadersCte(
  query: MetricQuery,
  cuts: readonly Cut[],
  metrics: readonly Metric[],
): readonly string[] {
  const members = memberKeys(cuts);
  if (query.limit === undefined || members.length === 0 || members.length === cuts.length)
    return [];
  const metric = metrics.find(({ name }) => name === query.order?.by) ?? metrics[0];
  if (metric === undefined) return [];
  const sum = (part: string): string => `sum(${metric.name}.${part})`;
  const score =
    metric.denominator === undefined
      ? sum('numerator')
      : quotient(sum('numerator'), sum('denominator'));
  const keys = members.join(', ');
  const direction = query.order?.by === metric.name ? query.order.direction : 'desc';
  return [
    `leaders as (\n  select ${keys}, ${score} as score\n  from ${metric.name}\n  group by ${keys}\n` +
      `  order by score ${direction} nulls last, ${keys}\n  limit ${query.limit}\n)`,
  ];
}

const memberKeys = (cuts: readonly Cut[]): readonly string[] =>
  cuts.filter((cut) => cut.grain === undefined).map((cut) => cut.key);

/** The metric columns as they are shown, by name. */
function valuesOf(query: MetricQuery, metrics: readonly Metric[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { name, unit } of metrics) {
    values.set(name, name);
    if (name === query.metrics[0]) {
      for (const [column, sql] of derivedFrom(name, query)) values.set(column, sql);
    }
    if (query.compare === undefined) continue;
    values.set(`${name}_prior`, `${name}_prior`);
    values.set(`${name}_change`, `${name} - ${name}_prior`);
    if (unit !== 'ratio') {
      values.set(`${name}_percent`, quotient(`(${name} - ${name}_prior)`, `abs(${name}_prior)`));
    }
  }
  return values;
}

/** The columns of a share or an average, beside the number they are made of. */
function derivedFrom(name: string, { share, per }: MetricQuery): readonly [string, string][] {
  return [
    ...(share === undefined
      ? []
      : ([
          [`${name}_share`, quotient(name, `${name}_whole`)],
          [`${name}_whole`, `${name}_whole`],
        ] satisfies [string, string][])),
    ...(per === undefined
      ? []
      : ([
          [`${name}_per_${per}`, quotient(name, 'steps')],
          [`${per}s`, 'steps'],
        ] satisfies [string, string][])),
  ];
}

function finalSql(
  query: MetricQuery,
  cuts: readonly Cut[],
  metrics: readonly Metric[],
  values: ReadonlyMap<string, string>,
): string {
  const leaders = leadersCte(query, cuts, metrics).length > 0;
  const columns = [
    ...cuts.map((cut) => `${labelOf(cut)} as "${cut.grain ?? cut.dimension.name}"`),
    ...[...values].map(([name, sql]) => `${sql} as "${name}"`),
    ...cuts.flatMap((cut) =>
      cut.dimension.recordKind === undefined ? [] : [`shown_${cut.key}.record_id`],
    ),
    ...metrics
      .filter(isWatched)
      .flatMap(({ name }) => [`min(${name}_unit_low) over ()`, `max(${name}_unit_high) over ()`]),
    ...metrics
      .filter((metric) => metric.coverage !== undefined)
      .flatMap(({ name }) => [
        `cast(sum(${name}_scoped) over () as bigint)`,
        `cast(sum(${name}_covered) over () as bigint)`,
      ]),
  ];
  const having = (query.having ?? []).map(
    ({ metric, op }, at) =>
      `${values.get(metric) ?? metric} ${op} cast($having_${at + 1} as decimal(38,8))`,
  );
  return [
    `select\n    ${listed(columns)}`,
    'from stitched',
    ...(leaders ? [`join leaders using (${memberKeys(cuts).join(', ')})`] : []),
    ...cuts.flatMap(({ key, dimension: { shown } }) =>
      shown === undefined
        ? []
        : [`join ${shown.table} as shown_${key} on shown_${key}.${shown.key} = stitched.${key}`],
    ),
    ...(having.length === 0 ? [] : [`where ${allOf(having)}`]),
    ...(query.limit === undefined || leaders ? [] : rankSql(query, cuts, values)),
    ...orderSql(query, cuts, values),
    ...(query.limit === undefined || leaders ? [] : [`limit ${query.limit + TIES_MAX}`]),
  ].join('\n');
}

const labelOf = ({ key, dimension: { shown } }: Cut): string =>
  shown === undefined ? `stitched.${key}` : `shown_${key}.${shown.label}`;

/** How many rows beyond a limit are looked at because they share its last place. */
export const TIES_MAX = 10;

/** Rows that share the last place come along; `runQuery` shows or counts them. */
function rankSql(
  query: MetricQuery,
  cuts: readonly Cut[],
  values: ReadonlyMap<string, string>,
): readonly string[] {
  const [first] = orderTerms(query, cuts, values);
  return first === undefined || query.limit === undefined
    ? []
    : [`qualify rank() over (order by ${first}) <= ${query.limit}`];
}

/** As asked; else a trend in time and anything else by its first metric. Ties by label, then key. */
function orderSql(
  query: MetricQuery,
  cuts: readonly Cut[],
  values: ReadonlyMap<string, string>,
): readonly string[] {
  const terms = orderTerms(query, cuts, values);
  return terms.length === 0 ? [] : [`order by ${terms.join(', ')}`];
}

function orderTerms(
  query: MetricQuery,
  cuts: readonly Cut[],
  values: ReadonlyMap<string, string>,
): readonly string[] {
  if (cuts.length === 0) return [];
  const date = cuts.find((cut) => cut.grain !== undefined);
  const terms: string[] = [];
  const { order } = query;
  if (order !== undefined) {
    const cut = cuts.find((each) => each.grain === order.by || each.dimension.name === order.by);
    const sql = cut === undefined ? values.get(order.by) : labelOf(cut);
    terms.push(`${sql ?? order.by} ${order.direction} nulls last`);
  } else if (date === undefined) {
    terms.push(`${query.metrics[0]} desc nulls last`);
  }
  if (date !== undefined) terms.push(`stitched.${date.key}`);
  terms.push(...cuts.map(labelOf), ...cuts.map((cut) => `stitched.${cut.key}`));
  return [...new Set(terms)];
}

/** Exactly the parameters the SQL names. */
function parametersIn(sql: string, query: MetricQuery): Readonly<Record<string, string | number>> {
  const all: Record<string, string | number> = { as_of: dateKeyOf(query.asOf) };
  const span = spanOf(query);
  all['end'] = dateKeyOf(span.end);
  if (span.start !== undefined) all['start'] = dateKeyOf(span.start);
  const grain = query.by.find((each) => each.grain !== undefined)?.grain;
  const prior =
    grain === undefined || typeof query.compare === 'object'
      ? priorSpanOf(query)
      : steppedSpan(span, stepOf(grain, query));
  if (prior !== undefined) all['prior_end'] = dateKeyOf(prior.end);
  if (prior?.start !== undefined) all['prior_start'] = dateKeyOf(prior.start);
  for (const [at, { values }] of query.where.entries()) {
    for (const [index, value] of values.entries()) all[filterParameter(at, index)] = value;
  }
  for (const [at, { value }] of (query.having ?? []).entries()) all[`having_${at + 1}`] = value;
  const named = new Set([...sql.matchAll(/\$([a-z_0-9]+)/g)].map(([, name]) => name));
  return Object.fromEntries(Object.entries(all).filter(([name]) => named.has(name)));
}
