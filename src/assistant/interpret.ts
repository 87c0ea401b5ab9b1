import type { DimensionName, Grain } from '#semantic';

import type { Draft } from './draft.ts';
import type { Meaning } from './lexicon.ts';
import { NAMED_ONLY, type Member } from './member-search.ts';
import { oneDimension, sameName } from './same-name.ts';
import type { Segment } from './segment.ts';
import { SignReader } from './sign-reader.ts';
import { readWhole } from './whole-sentence.ts';
import type { Kind } from './segment-cursor.ts';
import type { Token } from './tokens.ts';

/** Reads the segments of a question from left to right into a draft. */
export function interpret(tokens: readonly Token[], segments: readonly Segment[]): Draft {
  return new Interpreter(tokens, segments).read();
}

/** Stretches counted in steps of time. */
const STEPS: readonly (readonly [RegExp, Grain])[] = [
  [/\b(quarters|quartale[ns]?)\b/, 'quarter'],
  [/\b(weeks|wochen)\b/, 'week'],
];

/** Dimensions whose name follows the name of a value: 'Clothing category'. */
const KINDS_OF = /^(item_(sub)?category|ship_method|supplier_(country|region|city|category))$/;

const REJECTED = 'rejected_quantity';
const BOTH = /^(both|beides?|sowohl)$/i;
const VERB_OF_RECEIPT = /^(received?|delivered|geliefert|erhalten|bekommen|eingegangen)$/i;

const isReceived = (m: Member): boolean => m.dimension === 'order_status' && m.value === 'received';
const isGoods = (m: Meaning): boolean =>
  (m.kind === 'dimension' && m.name === 'item') ||
  (m.kind === 'metric' && m.name === 'received_quantity');

class Interpreter extends SignReader {
  private receivedBy: string | undefined;

  read(): Draft {
    for (this.at = 0; this.at < this.segments.length; this.at += 1) {
      const segment = this.segments[this.at];
      if (segment !== undefined) this.take(segment);
    }
    const joined = this.segments.some((segment) => this.has(segment, 'and'));
    readWhole(
      this.draft,
      this.tokens.map((token) => token.text),
      joined,
    );
    this.draft.both = this.tokens.some(({ text }) => BOTH.test(text));
    const ofReceived = this.draft.flags.has('share') && this.draft.metrics.join() === REJECTED;
    if (this.receivedBy !== undefined && (ofReceived || this.measuresNothing()))
      this.takeMetric(this.receivedBy);
    // 'Which suppliers did we not use?': what is denied is the ordering itself.
    if (this.not && this.draft.flags.has('late')) this.readNeverLate();
    const { metrics, flags } = this.draft;
    if (this.not && metrics.length === 0 && flags.has('ordered')) flags.add('without');
    else if (this.not && this.denial !== undefined) this.unused(this.denial);
    return this.draft;
  }

  /** 'Vendors that never shipped late': those with no late order. */
  private readNeverLate(): void {
    const { metrics } = this.draft;
    if (metrics.length === 0) this.takeMetric('late_order_count');
    if (!this.not) this.draft.flags.delete('late');
  }

  private measuresNothing(): boolean {
    const { metrics, flags } = this.draft;
    const late = flags.has('late') || flags.has('overdue');
    return metrics.length === 0 && !late && !flags.has('without');
  }

  private take(segment: Segment): void {
    if (segment.unknown) this.unused(segment);
    else if (segment.period !== undefined) this.takePeriod(segment);
    else if (segment.number !== undefined) this.takeNumber(segment);
    else if (!this.takeMember(segment)) this.takeMeaning(segment);
  }

  private takePeriod(segment: Segment): void {
    const { period: found } = segment;
    if (found === undefined) return;
    if (this.isWithinPeriod()) {
      this.unused(segment); // 'the last quarter of July' is no two periods to compare.
      return;
    }
    if (found.either !== undefined) {
      this.draft.dates.push({ text: this.textOf(segment), at: segment.at, either: found.either });
    }
    const text = this.textOf(segment).toLowerCase();
    const relative =
      /^(last|previous|prior|preceding|letzt|vorig|vorherig|vergangen|vorjahr|vormonat|vorquartal|vorwoche)/.test(
        text,
      );
    const step = STEPS.find(([word]) => word.test(text))?.[1];
    if (step !== undefined) this.draft.step = step;
    if (this.link === 'versus') this.draft.against = { period: found.period, relative };
    else this.draft.periods.push(found.period);
    this.link = undefined;
  }

  private takeNumber(segment: Segment): void {
    const { number } = segment;
    const next = this.nextContent();
    if (
      this.link === 'top' &&
      next !== undefined &&
      /^(%|percent|prozent)/i.test(this.textOf(next))
    ) {
      this.unused(segment); // 'the top 10 %' is no number of rows.
      return;
    }
    const count = number !== undefined && /^\d{1,4}$/.test(number) ? Number(number) : 0;
    const counted =
      this.has(next, 'dimension') &&
      this.segments.some((other) => this.has(other, 'most', 'top', 'latest', 'cheap'));
    const ranked =
      this.link === 'top' ||
      this.link === 'most' ||
      this.has(next, 'most', 'top', 'latest', 'cheap') ||
      counted;
    if (ranked && this.draft.count === undefined && count > 0) this.draft.count = count;
    else if (this.has(segment, 'noise')) return;
    else this.takeNumberedMember(segment);
  }

  private takeNumberedMember(segment: Segment): void {
    const named = segment.members?.members.filter((m) => m.dimension === this.lastDimension) ?? [];
    if (named.length > 0) this.filterBy(named);
    else this.unused(segment);
  }

  private takeMember(segment: Segment): boolean {
    const { members: hit } = segment;
    if (hit === undefined) return false;
    const named = hit.members.filter((member) => member.dimension === this.lastDimension);
    const free = hit.members.filter((member) => !NAMED_ONLY.has(member.dimension));
    let found: readonly Member[] = named.length > 0 ? named : free;
    if (found.length === 0) return false;
    const after = this.nextContent();
    const title = after?.meanings.find((m) => m.kind === 'dimension');
    const told = found.filter(
      (member) => title?.kind === 'dimension' && member.dimension === title.name,
    );
    if (named.length === 0 && told.length > 0) found = told;
    else if (hit.how !== 'name' && title?.kind === 'dimension' && KINDS_OF.test(title.name)) {
      this.unused(segment); // 'the Electronics category', and there is none of that name.
      return true;
    }
    if (segment.meanings.length > 0 && !this.prefersMember(segment, found)) return false;
    const beside = this.segments[this.at + 1];
    const written = this.textOf(segment);
    const kind = this.has(beside, 'dimension') && segment.length === 1 && named.length === 0;
    if (
      kind &&
      hit.how === 'name' &&
      found[0]?.dimension === 'supplier' &&
      /^\p{Ll}+$/u.test(written)
    )
      this.unused(segment); // 'international vendors' are a kind, not the vendor of that name.
    else if (hit.how === 'part' && beside?.members !== undefined && beside.meanings.length === 0)
      this.draft.ambiguous.push({
        text: `${this.textOf(segment)} ${this.textOf(beside)}`,
        at: segment.at,
        length: segment.length + beside.length,
        members: found,
      });
    else if (sameName(found) || (hit.how === 'name' && oneDimension(found))) this.filterBy(found);
    else
      this.draft.ambiguous.push({
        text: this.textOf(segment),
        at: segment.at,
        length: segment.length,
        members: found,
      });
    const [first] = found;
    if (hit.how === 'near' && first !== undefined)
      this.draft.near.push({ text: this.textOf(segment), member: first });
    if (first !== undefined && this.isPartOf(segment)) this.draft.shareOf ??= first.dimension;
    const next = this.nextContent();
    if (next?.members === undefined && !this.has(next, 'and')) this.not = false;
    this.lastDimension = undefined;
    this.link = undefined;
    return true;
  }

  /** A word that is both a name and a word of the grammar: 'rejected', 'Components'. */
  private prefersMember(segment: Segment, found: readonly Member[]): boolean {
    if (this.link === 'by' || this.link === 'top' || this.link === 'which') return false;
    if (
      this.has(segment, 'noise', 'foreign', 'action', 'late', 'vague') &&
      !found.some((m) => m.dimension === this.lastDimension)
    )
      return false;
    const status = found.every(
      (member) => member.dimension === 'order_status' || member.dimension === 'supplier_status',
    );
    if (status && this.has(segment, 'metric') && this.namesAMeasure()) return false;
    if (status && this.has(segment, 'metric') && this.standsByGoods()) return false;
    if (!status) return !this.has(segment, 'metric', 'and', 'by', 'not', 'which', 'limit');
    return (
      this.segments.some((other) =>
        other.meanings.some(
          (m) =>
            (m.kind === 'dimension' &&
              (m.name === 'purchase_order' ||
                m.name === 'order_status' ||
                m.name === 'supplier')) ||
            (m.kind === 'metric' && m.name === 'purchase_order_count'),
        ),
      ) && !this.segments.some((other) => this.has(other, 'units'))
    );
  }

  /** 'Orders with rejected items': it is the goods that were rejected. */
  private standsByGoods(): boolean {
    return [this.segments[this.at - 1], this.segments[this.at + 1]].some(
      (beside) => this.has(beside, 'units') || beside?.meanings.some(isGoods) === true,
    );
  }

  /** What has not been received is still open, whatever its status is called. */
  private filterBy(members: readonly Member[]): void {
    if (this.not && members.every(isReceived)) return this.takeInstead('open_commitments');
    for (const member of members) this.draft.where.push({ member, not: this.not });
  }

  private addBy(dimension: string): void {
    if (!this.draft.by.some((cut) => cut.dimension === dimension))
      this.draft.by.push({ dimension });
  }

  private takeMeaning(segment: Segment): void {
    const meaning = this.choose(segment);
    if (meaning === undefined) {
      this.unused(segment);
      return;
    }
    if (meaning.kind === 'metric' && this.isVerbOfReceipt(segment)) this.receivedBy = meaning.name;
    else if (meaning.kind === 'metric') this.takeNamedMetric(meaning.name, segment);
    else if (meaning.kind === 'dimension') this.takeDimension(meaning.name, segment);
    else this.takeSign(meaning, segment);
  }

  /** 'Share of orders shipped late' asks what part of the orders; 'share of late orders' splits them. */
  private takeNamedMetric(name: string, segment: Segment): void {
    const orders = /^(purchase )?(orders|pos) |^bestellungen /i.test(this.textOf(segment));
    if (name === 'late_order_count' && orders && this.draft.flags.has('share'))
      this.draft.flags.add('orders-late');
    const { draft } = this;
    const divides = this.link === 'by' && draft.metrics.length > 0 && !draft.flags.has('top');
    // 'How many orders had rejects?' counts neither the orders nor the rejects.
    const counted = /^(purchase_order(_line)?|supplier|item)_count$/.test(draft.metrics[0] ?? '');
    const had = counted && /^(rejected|received)_quantity$/.test(name);
    const joined = this.segments.some((each) => this.has(each, 'and', 'versus'));
    if (had && !joined) this.unused(segment);
    else if (divides && !draft.flags.has('most'))
      this.unused(segment); // 'spend per order line'
    else this.takeMetric(name);
  }

  /** 'delivered the most rejects': the verb measures nothing beside what it delivers. */
  private isVerbOfReceipt(segment: Segment): boolean {
    const joined = [this.segments[this.at - 1], this.segments[this.at + 1]].some((each) =>
      this.has(each, 'and', 'versus'),
    );
    return !joined && VERB_OF_RECEIPT.test(this.textOf(segment));
  }

  private choose(segment: Segment): Meaning | undefined {
    const of = (kind: Kind): Meaning | undefined => segment.meanings.find((m) => m.kind === kind);
    const next = this.nextContent();
    const text = this.textOf(segment).toLowerCase();
    const cutting =
      this.link === 'by' ||
      this.link === 'top' ||
      this.link === 'which' ||
      this.link === 'list' ||
      this.link === 'most';
    if (this.link === 'by' && of('grain') !== undefined) return of('grain');
    if (this.ranksByMetric() && of('metric') !== undefined) return of('metric');
    const units =
      this.link === 'most' && of('units') !== undefined && this.draft.metrics.length > 0;
    if (cutting && !units && of('dimension') !== undefined && of('noise') === undefined)
      return of('dimension');
    if (of('action') !== undefined && this.isAction(segment)) return of('action');
    if (of('foreign') !== undefined && of('metric') === undefined) return of('foreign');
    if (of('by') !== undefined && this.startsCut(next)) return of('by');
    if (of('versus') !== undefined && this.isAmongYears(next)) return of('versus');
    if (of('limit') !== undefined && this.limitsNumber() !== undefined) return of('limit');
    if (of('between') !== undefined && this.limitsNumber() !== undefined) return of('between');
    if (of('between') !== undefined && next?.members !== undefined) return { kind: 'noise' };
    if (of('which') !== undefined && this.has(next, 'dimension', 'change', 'grain'))
      return of('which');
    if (of('versus') !== undefined && of('noise') !== undefined && !this.isCompared(next))
      return of('noise');
    if (
      segment.meanings.every((m) => m.kind === 'by') &&
      (this.has(next, 'limit', 'change', 'worth') || next?.unknown === true)
    )
      return { kind: 'noise' };
    const numbered = this.segments[this.at + 1]?.members?.members ?? [];
    if (text === 'order' && numbered.some((each) => each.dimension === 'purchase_order'))
      return of('dimension');
    if (/^(order|ordered)$/.test(text) && this.isVerb(segment)) return of('ordered');
    const ranked = this.link === 'most' || this.link === 'top';
    if (ranked && /^orders?$/.test(text) && of('dimension') !== undefined) return of('dimension');
    if (of('ordered') !== undefined && this.asksWhat()) return of('ordered');
    if (of('dimension') !== undefined && of('metric') !== undefined)
      return this.link === 'count' || this.joinsMeasures(segment) ? of('metric') : of('dimension');
    if (of('ordered') !== undefined && of('metric') !== undefined)
      return this.quantityAsked() ? of('ordered') : of('metric');
    if (of('units') !== undefined && of('metric') === undefined) return of('units');
    const rest = segment.meanings.filter(
      (m) => !['by', 'limit', 'between', 'which', 'action'].includes(m.kind),
    );
    return (
      rest.find((m) => m.kind !== 'noise') ??
      rest[0] ??
      (of('which') === undefined ? undefined : { kind: 'noise' })
    );
  }

  /** 'top vendors by orders': the cut is known, so what follows 'by' is the measure. */
  private ranksByMetric(): boolean {
    const { flags, by, metrics } = this.draft;
    const ranked = flags.has('top') || flags.has('most');
    return this.link === 'by' && ranked && by.length > 0 && metrics.length === 0;
  }

  private quantityAsked(): boolean {
    return (
      this.draft.flags.has('units') ||
      this.draft.flags.has('count') ||
      this.draft.metrics.length > 0
    );
  }

  /** 'top products by quantity purchased'. */
  private ranksByUnits(next: Segment | undefined): boolean {
    const { flags } = this.draft;
    return this.has(next, 'units', 'count') && (flags.has('top') || flags.has('most'));
  }

  private startsCut(next: Segment | undefined): boolean {
    return this.has(next, 'dimension', 'grain', 'metric') || this.ranksByUnits(next);
  }

  private takeDimension(name: DimensionName, segment: Segment): void {
    const { draft } = this;
    const singular =
      !/(s|en|n|er)$/i.test(this.textOf(segment)) ||
      /(order|supplier|buyer|requester|carrier|number)$/i.test(this.textOf(segment)) ||
      this.one;
    if (this.not && name === 'purchase_order') {
      this.deny();
      return;
    }
    if (this.not && name.endsWith('_on')) {
      this.unused(segment); // 'without a ship date': an order's day is not denied.
      return;
    }
    const linked = this.link !== undefined && this.link !== 'count' && this.link !== 'versus';
    if (linked && !this.memberFollows(name)) {
      this.addBy(name);
      if (this.link !== 'by' && draft.by.length === 1) draft.singular = singular;
      if (name === 'purchase_order') draft.flags.add('orders');
      this.link = this.link === 'by' && this.goesOn() ? 'by' : undefined;
    } else {
      draft.mentioned.push({ dimension: name, singular, not: this.not, at: segment.at });
      if (name === 'preferred_supplier') this.not = false;
      if (name === 'purchase_order') draft.flags.add('orders');
      this.link = undefined;
    }
    this.lastDimension = name;
  }

  /** '2024 … more than 2023': beside another period, a year is a year. */
  private isAmongYears(next: Segment | undefined): boolean {
    return (
      next?.period?.period.shape === 'year' &&
      this.segments.some((other) => other !== next && other.period?.period.shape === 'year')
    );
  }

  private isCompared(next: Segment | undefined): boolean {
    const last = this.has(next, 'latest') && next?.at === this.tokens.length - 1;
    return last || next?.period !== undefined || next?.members !== undefined;
  }

  /** 'share of Proseware in spend': the member is the part, what follows is the whole. */
  private isPartOf(segment: Segment): boolean {
    const after = this.tokens[segment.at + segment.length]?.text ?? '';
    return this.draft.flags.has('share') && /^(in|of|at|on|am|an|im)$/.test(after);
  }
}
