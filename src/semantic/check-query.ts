import { findMetric, METRICS } from './catalogue.ts';
import { findDimension } from './dimension.ts';
import type { Localised, Metric } from './metric.ts';
import type { MetricQuery } from './query.ts';

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
  if (query.where.some((each) => each.dimension === 'date')) {
    return no('Days are asked for by a period.', 'Tage werden über einen Zeitraum gefragt.');
  }
  const { period } = query;
  if (period !== undefined && period.end < period.start) {
    return no('The period ends before it starts.', 'Der Zeitraum endet vor seinem Beginn.');
  }
  if (period !== undefined && period.start > query.asOf) {
    return no(
      `The period starts after ${query.asOf}, so nothing in it has happened yet.`,
      `Der Zeitraum beginnt nach dem ${query.asOf}; darin ist noch nichts geschehen.`,
    );
  }
  if (query.compare !== undefined && period === undefined && !trend) {
    return no('A comparison needs a period.', 'Ein Vergleich braucht einen Zeitraum.');
  }
  const balance = metrics.find((metric) => metric.overTime === 'last');
  if (balance === undefined || (!trend && query.compare === undefined)) return undefined;
  return no(
    `Only the present state of orders is known, so ${balance.title.en.toLowerCase()} cannot be shown over time.`,
    `Nur der heutige Stand der Bestellungen ist bekannt; ${balance.title.de} lässt sich nicht im Zeitverlauf zeigen.`,
    ['spend'],
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
  const stranger = query.having?.find((each) => !query.metrics.includes(each.metric));
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
  return [
    ...query.by.flatMap(({ dimension, grain }) =>
      grain === undefined ? [dimension] : [grain, dimension],
    ),
    ...query.metrics.flatMap((metric) => endings.map((ending) => metric + ending)),
  ];
}

function no(en: string, de: string, nearest?: readonly string[]): QueryCheck {
  return { ok: false, reason: { en, de }, ...(nearest === undefined ? {} : { nearest }) };
}
