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

const GRAIN_PLURALS: Readonly<Record<Grain, Localised>> = {
  day: { en: 'Days', de: 'Tage' },
  week: { en: 'Weeks', de: 'Wochen' },
  month: { en: 'Months', de: 'Monate' },
  quarter: { en: 'Quarters', de: 'Quartale' },
  year: { en: 'Years', de: 'Jahre' },
  fiscal_quarter: { en: 'Fiscal quarters', de: 'Geschäftsquartale' },
  fiscal_year: { en: 'Fiscal years', de: 'Geschäftsjahre' },
};

const PRIOR: Readonly<Record<'prior-period' | 'prior-year', Localised>> = {
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
      const own: ResultColumn = {
        name: metric.name,
        title: titleOf(metric, query),
        type: metric.unit,
        role: 'metric',
      };
      const derived =
        metric === metrics[0] ? [...shares(metric, query), ...averages(metric, query)] : [];
      return [own, ...derived, ...comparisons(metric, query)];
    }),
  ];
}

/** Two named periods stand side by side, so each column says which is its own. */
function titleOf({ title }: Metric, { compare, period }: MetricQuery): Localised {
  if (typeof compare !== 'object' || period === undefined) return title;
  return { en: `${title.en}, ${period.label}`, de: `${title.de}, ${period.label}` };
}

function shares({ name, title, unit }: Metric, { share }: MetricQuery): readonly ResultColumn[] {
  if (share === undefined) return [];
  return [
    {
      name: `${name}_share`,
      title: { en: `Share of ${lower(title.en)}`, de: `Anteil (${title.de})` },
      type: 'ratio',
      role: 'share',
    },
    {
      name: `${name}_whole`,
      title: { en: `${title.en}, whole`, de: `${title.de}, insgesamt` },
      type: unit,
      role: 'whole',
    },
  ];
}

function averages({ name, title, unit }: Metric, { per }: MetricQuery): readonly ResultColumn[] {
  if (per === undefined) return [];
  const grain = GRAIN_TITLES[per];
  return [
    {
      name: `${name}_per_${per}`,
      title: { en: `${title.en} per ${lower(grain.en)}`, de: `${title.de} je ${grain.de}` },
      type: unit === 'count' ? 'quantity' : unit,
      role: 'average',
    },
    { name: `${per}s`, title: GRAIN_PLURALS[per], type: 'count', role: 'whole' },
  ];
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function columnOfCut({ dimension, grain }: Cut): ResultColumn {
  if (grain !== undefined) {
    return { name: grain, title: GRAIN_TITLES[grain], type: 'date', grain, role: 'dimension' };
  }
  const { name, title, recordKind, kind } = dimension;
  return {
    name,
    title,
    ...(kind === 'day' ? { type: 'date', grain: 'day' } : { type: 'text' }),
    role: 'dimension',
    ...(recordKind === undefined ? {} : { recordKind }),
  };
}

function comparisons(
  { name, title, unit }: Metric,
  { compare }: MetricQuery,
): readonly ResultColumn[] {
  if (compare === undefined) return [];
  const prior =
    typeof compare === 'object'
      ? { en: compare.period.label, de: compare.period.label }
      : PRIOR[compare];
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
