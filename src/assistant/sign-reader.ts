import { decimal } from '#kernel/decimal';

import type { Meaning } from './lexicon.ts';
import { LimitReader } from './limit-reader.ts';
import type { Segment } from './segment.ts';

type Of<K extends Meaning['kind']> = Extract<Meaning, { kind: K }>;

/** Signs that only say that they were there. */
type Plain = Of<
  | 'average'
  | 'units'
  | 'trend'
  | 'compare'
  | 'all-time'
  | 'vague'
  | 'show'
  | 'supplies'
  | 'old'
  | 'worth'
  | 'overdue'
  | 'late'
>;

/** Signs that say something of the whole question. */
type Told = Of<
  'foreign' | 'action' | 'missing' | 'change' | 'sorted' | 'ordered' | 'share' | 'not' | 'prior'
>;

type Sign = Exclude<Meaning, { kind: 'metric' | 'dimension' }>;

const PLAIN: ReadonlySet<string> = new Set<Plain['kind']>([
  'average',
  'units',
  'trend',
  'compare',
  'all-time',
  'vague',
  'show',
  'supplies',
  'old',
  'worth',
  'overdue',
  'late',
]);
const isPlain = (sign: Sign): sign is Plain => PLAIN.has(sign.kind);

const TOLD: ReadonlySet<string> = new Set<Told['kind']>([
  'foreign',
  'action',
  'missing',
  'change',
  'sorted',
  'ordered',
  'share',
  'not',
  'prior',
]);
const isTold = (sign: Sign): sign is Told => TOLD.has(sign.kind);

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/^(€|euros?|eur)$/i, 'EUR'],
  [/^(\$|dollars?|usd)$/i, 'USD'],
  [/^£$/, 'GBP'],
];

/** What may never have happened to a supplier or item that was ordered from. */
const NEVER: ReadonlySet<string> = new Set(['rejected_quantity', 'late_order_count']);

/** Reads the words of the grammar: rankings, steps of time, comparisons, what is denied. */
export abstract class SignReader extends LimitReader {
  protected not = false;
  protected denial: Segment | undefined;
  protected one = false;

  protected takeMetric(name: string): void {
    const { draft } = this;
    if (this.not && name === 'purchase_order_count') this.deny();
    else if (this.not && this.draft.metrics.length === 0 && NEVER.has(name)) this.takeNever(name);
    else if (!draft.metrics.includes(name)) draft.metrics.push(name);
    this.link = undefined;
    this.lastDimension = undefined;
  }

  /** What is denied of a state is a measure of its own: 'not received' is still open. */
  protected takeInstead(name: string): void {
    this.not = false;
    this.takeMetric(name);
  }

  /** 'Items never rejected': those whose count is nothing. */
  private takeNever(name: string): void {
    const { draft } = this;
    const cut = [...draft.by, ...draft.mentioned].some(({ dimension }) =>
      /^(supplier|item)$/.test(dimension),
    );
    draft.metrics.push(name);
    if (!cut) return;
    draft.limits.push({ metric: name, op: '<=', value: decimal('0'), percent: false, days: false });
    this.not = false;
  }

  protected takeSign(sign: Sign, segment: Segment): void {
    if (sign.kind === 'average' && this.link === 'versus')
      this.unused(segment); // 'compared to the average': nothing is held against that.
    else if (isPlain(sign)) this.takePlain(sign);
    else if (isTold(sign)) this.takeTold(sign, segment);
    else this.takeLink(sign, segment);
  }

  /** 'Orders shipped late' are a part of the orders; 'late orders' are a whole of their own. */
  private takePlain(sign: Plain): void {
    const { flags, mentioned } = this.draft;
    flags.add(sign.kind);
    const said = mentioned.at(-1)?.dimension === 'purchase_order';
    if (sign.kind === 'late' && said && flags.has('share')) flags.add('orders-late');
  }

  /** Signs that say how the next words belong. */
  private takeLink(sign: Exclude<Sign, Plain | Told>, segment: Segment): void {
    const { draft } = this;
    switch (sign.kind) {
      case 'noise':
      case 'and':
      case 'percent':
        return;
      case 'money':
        this.takeMoney(segment);
        return;
      case 'by':
      case 'versus':
        if (/^(for |in |per|je|pro)? ?(each|every|jede[rsmn]?)?$/i.test(this.textOf(segment)))
          draft.each = true;
        if (/each|every|jede/i.test(this.textOf(segment)) && this.has(this.nextContent(), 'grain'))
          draft.eachStep = true;
        this.link = sign.kind;
        if (sign.kind === 'versus') draft.flags.add('versus');
        return;
      case 'top':
      case 'most':
        if (this.not)
          this.unused(segment); // 'excluding the top 3'
        else this.takeRank(sign);
        return;
      case 'which':
        this.one = /^(welcher|welches|welchem)$/i.test(this.textOf(segment));
        this.link = sign.kind;
        draft.flags.add(sign.kind);
        return;
      case 'list':
      case 'count':
        this.link = sign.kind;
        draft.flags.add(sign.kind);
        return;
      case 'grain':
        this.takeGrain(sign, segment);
        return;
      case 'limit':
        this.takeLimit(sign.op);
        return;
      case 'between':
        this.takeBetween();
        return;
      case 'beyond':
        this.beyond(segment);
        return;
      case 'latest':
        if (this.link === 'versus' && this.nextContent() === undefined) {
          // 'this year against last'
          draft.compare = draft.periods[0]?.shape === 'year' ? 'prior-year' : 'prior-period';
          this.link = undefined;
          return;
        }
        draft.latest ??= sign.end;
        this.link = 'most';
        return;
      case 'cheap':
        draft.direction ??= sign.direction;
        draft.flags.add('cheap');
        this.link = 'most';
    }
  }

  private takeTold(sign: Told, segment: Segment): void {
    const { draft } = this;
    switch (sign.kind) {
      case 'foreign':
        draft.areas.push({ area: sign.area, text: this.textOf(segment) });
        return;
      case 'action':
        draft.actions.push(this.textOf(segment));
        return;
      case 'missing':
        draft.missing.push(sign.what);
        return;
      case 'change':
        this.takeChange(sign);
        return;
      case 'sorted':
        draft.sorted = sign.direction;
        return;
      case 'ordered':
        // 'orders from Litware' names the orders, 'ordered from' what was done.
        if (this.namesAMeasure()) this.takeMetric('ordered_quantity');
        else if (/^orders /i.test(this.textOf(segment))) draft.flags.add('orders');
        else this.takeOrdered();
        return;
      case 'not':
        this.not = true;
        this.denial = segment;
        return;
      case 'prior':
        draft.compare = sign.to;
        if (sign.grain !== undefined && draft.by.every((cut) => cut.dimension !== 'date'))
          draft.by.push({ dimension: 'date', grain: sign.grain });
        this.link = undefined;
        return;
      case 'share': {
        const before = this.segments[this.at - 1]?.members?.members[0];
        if (before !== undefined) draft.shareOf ??= before.dimension;
        draft.flags.add('share');
      }
    }
  }

  /** 'In euros': which currency is meant, when it stands beside no number. */
  private takeMoney(segment: Segment): void {
    const beside = [this.segments[this.at - 1], this.segments[this.at + 1]];
    if (beside.some((each) => each?.number !== undefined)) return;
    const code = CURRENCIES.find(([word]) => word.test(this.textOf(segment)))?.[1];
    if (code !== undefined) this.draft.currencies.push(code);
  }

  private takeChange({ way, ranked }: Extract<Meaning, { kind: 'change' }>): void {
    const { draft } = this;
    draft.flags.add('change');
    if (draft.way === undefined || draft.way === 'any') draft.way = way;
    if (ranked !== true) return;
    draft.flags.add('most');
    draft.flags.add('fastest');
    this.link = 'most';
  }

  private takeOrdered(): void {
    if (this.not) this.deny();
    else this.draft.flags.add('ordered');
    if (this.asksWhat()) this.draft.flags.add('bought');
  }

  /** 'without orders', 'never bought': no filter, but a count that must be nothing. */
  protected deny(): void {
    this.draft.flags.add('without');
    this.not = false;
    this.link = undefined;
  }

  /** 'what did we buy', not 'what did we spend' or 'how much did we buy'. */
  protected asksWhat(): boolean {
    const texts = this.tokens.map((token) => token.text);
    const asked = texts.some((text) => /^(what|whom|wem)$/.test(text)) || texts[0] === 'was';
    return (
      asked &&
      !texts.some((text) =>
        /^(much|many|viel|viele|value|percent|percentage|proportion|fraction|share)$/.test(text),
      )
    );
  }

  private takeRank(sign: Extract<Meaning, { kind: 'top' | 'most' }>): void {
    const { draft } = this;
    if (draft.direction === undefined || sign.kind === 'most') draft.direction = sign.direction;
    draft.flags.add(sign.kind);
    const word = this.segments[this.at];
    if (
      word !== undefined &&
      /^(the )?(most|fewest|least|meiste|wenigste)/i.test(this.textOf(word))
    )
      draft.many = true;
    if (sign.direction === 'best' || sign.direction === 'worst') draft.flags.add('best');
    if (sign.kind === 'most' && sign.metric !== undefined) this.takeMetric(sign.metric);
    if (draft.count === undefined || sign.kind === 'most') this.link = sign.kind;
    const next = this.nextContent();
    if (!this.has(next, 'metric') || this.has(next, 'dimension')) return;
    this.link = undefined;
    const ranking = next?.meanings.find((meaning) => meaning.kind === 'metric');
    if (ranking?.kind === 'metric') draft.rankBy = ranking.name;
  }

  private takeGrain(sign: Extract<Meaning, { kind: 'grain' }>, segment: Segment): void {
    const { draft } = this;
    // 'im Jahr 2025' names the year; 'im Jahr' alone is a step.
    if (sign.free && this.segments[this.at + 1]?.period !== undefined && this.link !== 'by') return;
    if (!sign.free && this.link !== 'by' && this.link !== 'which') {
      this.unused(segment);
      return;
    }
    if (!draft.by.some((cut) => cut.dimension === 'date'))
      draft.by.push({ dimension: 'date', grain: sign.grain });
    this.link = this.link === 'by' && this.goesOn() ? 'by' : undefined;
  }

  /** 'Spend, orders and rejection rate': one measure more. */
  protected joinsMeasures({ at }: Segment): boolean {
    const joined = this.tokens[at]?.listed === true || this.has(this.segments[this.at - 1], 'and');
    return joined && this.link === undefined && this.draft.metrics.length > 0;
  }

  /** 'By vendor, category and month': another cut follows. */
  protected goesOn(): boolean {
    const next = this.nextContent();
    if (this.has(next, 'and')) return true;
    const listed = next !== undefined && this.tokens[next.at]?.listed === true;
    return listed && this.has(next, 'dimension', 'grain');
  }
}
