import { addMonths, daysBetween, type LocalDate } from '#kernel/time';
import { type Decimal, divideDecimals, decimal, trimDecimal } from '#kernel/decimal';
import { checkQuery, type Grain, type MetricQuery } from '#semantic';

import type { Asked, Draft, DraftLimit } from './draft.ts';
import type { Member } from './member-search.ts';
import { cutAt, type Period, periodAround, periodLabel } from './period.ts';
import { metricOf, type Speech } from './words.ts';

/** A question that has a query, several, or none. */
export type Outcome =
  | { readonly kind: 'query'; readonly asked: Asked; readonly notes: readonly string[] }
  | { readonly kind: 'clarify'; readonly why: string; readonly choices: readonly Asked[] }
  | { readonly kind: 'unsupported'; readonly why: string; readonly near: readonly string[] };

const TOP_DEFAULT = 10;

const COUNT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    supplier: 'active_suppliers',
    item: 'active_items',
    purchase_order: 'purchase_order_count',
  }),
);

/** Fills a draft's gaps with defaults that are said aloud, or says why there is no query. */
export function complete(draft: Draft, asOf: LocalDate, speech: Speech): Outcome {
  return new Completion(draft, asOf, speech).outcome();
}

class Completion {
  private readonly notes: string[] = [];
  private readonly draft: Draft;
  private readonly asOf: LocalDate;
  private readonly speech: Speech;

  constructor(draft: Draft, asOf: LocalDate, speech: Speech) {
    this.draft = draft;
    this.asOf = asOf;
    this.speech = speech;
  }

  private say(en: string, de: string): string {
    return this.speech.locale === 'en' ? en : de;
  }

  outcome(): Outcome {
    const { draft } = this;
    const vague =
      draft.flags.has('vague') ||
      draft.flags.has('late') ||
      (draft.flags.has('best') && draft.metrics.length === 0);
    if (vague) return this.askWhatGood();
    const asked = this.settleMetrics();
    if (asked !== undefined) return asked;
    this.settleCuts();
    const period = this.settlePeriod();
    if (period === 'unlike') {
      return this.no(
        'I compare a period with the one before it or with the same one a year earlier.',
        'Ich vergleiche einen Zeitraum mit dem davor oder mit demselben im Vorjahr.',
      );
    }
    const query = this.build(period);
    const check = checkQuery(query);
    if (!check.ok)
      return {
        kind: 'unsupported',
        why: this.say(check.reason.en, check.reason.de),
        near: check.nearest ?? [],
      };
    return { kind: 'query', asked: { query, share: draft.flags.has('share') }, notes: this.notes };
  }

  private no(en: string, de: string): Outcome {
    return { kind: 'unsupported', why: this.say(en, de), near: [] };
  }

  private choice(metric: string, by: readonly string[] = []): Asked {
    const period = this.settlePeriod();
    const query = this.build(period === 'unlike' ? undefined : period);
    const cuts = by.length > 0 ? by.map((dimension) => ({ dimension })) : query.by;
    const { order: _order, having: _having, compare: _compare, ...rest } = query;
    return { query: { ...rest, metrics: [metric], by: cuts }, share: false };
  }

  private clarify(en: string, de: string, choices: readonly Asked[]): Outcome {
    const legal = choices.filter(({ query }) => checkQuery(query).ok);
    if (legal.length < 2) return this.no(en, de);
    return { kind: 'clarify', why: this.say(en, de), choices: legal.slice(0, 4) };
  }

  private askWhatGood(): Outcome {
    const { draft } = this;
    this.settleCuts();
    const by =
      draft.by.length > 0 || draft.where.some((each) => each.member.dimension === 'supplier')
        ? []
        : ['supplier'];
    const metrics = draft.flags.has('late')
      ? ['shipped_on_time_rate', 'order_to_ship_days', 'open_commitments']
      : ['rejection_rate', 'shipped_on_time_rate', 'order_to_ship_days', 'spend'];
    return this.clarify(
      'That can be measured in several ways. Which do you mean?',
      'Das lässt sich auf mehrere Arten messen. Welche ist gemeint?',
      metrics.map((metric) => this.choice(metric, by)),
    );
  }

  /** Finds what to measure. An outcome: it cannot be known. */
  private settleMetrics(): Outcome | undefined {
    const { draft } = this;
    const { flags } = draft;
    if (flags.has('units') && draft.metrics.length === 0 && flags.has('ordered'))
      draft.metrics.push('ordered_quantity');
    if (flags.has('average')) {
      const average = this.settleAverage();
      if (average !== undefined) return average;
    }
    const listed =
      flags.has('list') && !flags.has('count') && draft.by.length + draft.mentioned.length === 0;
    if (
      listed &&
      draft.metrics.some((name) => name === 'active_suppliers' || name === 'active_items')
    ) {
      return this.no(
        'Lists of records stand on their own pages; I answer with numbers.',
        'Listen stehen auf ihren eigenen Seiten; ich antworte mit Zahlen.',
      );
    }
    if (draft.metrics.length > 0) return undefined;
    if (flags.has('count')) {
      const counted =
        draft.mentioned.find((each) => COUNT_OF.get(each.dimension) !== undefined) ??
        draft.by.find((each) => COUNT_OF.get(each.dimension) !== undefined);
      const metric = COUNT_OF.get(counted?.dimension ?? '');
      if (metric === undefined || counted === undefined) return this.nothingToMeasure();
      draft.metrics.push(metric);
      draft.mentioned = draft.mentioned.filter((each) => each !== counted);
      draft.by = draft.by.filter((each) => each !== counted);
      return undefined;
    }
    const ranked =
      flags.has('top') ||
      flags.has('most') ||
      draft.limits.length > 0 ||
      flags.has('share') ||
      flags.has('change');
    const listing = (flags.has('list') || flags.has('which')) && flags.has('orders');
    if (flags.has('orders') && !ranked && !listing) return this.askAboutOrders();
    const dimensions = draft.by.length + draft.mentioned.length + draft.where.length;
    if ((ranked || listing) && dimensions > 0) {
      draft.metrics.push('spend');
      this.notes.push(
        this.say(
          'No measure named: spend is taken.',
          'Keine Kennzahl genannt: Einkaufsvolumen angenommen.',
        ),
      );
      return undefined;
    }
    return this.nothingToMeasure();
  }

  private settleAverage(): Outcome | undefined {
    const { draft } = this;
    const only = draft.metrics.length <= 1 ? draft.metrics[0] : 'several';
    const unit = metricOf(only ?? '', this.speech.catalogue);
    if (unit?.overTime === 'ratio') return undefined;
    if ((only === undefined || only === 'spend') && draft.flags.has('orders')) {
      draft.metrics = ['average_order_value'];
      draft.by = draft.by.filter((each) => each.dimension !== 'purchase_order');
      return undefined;
    }
    if (only === 'spend') {
      return this.clarify('Average per what?', 'Durchschnitt wovon?', [
        this.choice('average_order_value'),
        this.choice('spend'),
      ]);
    }
    return this.no('I cannot average that.', 'Davon kann ich keinen Durchschnitt bilden.');
  }

  private askAboutOrders(): Outcome {
    const { draft } = this;
    draft.mentioned = draft.mentioned.filter((each) => each.dimension !== 'purchase_order');
    draft.by = draft.by.filter((each) => each.dimension !== 'purchase_order');
    this.settleCuts();
    return this.clarify(
      'Orders by number, by value or by average size?',
      'Bestellungen nach Anzahl, nach Wert oder nach Durchschnitt?',
      ['purchase_order_count', 'spend', 'average_order_value'].map((metric) => this.choice(metric)),
    );
  }

  private nothingToMeasure(): Outcome {
    const { draft } = this;
    if (draft.where.length > 0 && !draft.flags.has('list')) {
      return this.clarify(
        'What about it would you like to know?',
        'Was möchten Sie dazu wissen?',
        ['spend', 'purchase_order_count', 'rejection_rate', 'open_commitments'].map((metric) =>
          this.choice(metric),
        ),
      );
    }
    return this.no(
      'The question names nothing I can measure.',
      'Die Frage nennt nichts, was ich messen kann.',
    );
  }

  private settleCuts(): void {
    const { draft } = this;
    const wanted =
      draft.flags.has('top') ||
      draft.flags.has('most') ||
      draft.flags.has('which') ||
      draft.flags.has('list') ||
      draft.limits.length > 0;
    for (const { dimension, not, singular } of draft.mentioned) {
      const filtered = draft.where.some((each) => each.member.dimension === dimension);
      const cut = draft.by.some((each) => each.dimension === dimension);
      const flag =
        this.speech.catalogue.dimensions.find((each) => each.name === dimension)?.kind === 'flag';
      if (flag && !cut) {
        const member: Member = { dimension, value: not ? 'no' : 'yes', label: not ? 'no' : 'yes' };
        draft.where.push({ member, not: false });
      } else if (
        !filtered &&
        !cut &&
        (dimension !== 'purchase_order' || (wanted && draft.by.length === 0))
      ) {
        draft.by.push({ dimension });
        draft.singular = draft.singular || singular;
      }
    }
    draft.mentioned = [];
    const dated = draft.by.some((each) => each.dimension === 'date');
    if (draft.flags.has('trend') && !dated)
      draft.by.push({ dimension: 'date', grain: this.trendGrain() });
    if (draft.flags.has('share') && draft.by.length === 0) {
      const first = draft.where.find((each) => !each.not);
      if (first !== undefined) draft.by.push({ dimension: first.member.dimension });
    }
  }

  private trendGrain(): Grain {
    const [period] = this.draft.periods;
    const days = period === undefined ? 400 : daysBetween(period.start, period.end);
    return days <= 31 ? 'day' : 'month';
  }

  private settlePeriod(): Period | undefined | 'unlike' {
    const { draft, asOf } = this;
    const [first, second] = draft.periods;
    const against =
      draft.against ?? (second === undefined ? undefined : { period: second, relative: false });
    if (against === undefined) return this.comparedPeriod(first);
    if (first === undefined) {
      const { shape } = against.period;
      if (!against.relative) return 'unlike';
      draft.compare = shape === 'year' ? 'prior-year' : 'prior-period';
      return cutAt(periodAround(asOf, shape, 1), asOf);
    }
    if (against.relative && against.period.shape === 'year') draft.compare = 'prior-year';
    else if (against.relative && against.period.shape === first.shape)
      draft.compare = 'prior-period';
    else return this.twoPeriods(first, against.period);
    return first;
  }

  private twoPeriods(a: Period, b: Period): Period | 'unlike' {
    const [later, earlier] = a.start > b.start ? [a, b] : [b, a];
    const nextDay = daysBetween(earlier.end, later.start) === 1;
    if (later.shape === 'year' && earlier.shape === 'year' && nextDay)
      this.draft.compare = 'prior-year';
    else if (addMonths(later.start, -12) === earlier.start && later.shape === earlier.shape)
      this.draft.compare = 'prior-year';
    else if (nextDay && later.shape === earlier.shape) this.draft.compare = 'prior-period';
    else return 'unlike';
    return later;
  }

  private comparedPeriod(period: Period | undefined): Period | undefined {
    const { draft, asOf } = this;
    const { flags } = draft;
    const whole = period?.shape === 'range' && (flags.has('compare') || flags.has('versus'));
    if (whole && !draft.by.some((each) => each.dimension === 'date')) {
      draft.by.push({
        dimension: 'date',
        grain: daysBetween(period.start, period.end) > 366 ? 'year' : 'quarter',
      });
      return period;
    }
    if (flags.has('change') && draft.compare === undefined) {
      draft.compare = 'prior-year';
      this.notes.push(this.say('Compared with the prior year.', 'Verglichen mit dem Vorjahr.'));
    }
    const dated = draft.by.some((each) => each.dimension === 'date');
    if (draft.compare !== undefined && period === undefined && !dated) {
      return cutAt(periodAround(asOf, 'year', 1), asOf);
    }
    return period;
  }

  private build(period: Period | undefined): MetricQuery {
    const { draft, asOf } = this;
    const metrics = draft.metrics.length > 0 ? draft.metrics : ['spend'];
    const having = draft.limits.map((limit) => this.having(limit, metrics));
    const by = dateFirst(draft.by);
    const ranked = by.length > 0 && by[0]?.grain === undefined;
    const [metric = 'spend'] = metrics;
    const order = this.order(by, metric);
    const limit =
      ranked && (draft.flags.has('top') || draft.flags.has('most'))
        ? (draft.count ?? (draft.singular ? 1 : TOP_DEFAULT))
        : undefined;
    const balance =
      period?.shape === 'day' &&
      period.start === asOf &&
      metricOf(metric, this.speech.catalogue)?.overTime === 'last';
    if (period === undefined && !draft.flags.has('all-time')) {
      const note = this.say(
        'No period named: all time.',
        'Kein Zeitraum genannt: gesamter Zeitraum.',
      );
      if (!this.notes.includes(note)) this.notes.push(note);
    }
    return {
      metrics: [...new Set([...metrics, ...having.map((each) => each.metric)])],
      by,
      where: filtersOf(draft),
      ...(period === undefined || balance
        ? {}
        : {
            period: {
              start: period.start,
              end: period.end,
              label: periodLabel(period, this.speech.locale),
            },
          }),
      ...(draft.compare === undefined ? {} : { compare: draft.compare }),
      ...(having.length === 0 ? {} : { having }),
      ...(order === undefined ? {} : { order }),
      ...(limit === undefined || limit < 1 ? {} : { limit: Math.min(limit, 1000) }),
      asOf,
    };
  }

  private order(by: MetricQuery['by'], metric: string): MetricQuery['order'] {
    const [first] = by;
    if (first === undefined) return undefined;
    if (first.grain !== undefined) return { by: first.grain, direction: 'asc' };
    return { by: metric, direction: this.direction(metric) };
  }

  private direction(metric: string): 'asc' | 'desc' {
    const { direction } = this.draft;
    if (direction === 'desc' || direction === undefined) return 'desc';
    if (direction === 'asc') return 'asc';
    const lowIsGood = metricOf(metric, this.speech.catalogue)?.direction === 'down';
    return (direction === 'best') === lowIsGood ? 'asc' : 'desc';
  }

  private having(
    limit: DraftLimit,
    metrics: readonly string[],
  ): { metric: string; op: DraftLimit['op']; value: Decimal } {
    const metric = limit.metric ?? metrics[0] ?? 'spend';
    const ratio = metricOf(metric, this.speech.catalogue)?.unit === 'ratio';
    const hundredth =
      limit.percent && ratio ? divideDecimals(limit.value, decimal('100'), 8) : undefined;
    return { metric, op: limit.op, value: trimDecimal(hundredth ?? limit.value) };
  }
}

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
