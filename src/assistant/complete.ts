import { daysBetween, type LocalDate } from '#kernel/time';
import { checkQuery, type Grain, type MetricQuery } from '#semantic';

import { listsOrders, otherCurrency, settleBounds, unsayable } from './bounds.ts';
import { type ChosenPeriod, choosePeriod } from './chosen-period.ts';
import type { Draft } from './draft.ts';
import type { Member } from './member-search.ts';
import { queryOf } from './query-of.ts';
import { settleRatios } from './ratios.ts';
import { names, type Shape, shapeOf } from './record-shape.ts';
import { metricOf, type Speech } from './words.ts';

/** A question that has a query, several, or none. */
export type Outcome =
  | { readonly kind: 'query'; readonly query: MetricQuery; readonly notes: readonly string[] }
  | { readonly kind: 'clarify'; readonly why: string; readonly choices: readonly MetricQuery[] }
  | { readonly kind: 'unsupported'; readonly why: string; readonly near: readonly string[] };

const COUNT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    supplier: 'supplier_count',
    item: 'item_count',
    purchase_order: 'purchase_order_count',
  }),
);

/** Records on file, and the same counted by the orders that name them. */
const BY_ORDERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ supplier_count: 'active_suppliers', item_count: 'active_items' }),
);

const isNoOrder = (each: { dimension: string }): boolean => each.dimension !== 'purchase_order';

/** Fills a draft's gaps with defaults that are said aloud, or says why there is no query. */
export function complete(draft: Draft, asOf: LocalDate, speech: Speech): Outcome {
  return new Completion(draft, asOf, speech).outcome();
}

class Completion {
  private readonly notes: string[] = [];
  private readonly draft: Draft;
  private readonly asOf: LocalDate;
  private readonly speech: Speech;
  private shape: Shape | undefined;

  constructor(draft: Draft, asOf: LocalDate, speech: Speech) {
    this.draft = draft;
    this.asOf = asOf;
    this.speech = speech;
  }

  private say(en: string, de: string): string {
    return this.speech.locale === 'en' ? en : de;
  }

  private note(en: string, de: string): void {
    const said = this.say(en, de);
    if (!this.notes.includes(said)) this.notes.push(said);
  }

  outcome(): Outcome {
    const { draft } = this;
    const foreign = otherCurrency(draft, this.speech.members);
    if (foreign !== undefined)
      return this.no(
        `Amounts are not converted, and none is in ${foreign}.`,
        `Beträge werden nicht umgerechnet, und keiner ist in ${foreign}.`,
      );
    if (!settleBounds(draft, this.speech.members))
      return this.no('No value on file lies there.', 'Kein Wert im Stamm liegt dort.');
    const vague = draft.flags.has('vague') || (draft.flags.has('best') && this.unmeasured());
    if (vague) return this.askWhatGood();
    this.takeShape();
    const refused = this.settleMetrics();
    if (refused !== undefined) return refused;
    this.settleCuts();
    this.settleCounts();
    const beyond = unsayable(draft, this.shape);
    if (beyond !== undefined) return this.no(beyond.en, beyond.de);
    if (listsOrders(draft))
      this.note(
        'The orders are listed; each row is one.',
        'Die Bestellungen sind aufgelistet; jede Zeile ist eine.',
      );
    const query = this.build();
    const check = checkQuery(query);
    if (!check.ok)
      return {
        kind: 'unsupported',
        why: this.say(check.reason.en, check.reason.de),
        near: check.nearest ?? [],
      };
    return { kind: 'query', query, notes: this.notes };
  }

  private unmeasured(): boolean {
    const { metrics, flags } = this.draft;
    return metrics.length === 0 && !flags.has('late') && !flags.has('overdue');
  }

  /** Questions about records themselves bring their own measure and cuts. */
  private takeShape(): void {
    const { draft } = this;
    const shape = shapeOf(draft);
    this.shape = shape;
    if (shape === undefined) return;
    draft.metrics = [...shape.metrics];
    if (shape.by !== undefined) {
      for (const { dimension } of draft.by)
        if (dimension === 'preferred_supplier')
          draft.mentioned.push({ dimension, singular: false, not: false, at: 0 });
      draft.by = shape.by.map((dimension) => ({ dimension }));
      draft.mentioned = draft.mentioned.filter((each) => each.dimension === 'preferred_supplier');
    }
    if (shape.note !== undefined) this.note(shape.note.en, shape.note.de);
    if (shape.metrics[0] === 'shipped_on_time_rate') draft.flags.delete('share');
    if (shape.by === undefined) draft.mentioned = draft.mentioned.filter(isNoOrder);
    if (shape.by === undefined) draft.by = draft.by.filter(isNoOrder);
  }

  private no(en: string, de: string): Outcome {
    return { kind: 'unsupported', why: this.say(en, de), near: [] };
  }

  private choice(metric: string, by: readonly string[] = []): MetricQuery {
    const { order: _order, having: _having, compare: _compare, ...query } = this.build();
    const { share: _share, per: _per, ...rest } = query;
    const cuts = by.length > 0 ? by.map((dimension) => ({ dimension })) : query.by;
    return { ...rest, metrics: [metric], by: cuts };
  }

  private clarify(en: string, de: string, choices: readonly MetricQuery[]): Outcome {
    const legal = choices.filter((query) => checkQuery(query).ok);
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
    return this.clarify(
      'That can be measured in several ways. Which do you mean?',
      'Das lässt sich auf mehrere Arten messen. Welche ist gemeint?',
      ['rejection_rate', 'shipped_on_time_rate', 'order_to_ship_days', 'spend'].map((metric) =>
        this.choice(metric, by),
      ),
    );
  }

  /** Finds what to measure. An outcome: it cannot be known. */
  private settleMetrics(): Outcome | undefined {
    const { draft } = this;
    const { flags } = draft;
    if (flags.has('units') && draft.metrics.length === 0 && flags.has('ordered'))
      draft.metrics.push('ordered_quantity');
    settleRatios(draft, this.speech.catalogue);
    if (flags.has('average') && this.shape === undefined) {
      const average = this.settleAverage();
      if (average !== undefined) return average;
    }
    if (draft.metrics.length > 0) return undefined;
    if (flags.has('cheap')) return this.settleCheapest();
    if (flags.has('count')) return this.settleCount();
    const ranked =
      flags.has('top') || flags.has('most') || draft.limits.length > 0 || flags.has('change');
    if (flags.has('orders') && !ranked) return this.countOrders();
    if (flags.has('ordered') && !flags.has('bought')) return this.take('spend');
    const cuts = draft.by.length + draft.mentioned.length;
    const dimensions = cuts + draft.where.length;
    const owners = draft.by.some(isNoOrder);
    if (draft.many === true && this.takeCounted()) return undefined;
    if (draft.many === true && flags.has('orders') && owners)
      return this.take('purchase_order_count');
    if ((ranked || flags.has('share')) && dimensions > 0) return this.takeSpend();
    const comparing = flags.has('compare') || flags.has('versus');
    if (comparing && (dimensions > 0 || draft.periods.length > 0)) return this.takeSpend();
    const subject = ['supplier', 'item'].find((each) => names(draft, each));
    if (subject !== undefined && draft.where.length === 0 && cuts > 1) return this.settleCount();
    return this.nothingToMeasure();
  }

  /** 'Which vendor supplies the most items?': the second is counted, the first cut by. */
  private takeCounted(): boolean {
    const { draft } = this;
    const [first, second] = draft.by.map(({ dimension }) => dimension);
    const metric = { item: 'active_items', supplier: 'active_suppliers' }[second ?? ''];
    if (metric === undefined || draft.by.length !== 2 || !/^(item|supplier)$/.test(first ?? ''))
      return false;
    draft.by = draft.by.slice(0, 1);
    draft.metrics = [metric];
    return true;
  }

  private take(metric: string): undefined {
    this.draft.metrics.push(metric);
    return undefined;
  }

  private takeSpend(): undefined {
    this.note(
      'No measure named: spend is taken.',
      'Keine Kennzahl genannt: Einkaufsvolumen angenommen.',
    );
    return this.take('spend');
  }

  /** Counts what is named: suppliers, items or orders. */
  private settleCount(): Outcome | undefined {
    const { draft } = this;
    const counted = [...draft.mentioned, ...draft.by].find(({ dimension }) =>
      COUNT_OF.has(dimension),
    );
    const preferred = names(draft, 'preferred_supplier') ? 'supplier_count' : undefined;
    const metric = COUNT_OF.get(counted?.dimension ?? '') ?? preferred;
    if (metric === undefined) return this.nothingToMeasure();
    draft.mentioned = draft.mentioned.filter((each) => each !== counted);
    draft.by = draft.by.filter((each) => each !== counted);
    return this.take(metric);
  }

  /** 'Purchase orders in 2024': their number, said aloud. */
  private countOrders(): Outcome | undefined {
    const { draft } = this;
    const byNumber = draft.where.some((each) => each.member.dimension === 'purchase_order');
    if (byNumber) return draft.flags.has('worth') ? this.take('spend') : this.nothingToMeasure();
    if (draft.flags.has('worth')) {
      draft.mentioned = draft.mentioned.filter(isNoOrder);
      draft.by = draft.by.filter(isNoOrder);
      return this.take('spend');
    }
    draft.mentioned = draft.mentioned.filter(isNoOrder);
    draft.by = draft.by.filter(isNoOrder);
    this.note(
      'Orders are counted; “list orders” shows them one by one.',
      'Bestellungen sind gezählt; „Bestellungen auflisten“ zeigt sie einzeln.',
    );
    return this.take('purchase_order_count');
  }

  private settleCheapest(): Outcome | undefined {
    const { draft } = this;
    if (draft.flags.has('orders')) return this.take('spend');
    if (names(draft, 'item')) return this.take('average_unit_price');
    return this.no(
      'Prices have a meaning only for an item. Name one, as in “cheapest supplier for …”.',
      'Preise haben nur für einen Artikel eine Bedeutung. Bitte einen nennen: „günstigster Lieferant für …“.',
    );
  }

  private settleAverage(): Outcome | undefined {
    const { draft } = this;
    const only = draft.metrics.length <= 1 ? draft.metrics[0] : 'several';
    const unit = metricOf(only ?? '', this.speech.catalogue);
    if (unit?.overTime === 'ratio') return undefined;
    const step = draft.by.find((each) => each.grain !== undefined);
    if (step?.grain !== undefined && only !== 'several') {
      draft.by = draft.by.filter((each) => each !== step);
      draft.per = step.grain;
      const orders = only === undefined && draft.flags.has('orders');
      if (only === undefined) draft.metrics.push(orders ? 'purchase_order_count' : 'spend');
      draft.mentioned = draft.mentioned.filter((each) => each.dimension !== 'purchase_order');
      return undefined;
    }
    const units = draft.flags.has('units'); // 'Units per order' is no value.
    if ((only === undefined || only === 'spend') && draft.flags.has('orders') && !units) {
      draft.metrics = ['average_order_value'];
      draft.by = draft.by.filter((each) => each.dimension !== 'purchase_order');
      return undefined;
    }
    if (only === 'spend') {
      const monthly = { ...this.choice('spend'), per: 'month' as const };
      return this.clarify('Average per what?', 'Durchschnitt wovon?', [
        this.choice('average_order_value'),
        { ...monthly, by: monthly.by.filter((each) => each.grain === undefined) },
      ]);
    }
    return this.no(
      'I cannot average that. I average per month, quarter or year, and per order.',
      'Davon kann ich keinen Durchschnitt bilden. Durchschnitte bilde ich je Monat, Quartal oder Jahr und je Bestellung.',
    );
  }

  private nothingToMeasure(): Outcome {
    const { draft } = this;
    if (draft.flags.has('units')) {
      this.settleCuts();
      return this.clarify(
        'Which quantity do you mean?',
        'Welche Menge ist gemeint?',
        ['ordered_quantity', 'received_quantity', 'rejected_quantity'].map((metric) =>
          this.choice(metric),
        ),
      );
    }
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
    const { flags } = draft;
    const wanted =
      flags.has('top') ||
      flags.has('most') ||
      flags.has('which') ||
      flags.has('list') ||
      flags.has('cheap') ||
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
    this.settleComparedMembers();
    const dated = draft.by.some((each) => each.dimension === 'date');
    if (flags.has('trend') && !dated)
      draft.by.push({ dimension: 'date', grain: this.trendGrain() });
    if (flags.has('share') && draft.by.length === 0) {
      const part = draft.shareOf ?? draft.where.findLast((each) => !each.not)?.member.dimension;
      if (part !== undefined) draft.by.push({ dimension: part });
    }
  }

  /** 'A versus B': each in a row of its own. */
  private settleComparedMembers(): void {
    const { draft } = this;
    if (!draft.flags.has('versus') && !draft.flags.has('compare')) return;
    for (const { member, not } of draft.where) {
      const { dimension } = member;
      const others = draft.where.filter((each) => each.member.dimension === dimension);
      const cut = draft.by.some((each) => each.dimension === dimension);
      if (others.length > 1 && !not && !cut) draft.by.push({ dimension });
    }
  }

  /** Suppliers and items are counted as on file, or by the orders of a period. */
  private settleCounts(): void {
    const { draft } = this;
    const [metric = ''] = draft.metrics;
    const active = BY_ORDERS.get(metric);
    if (active === undefined || draft.metrics.length > 1) return;
    const by = metricOf(metric, this.speech.catalogue)?.by ?? [];
    const cuts = [...draft.by, ...draft.where.map((each) => each.member)];
    const onFile = cuts.every(({ dimension }) => by.some((name) => name === dimension));
    if (onFile && draft.periods.length === 0 && !draft.flags.has('ordered')) return;
    draft.metrics = [active];
  }

  private trendGrain(): Grain {
    const { step } = this.draft;
    if (step !== undefined) return step;
    const [period] = this.draft.periods;
    const days = period === undefined ? 400 : daysBetween(period.start, period.end);
    return days <= 31 ? 'day' : 'month';
  }

  private build(): MetricQuery {
    const { draft, asOf, speech, shape } = this;
    const chosen: ChosenPeriod = choosePeriod(draft, asOf, speech.locale);
    for (const { en, de } of chosen.notes) this.note(en, de);
    if (chosen.steps !== undefined && !draft.by.some((each) => each.dimension === 'date'))
      draft.by.push({ dimension: 'date', grain: chosen.steps });
    const dateless = draft.metrics.every(
      (name) => metricOf(name, speech.catalogue)?.dateRole === undefined,
    );
    if (chosen.period === undefined && !draft.flags.has('all-time') && !dateless)
      this.note('No period named: all time.', 'Kein Zeitraum genannt: gesamter Zeitraum.');
    return queryOf({ draft, chosen, shape, asOf, speech });
  }
}
