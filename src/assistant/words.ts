import type { DimensionName, Metric, MetricQuery } from '#semantic';

import { codeName } from './code-names.ts';
import type { AskCatalogue } from './lexicon.ts';
import type { Member } from './member-search.ts';
import type { Locale } from './numbers.ts';
import { compareWords, periodDays, periodWords } from './period-words.ts';

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
  ship_method: { en: 'ship methods', de: 'Versandarten' },
  supplier_country: { en: 'countries', de: 'Länder' },
  supplier_region: { en: 'regions', de: 'Regionen' },
  supplier_city: { en: 'cities', de: 'Städte' },
  currency: { en: 'currencies', de: 'Währungen' },
};

/** Says a query as a complete question, which is read back as the same query. */
export function questionOf(query: MetricQuery, speech: Speech): string {
  const { locale } = speech;
  const where = whereWords(query, speech);
  const text = `${headWords(query, speech)}${where}${havingWords(query, speech)}${periodWords(query, locale)}${compareWords(query, locale)}${sortWords(query, locale)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Says how a question was read, with the days its period covers. */
export function readingOf(query: MetricQuery, speech: Speech): string {
  const { limit, by, order } = query;
  const en = speech.locale === 'en';
  const ranked = order !== undefined && limit !== undefined && order.by !== by[0]?.grain;
  const dated = order?.by === 'issued_on' || query.metrics[0] === 'supplier_price';
  const sort = !ranked || dated ? '' : order.direction === 'desc' ? 'desc' : 'asc';
  const said = {
    '': '',
    desc: en ? ', highest first' : ', höchste zuerst',
    asc: en ? ', lowest first' : ', niedrigste zuerst',
  }[sort];
  const dateless = query.metrics.every(
    (name) => metricOf(name, speech.catalogue)?.dateRole === undefined,
  );
  const days = dateless ? '' : periodDays(query, speech.locale);
  return `${questionOf(query, speech)}${days}${said}`;
}

/** What is measured and how it is cut and ranked. */
function headWords(query: MetricQuery, speech: Speech): string {
  const special = recordWords(query, speech);
  if (special !== undefined) return special;
  const en = speech.locale === 'en';
  const metrics = query.metrics
    .map((name) => metricWord(name, speech))
    .join(en ? ' and ' : ' und ');
  const [first, ...others] = query.by;
  const ranked = query.limit !== undefined && first !== undefined && first.dimension !== 'date';
  const cuts = (ranked ? others : query.by).map((cut) => cutWord(cut, speech));
  const by = cuts.length === 0 ? '' : ` ${en ? 'by' : 'nach'} ${cuts.join(en ? ' and ' : ' und ')}`;
  if (ranked) {
    const asPart = query.share === undefined ? '' : en ? ' as percentage' : ' in Prozent';
    return `${rankWords(query, first.dimension, { metrics, speech })}${by}${asPart}`;
  }
  const share = query.share === undefined ? '' : en ? 'share of ' : 'Anteil an ';
  return `${share}${metrics}${perWords(query, speech)}${by}`;
}

/** 'top 5 suppliers by spend'; 'top 5 suppliers by increase in spend'. */
function rankWords(
  { limit, order }: MetricQuery,
  dimension: string,
  { metrics, speech }: { readonly metrics: string; readonly speech: Speech },
): string {
  const en = speech.locale === 'en';
  const change = /_(change|percent)$/.exec(order?.by ?? '')?.[1];
  const up = order?.direction !== 'asc';
  const rank = up || change !== undefined ? (en ? 'top' : 'Top') : en ? 'bottom' : 'Flop';
  const head = `${rank} ${limit ?? 10} ${pluralOf(dimension, speech)} ${en ? 'by' : 'nach'}`;
  if (change === undefined) return `${head} ${metrics}`;
  const way = en ? (up ? 'increase' : 'decrease') : up ? 'Zuwachs' : 'Rückgang';
  const rate = change === 'percent' ? (en ? ' in percent' : ' in Prozent') : '';
  return en ? `${head} ${way}${rate} of ${metrics}` : `${head} ${way}${rate} (${metrics})`;
}

function perWords({ per }: MetricQuery, { locale }: Speech): string {
  if (per === undefined) return '';
  return locale === 'en'
    ? ` per ${GRAIN_WORDS.en[per]} on average`
    : ` je ${GRAIN_WORDS.de[per]} im Schnitt`;
}

/** Lists of records have a way of speaking of their own. */
function recordWords(
  { metrics, by, order, limit }: MetricQuery,
  speech: Speech,
): string | undefined {
  const en = speech.locale === 'en';
  const [metric] = metrics;
  const [first] = by;
  if (metrics[1] === 'purchase_order_count' && /^(supplier|item)_count$/.test(metric ?? '')) {
    const records = pluralOf(first?.dimension ?? 'supplier', speech);
    return en ? `${records} without purchase orders` : `${records} ohne Bestellungen`;
  }
  if (metric === 'supplier_price' && limit !== undefined && first?.dimension === 'supplier')
    return priceWords(order?.direction === 'desc', limit, en);
  const listed = by.some((cut) => /^(issued|promised)_on$/.test(cut.dimension));
  if (first?.dimension !== 'purchase_order' || !listed) return undefined;
  if (order?.by === 'issued_on') return endWords(order.direction, limit ?? 1, en);
  const kind = LISTED.find((each) => each.metric === metric);
  return en ? `list ${kind?.en ?? 'purchase orders'}` : `Liste der ${kind?.de ?? 'Bestellungen'}`;
}

const LISTED = [
  { metric: 'open_commitments', en: 'open purchase orders', de: 'offenen Bestellungen' },
  { metric: 'open_order_age', en: 'open purchase orders', de: 'offenen Bestellungen' },
  { metric: 'days_late', en: 'late purchase orders', de: 'verspäteten Bestellungen' },
] as const;

function priceWords(dear: boolean, limit: number, en: boolean): string {
  if (en) {
    const word = dear ? 'most expensive' : 'cheapest';
    return limit === 1 ? `${word} supplier` : `${limit} ${word} suppliers`;
  }
  const stem = dear ? 'teuerste' : 'günstigste';
  return limit === 1 ? `${stem}r Lieferant` : `${limit} ${stem} Lieferanten`;
}

function endWords(direction: 'asc' | 'desc', limit: number, en: boolean): string {
  const end = direction === 'desc' ? (en ? 'last' : 'letzte') : en ? 'first' : 'erste';
  if (limit === 1) return `${end} ${en ? 'purchase order' : 'Bestellung'}`;
  return `${end} ${limit} ${en ? 'purchase orders' : 'Bestellungen'}`;
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
function pluralOf(name: string, speech: Speech): string {
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

function labelOf(dimension: string, value: string, { members, locale }: Speech): string {
  const member = members.find((each) => each.dimension === dimension && each.value === value);
  return codeName(dimension, member?.label ?? value, locale).replaceAll('"', '');
}

function havingWords(query: MetricQuery, speech: Speech): string {
  const { locale } = speech;
  const en = locale === 'en';
  const held = (query.having ?? []).filter(
    ({ metric, value }) => !(metric === 'purchase_order_count' && value === '0'),
  );
  const parts = held.map((each) => limitWords(each, query, speech));
  if (parts.length === 0) return '';
  const changed = held.some(({ metric }) => /_(change|percent)$/.test(metric));
  const joined = parts.join(en ? ' and ' : ' und ');
  const aged = query.metrics[0] === 'open_order_age' && query.by.length > 1;
  if (aged) return ` ${joined}`;
  return changed ? joined : ` ${en ? 'with' : 'mit'} ${joined}`;
}

type Held = NonNullable<MetricQuery['having']>[number];

function limitWords({ metric, op, value }: Held, query: MetricQuery, speech: Speech): string {
  const { locale } = speech;
  const en = locale === 'en';
  const column = /^(.*)_(change|percent|share)$/.exec(metric);
  const name = column?.[1] ?? metric;
  const unit = speech.catalogue.metrics.find((each) => each.name === name)?.unit;
  const change = column?.[2] === 'change' || column?.[2] === 'percent';
  const down = change && (value.startsWith('-') || (value === '0' && op.startsWith('<')));
  const percent = unit === 'ratio' || column?.[2] === 'percent' || column?.[2] === 'share';
  const size = value.replace('-', '');
  const shown = percent ? `${percentText(size)} %` : size;
  const days = unit === 'days' ? (en ? ' days' : ' Tage') : '';
  const number = `${en ? shown : shown.replace('.', ',')}${days}`;
  const turned = down ? TURNED[op] : op;
  if (!change) {
    const share = column === null ? '' : en ? 'share of ' : 'Anteil an ';
    const own = query.metrics.length === 1 && unit === 'days' && query.by.length > 1;
    const said = own ? '' : `${share}${metricWord(name, speech)} `;
    return `${said}${LIMIT_WORDS[locale][turned]} ${number}`;
  }
  const way = en ? (down ? 'decreased' : 'increased') : down ? 'gesunken' : 'gestiegen';
  if (value === '0') return en ? `, only where it ${way}` : `, nur wo es ${way} ist`;
  return ` ${way} ${en ? 'by' : 'um'} ${LIMIT_WORDS[locale][turned]} ${number}`;
}

const TURNED = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' } as const;

/** '0.025' as '2.5', without floats. */
function percentText(fraction: string): string {
  const [whole = '0', decimals = ''] = fraction.split('.');
  const padded = decimals.padEnd(2, '0');
  const digits = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = padded.slice(2).replace(/0+$/, '');
  return `${digits}${rest === '' ? '' : `.${rest}`}`;
}

/** A table in the other order than its highest first. */
function sortWords({ order, limit, by, metrics }: MetricQuery, locale: Locale): string {
  const turned = order?.direction === 'asc' && order.by === metrics[0] && limit === undefined;
  if (!turned || by[0]?.grain !== undefined) return '';
  return locale === 'en' ? ', lowest first' : ', niedrigste zuerst';
}

/** A metric of the catalogue. */
export const metricOf = (name: string, catalogue: AskCatalogue): Metric | undefined =>
  catalogue.metrics.find((metric) => metric.name === name);
