import type { DimensionName, Metric, MetricQuery } from '#semantic';

import type { AskCatalogue } from './lexicon.ts';
import type { Member } from './member-search.ts';
import type { Locale } from './numbers.ts';
import { dayLabel, type Period, periodAround, periodLabel } from './period.ts';
import type { Asked } from './draft.ts';

/** What turns a query back into words. */
export type Speech = {
  readonly catalogue: AskCatalogue;
  readonly members: readonly Member[];
  readonly locale: Locale;
};

const GRAIN_WORDS = {
  en: {
    day: 'day',
    week: 'week',
    month: 'month',
    quarter: 'quarter',
    year: 'year',
    fiscal_quarter: 'fiscal quarter',
    fiscal_year: 'fiscal year',
  },
  de: {
    day: 'Tag',
    week: 'Woche',
    month: 'Monat',
    quarter: 'Quartal',
    year: 'Jahr',
    fiscal_quarter: 'Geschäftsquartal',
    fiscal_year: 'Geschäftsjahr',
  },
} as const;

const LIMIT_WORDS = {
  en: { '>': 'over', '>=': 'at least', '<': 'under', '<=': 'at most' },
  de: { '>': 'über', '>=': 'mindestens', '<': 'unter', '<=': 'höchstens' },
} as const;

const PLURALS: Readonly<Partial<Record<DimensionName, { en: string; de: string }>>> = {
  supplier: { en: 'suppliers', de: 'Lieferanten' },
  item: { en: 'items', de: 'Artikel' },
  item_category: { en: 'item categories', de: 'Warengruppen' },
  item_subcategory: { en: 'item subcategories', de: 'Unterwarengruppen' },
  purchase_order: { en: 'purchase orders', de: 'Bestellungen' },
};

/** Says a query as a complete question, which is read back as the same query. */
export function questionOf(asked: Asked, speech: Speech): string {
  const { query } = asked;
  const { locale } = speech;
  const en = locale === 'en';
  const metrics = query.metrics
    .map((name) => metricWord(name, speech))
    .join(en ? ' and ' : ' und ');
  const [first, ...others] = query.by;
  const ranked = query.limit !== undefined && first !== undefined && first.dimension !== 'date';
  const cuts = (ranked ? others : query.by).map((cut) => cutWord(cut, speech));
  const by = cuts.length === 0 ? '' : ` ${en ? 'by' : 'nach'} ${cuts.join(en ? ' and ' : ' und ')}`;
  const rank = query.order?.direction === 'asc' ? 'bottom' : 'top';
  const share = asked.share ? (en ? 'share of ' : 'Anteil an ') : '';
  const head = ranked
    ? `${share}${en || rank === 'bottom' ? rank : 'Top'} ${query.limit ?? 10} ${pluralOf(first.dimension, speech)} ${en ? 'by' : 'nach'} ${metrics}`
    : `${share}${metrics}`;
  const text = `${head}${by}${whereWords(query, speech)}${havingWords(query, speech)}${periodWords(query, locale)}${compareWords(query, locale)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Says how a question was read, with the days its period covers. */
export function readingOf(asked: Asked, speech: Speech): string {
  const { period, limit, by, order } = asked.query;
  const { locale } = speech;
  const en = locale === 'en';
  const days =
    period === undefined
      ? en
        ? ', all time'
        : ', gesamter Zeitraum'
      : period.start === period.end
        ? ''
        : ` (${dayLabel(period.start, locale)} – ${dayLabel(period.end, locale)})`;
  const sort =
    order === undefined || by.length === 0 || order.by === by[0]?.grain || limit === undefined
      ? ''
      : order.direction === 'desc'
        ? en
          ? ', highest first'
          : ', höchste zuerst'
        : en
          ? ', lowest first'
          : ', niedrigste zuerst';
  return `${questionOf(asked, speech)}${days}${sort}`;
}

/** A metric's name inside a sentence. */
export function metricWord(name: string, { catalogue, locale }: Speech): string {
  const title = catalogue.metrics.find((metric) => metric.name === name)?.title[locale] ?? name;
  return locale === 'en' ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** A dimension's name inside a sentence. */
export function dimensionWord(name: string, { catalogue, locale }: Speech): string {
  const title = catalogue.dimensions.find((each) => each.name === name)?.title[locale] ?? name;
  return locale === 'en' ? title.toLowerCase() : title;
}

/** The plural of a dimension's name where the language has one worth knowing. */
export function pluralOf(name: string, speech: Speech): string {
  const known = Object.entries(PLURALS).find(([dimension]) => dimension === name)?.[1];
  return known?.[speech.locale] ?? dimensionWord(name, speech);
}

function cutWord(cut: MetricQuery['by'][number], speech: Speech): string {
  if (cut.grain !== undefined) return GRAIN_WORDS[speech.locale][cut.grain];
  return dimensionWord(cut.dimension, speech);
}

function whereWords(query: MetricQuery, speech: Speech): string {
  const en = speech.locale === 'en';
  return query.where
    .map((filter) => {
      const dimension = dimensionWord(filter.dimension, speech);
      const flag =
        speech.catalogue.dimensions.find((d) => d.name === filter.dimension)?.kind === 'flag';
      const not = (filter.op === 'is-not') !== (flag && filter.values[0] === 'no');
      const opening = not ? (en ? 'excluding' : 'ohne') : en ? 'for' : 'für';
      if (flag) return ` ${opening} ${dimension}`;
      const labels = [
        ...new Set(filter.values.map((value) => `"${labelOf(filter.dimension, value, speech)}"`)),
      ];
      return ` ${opening} ${dimension} ${labels.join(en ? ' and ' : ' und ')}`;
    })
    .join('');
}

function labelOf(dimension: string, value: string, { members }: Speech): string {
  const member = members.find((each) => each.dimension === dimension && each.value === value);
  return (member?.label ?? value).replaceAll('"', '');
}

function havingWords(query: MetricQuery, speech: Speech): string {
  const { locale } = speech;
  const parts = (query.having ?? []).map(({ metric, op, value }) => {
    const ratio = speech.catalogue.metrics.find((each) => each.name === metric)?.unit === 'ratio';
    const shown = ratio ? `${percentText(value)} %` : value;
    const number = locale === 'de' ? shown.replace('.', ',') : shown;
    return `${metricWord(metric, speech)} ${LIMIT_WORDS[locale][op]} ${number}`;
  });
  const joined = parts.join(locale === 'en' ? ' and ' : ' und ');
  return parts.length === 0 ? '' : ` ${locale === 'en' ? 'with' : 'mit'} ${joined}`;
}

/** '0.025' as '2.5', without floats. */
function percentText(fraction: string): string {
  const negative = fraction.startsWith('-');
  const [whole = '0', decimals = ''] = fraction.replace('-', '').split('.');
  const padded = decimals.padEnd(2, '0');
  const digits = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = padded.slice(2).replace(/0+$/, '');
  return `${negative ? '-' : ''}${digits}${rest === '' ? '' : `.${rest}`}`;
}

function periodWords(query: MetricQuery, locale: Locale): string {
  const { period } = query;
  if (period === undefined) return '';
  const named = shapedPeriod(period);
  if (named === undefined) {
    return locale === 'en'
      ? ` from ${period.start} to ${period.end}`
      : ` von ${period.start} bis ${period.end}`;
  }
  const label = periodLabel(named, locale);
  if (named.shape === 'day') return locale === 'en' ? ` on ${label}` : ` am ${label}`;
  return named.shape === 'year' || locale === 'en' ? ` in ${label}` : ` im ${label}`;
}

/** The calendar period that has exactly these days, when there is one. */
export function shapedPeriod(days: {
  start: Period['start'];
  end: Period['end'];
}): Period | undefined {
  for (const shape of ['day', 'week', 'month', 'quarter', 'half', 'year'] as const) {
    const around = periodAround(days.start, shape, 1);
    if (around.start === days.start && around.end === days.end) return around;
  }
  return undefined;
}

function compareWords(query: MetricQuery, locale: Locale): string {
  if (query.compare === undefined) return '';
  if (locale === 'en')
    return ` compared with the ${query.compare === 'prior-year' ? 'prior year' : 'previous period'}`;
  return query.compare === 'prior-year'
    ? ' im Vergleich zum Vorjahr'
    : ' im Vergleich zur Vorperiode';
}

/** A metric of the catalogue. */
export const metricOf = (name: string, catalogue: AskCatalogue): Metric | undefined =>
  catalogue.metrics.find((metric) => metric.name === name);
