import { findMetric, METRICS } from './catalogue.ts';
import { findDimension } from './dimension.ts';
import type { Localised, Metric } from './metric.ts';
import type { MetricQuery, Period } from './query.ts';
import { daysBetween } from '#kernel/time';

/** Whether a query has a meaning; if not, why, and what comes nearest. */
export type QueryCheck =
  | { readonly ok: true; readonly metrics: readonly Metric[] }
  | { readonly ok: false; readonly reason: Localised; readonly nearest?: readonly string[] };

/** Refuses what would give a number without a meaning. */
export function checkQuery(query: MetricQuery): QueryCheck {
  const metrics: Metric[] = [];
  for (const name of query.metrics) {
    const metric = findMetric(name);
    if (metric === undefined)
      return no(
        `There is no metric ${name}.`,
        `Es gibt keine Kennzahl ${name}.`,
        METRICS.map((each) => each.name),
      );
    metrics.push(metric);
  }
  if (new Set(query.metrics).size < metrics.length) {
    return no('A metric is asked for twice.', 'Eine Kennzahl ist doppelt gefragt.');
  }
  return (
    checkCuts(query, metrics) ??
    checkTime(query, metrics) ??
    checkParts(query, metrics) ??
    checkShape(query) ?? { ok: true, metrics }
  );
}

function checkCuts(query: MetricQuery, metrics: readonly Metric[]): QueryCheck | undefined {
  const names = [...query.by, ...query.where].map((each) => each.dimension);
  for (const name of names) {
    const dimension = findDimension(name);
    if (dimension === undefined) {
      return no(`There is no dimension ${name}.`, `Es gibt keine Dimension ${name}.`);
    }
    const deaf = metrics.find((metric) => !metric.by.includes(dimension.name));
    if (deaf !== undefined) return noCut(deaf, dimension.title);
  }
  if (new Set(query.by.map((each) => each.dimension)).size < query.by.length) {
    return no('A dimension is asked for twice.', 'Eine Dimension ist doppelt gefragt.');
  }
  const needy = metrics.find(
    (metric) => metric.needs !== undefined && !metric.needs.some((need) => names.includes(need)),
  );
  if (needy?.needs === undefined) return undefined;
  const titles = needy.needs.map((need) => findDimension(need)?.title ?? { en: need, de: need });
  return no(
    `${needy.title.en} has a meaning only per ${titles.map((title) => title.en.toLowerCase()).join(' or ')}. Name one.`,
    `${needy.title.de} hat nur je ${titles.map((title) => title.de).join(' oder ')} eine Bedeutung. Bitte angeben.`,
    needy.needs,
  );
}

const noCut = (metric: Metric, cut: Localised): QueryCheck =>
  no(
    `${metric.title.en} cannot be split by ${cut.en.toLowerCase()}.`,
    `${metric.title.de} lässt sich nicht nach ${cut.de} aufteilen.`,
    metric.by,
  );

function checkTime(query: MetricQuery, metrics: readonly Metric[]): QueryCheck | undefined {
  const trend = query.by.some((each) => each.dimension === 'date');
  if (query.where.some((each) => isDay(each.dimension))) {
    return no('Days are asked for by a period.', 'Tage werden über einen Zeitraum gefragt.');
  }
  const { period } = query;
  const other = typeof query.compare === 'object' ? query.compare.period : undefined;
  if ([period, other].some((each) => each !== undefined && each.end < each.start)) {
    return no('The period ends before it starts.', 'Der Zeitraum endet vor seinem Beginn.');
  }
  if (period !== undefined && period.start > query.asOf) {
    return no(
      `The period starts after ${query.asOf}, so nothing in it has happened yet.`,
      `Der Zeitraum beginnt nach dem ${query.asOf}; darin ist noch nichts geschehen.`,
    );
  }
  if (other !== undefined && other.start > query.asOf) {
    return no(
      `The period compared with starts after ${query.asOf}.`,
      `Der Vergleichszeitraum beginnt nach dem ${query.asOf}.`,
    );
  }
  if (query.compare !== undefined && period === undefined && (!trend || other !== undefined)) {
    return no('A comparison needs a period.', 'Ein Vergleich braucht einen Zeitraum.');
  }
  if (other !== undefined && period !== undefined && trend && !alikeLong(period, other)) {
    return no(
      'The two periods differ in length, so their steps cannot be lined up. Compare them without the trend.',
      'Die beiden Zeiträume sind verschieden lang; ihre Schritte lassen sich nicht gegenüberstellen. Bitte ohne Zeitverlauf vergleichen.',
    );
  }
  const balance = metrics.find((metric) => metric.overTime === 'last');
  if (balance === undefined || (!trend && query.compare === undefined)) return undefined;
  return no(
    `Only the present state is known, so ${balance.title.en.toLowerCase()} cannot be shown over time.`,
    `Nur der heutige Stand ist bekannt; ${balance.title.de} lässt sich nicht im Zeitverlauf zeigen.`,
    ['spend'],
  );
}

/** Whether a dimension holds days: those are asked for by a period. */
function isDay(name: string): boolean {
  const kind = findDimension(name)?.kind;
  return kind === 'date' || kind === 'day';
}

/** Months, quarters and years of one kind differ by a few days at most. */
function alikeLong(a: Period, b: Period): boolean {
  return Math.abs(daysBetween(a.start, a.end) - daysBetween(b.start, b.end)) <= 3;
}

/** A part of a whole, or a whole spread over steps: only numbers that add up have either. */
function checkParts(
  { by, compare, share, per }: MetricQuery,
  metrics: readonly Metric[],
): QueryCheck | undefined {
  const [metric] = metrics;
  if (metric === undefined || (share === undefined && per === undefined)) return undefined;
  const { en, de } = metric.title;
  if (compare !== undefined) {
    return no(
      'A comparison is made of the numbers themselves, not of shares or averages.',
      'Verglichen werden die Zahlen selbst, nicht Anteile oder Durchschnitte.',
    );
  }
  if (share === true && (metric.overTime === 'ratio' || metric.denominator !== undefined)) {
    return no(
      `${en} is a ratio or an average; it has no shares that add up.`,
      `${de} ist ein Verhältnis oder Durchschnitt; davon gibt es keine Anteile.`,
    );
  }
  if (share === true && by.every(({ grain }) => grain !== undefined)) {
    return no(
      'A share needs something to split by.',
      'Ein Anteil braucht etwas, wonach aufgeteilt wird.',
    );
  }
  if (per === undefined) return undefined;
  const adds =
    metric.dateRole !== undefined && (metric.overTime === 'sum' || metric.onOneDay === true);
  if (!adds) {
    return no(
      `${en} does not add up over time, so it has no average per period.`,
      `${de} lässt sich nicht über die Zeit addieren; einen Durchschnitt je Zeitraum gibt es nicht.`,
    );
  }
  if (by.every(({ grain }) => grain === undefined)) return undefined;
  return no(
    'An average per period has no trend of its own.',
    'Ein Durchschnitt je Zeitraum hat keinen eigenen Zeitverlauf.',
  );
}

function checkShape(query: MetricQuery): QueryCheck | undefined {
  for (const { dimension, grain } of query.by) {
    if ((dimension === 'date') !== (grain !== undefined)) {
      return no(
        'A grain belongs to the date, and only to it.',
        'Ein Raster gehört zum Datum und nur dazu.',
      );
    }
  }
  const columns = orderNames(query);
  const stranger = query.having?.find(
    ({ metric }) => !columns.includes(metric) || query.by.some((cut) => cut.dimension === metric),
  );
  if (stranger !== undefined) {
    return no(`${stranger.metric} is not asked for.`, `${stranger.metric} ist nicht gefragt.`);
  }
  const order = query.order?.by;
  if (order === undefined || orderNames(query).includes(order)) return undefined;
  return no(
    `There is no column ${order} to sort by.`,
    `Es gibt keine Spalte ${order} zum Sortieren.`,
    orderNames(query),
  );
}

/** The columns a query's rows can be sorted by. */
function orderNames(query: MetricQuery): readonly string[] {
  const endings = query.compare === undefined ? [''] : ['', '_prior', '_change', '_percent'];
  const [first] = query.metrics;
  return [
    ...query.by.flatMap(({ dimension, grain }) =>
      grain === undefined ? [dimension] : [grain, dimension],
    ),
    ...query.metrics.flatMap((metric) => endings.map((ending) => metric + ending)),
    ...(query.share === true ? [`${first}_share`] : []),
    ...(query.per === undefined ? [] : [`${first}_per_${query.per}`]),
  ];
}

function no(en: string, de: string, nearest?: readonly string[]): QueryCheck {
  return { ok: false, reason: { en, de }, ...(nearest === undefined ? {} : { nearest }) };
}
