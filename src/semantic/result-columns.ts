import type { Cut } from './metric-cte.ts';
import type { Localised, Metric } from './metric.ts';
import type { Grain, MetricQuery } from './query.ts';
import type { ResultColumn } from './result.ts';

const GRAIN_TITLES: Readonly<Record<Grain, Localised>> = {
  day: { en: 'Day', de: 'Tag' },
  week: { en: 'Week', de: 'Woche' },
  month: { en: 'Month', de: 'Monat' },
  quarter: { en: 'Quarter', de: 'Quartal' },
  year: { en: 'Year', de: 'Jahr' },
  fiscal_quarter: { en: 'Fiscal quarter', de: 'Geschäftsquartal' },
  fiscal_year: { en: 'Fiscal year', de: 'Geschäftsjahr' },
};

const PRIOR: Readonly<Record<NonNullable<MetricQuery['compare']>, Localised>> = {
  'prior-period': { en: 'previous period', de: 'Vorperiode' },
  'prior-year': { en: 'previous year', de: 'Vorjahr' },
};

/** What the visible columns of a query's result hold, in their order. */
export function columnsOf(
  query: MetricQuery,
  cuts: readonly Cut[],
  metrics: readonly Metric[],
): readonly ResultColumn[] {
  return [
    ...cuts.map(columnOfCut),
    ...metrics.flatMap((metric): readonly ResultColumn[] => {
      const own = {
        name: metric.name,
        title: metric.title,
        type: metric.unit,
        role: 'metric',
      } as const;
      return query.compare === undefined
        ? [own]
        : [own, ...comparisons(metric, PRIOR[query.compare])];
    }),
  ];
}

function columnOfCut({ dimension, grain }: Cut): ResultColumn {
  if (grain !== undefined) {
    return { name: grain, title: GRAIN_TITLES[grain], type: 'date', grain, role: 'dimension' };
  }
  const { name, title, recordKind } = dimension;
  return {
    name,
    title,
    type: 'text',
    role: 'dimension',
    ...(recordKind === undefined ? {} : { recordKind }),
  };
}

function comparisons({ name, title, unit }: Metric, prior: Localised): readonly ResultColumn[] {
  const titled = (en: string, de: string): Localised => ({
    en: `${title.en}, ${en}`,
    de: `${title.de}, ${de}`,
  });
  const columns: ResultColumn[] = [
    { name: `${name}_prior`, title: titled(prior.en, prior.de), type: unit, role: 'comparison' },
    { name: `${name}_change`, title: titled('change', 'Änderung'), type: unit, role: 'change' },
  ];
  if (unit === 'ratio') return columns; // Percentages differ by points, not by percent.
  const percent = titled('change in percent', 'Änderung in Prozent');
  return [...columns, { name: `${name}_percent`, title: percent, type: 'ratio', role: 'change' }];
}
