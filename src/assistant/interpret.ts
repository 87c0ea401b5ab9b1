import type { DimensionName } from '#semantic';

import type { Draft } from './draft.ts';
import type { Meaning } from './lexicon.ts';
import { NAMED_ONLY, type Member } from './member-search.ts';
import { oneDimension, sameName } from './same-name.ts';
import type { Segment } from './segment.ts';
import { SegmentCursor, type Kind } from './segment-cursor.ts';
import type { Token } from './tokens.ts';

/** Reads the segments of a question from left to right into a draft. */
export function interpret(tokens: readonly Token[], segments: readonly Segment[]): Draft {
  return new Interpreter(tokens, segments).read();
}

class Interpreter extends SegmentCursor {
  private not = false;
  private lastDimension: string | undefined;

  read(): Draft {
    for (this.at = 0; this.at < this.segments.length; this.at += 1) {
      const segment = this.segments[this.at];
      if (segment !== undefined) this.take(segment);
    }
    return this.draft;
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
    if (found.either !== undefined) {
      this.draft.dates.push({ text: this.textOf(segment), at: segment.at, either: found.either });
    }
    const text = this.textOf(segment).toLowerCase();
    const relative =
      /^(last|previous|prior|preceding|letzt|vorig|vorherig|vergangen|vorjahr|vormonat|vorquartal|vorwoche)/.test(
        text,
      );
    if (this.link === 'versus') this.draft.against = { period: found.period, relative };
    else this.draft.periods.push(found.period);
    this.link = undefined;
  }

  private takeNumber(segment: Segment): void {
    const { number } = segment;
    const next = this.nextContent();
    const count = number !== undefined && /^\d{1,4}$/.test(number) ? Number(number) : 0;
    const counted =
      this.has(next, 'dimension') && this.segments.some((other) => this.has(other, 'most', 'top'));
    const ranked =
      this.link === 'top' || this.link === 'most' || this.has(next, 'most', 'top') || counted;
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
    if (segment.meanings.length > 0 && !this.prefersMember(segment, found)) return false;
    if (sameName(found) || (hit.how === 'name' && oneDimension(found))) this.filterBy(found);
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

  private filterBy(members: readonly Member[]): void {
    for (const member of members) this.draft.where.push({ member, not: this.not });
    if (this.draft.flags.has('compare') && members[0] !== undefined)
      this.addBy(members[0].dimension);
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
    if (meaning.kind === 'metric') this.takeMetric(meaning.name);
    else if (meaning.kind === 'dimension') this.takeDimension(meaning.name, segment);
    else this.takeSign(meaning, segment);
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
    if (cutting && of('dimension') !== undefined && of('noise') === undefined)
      return of('dimension');
    if (of('action') !== undefined && this.isAction(segment)) return of('action');
    if (of('foreign') !== undefined && of('metric') === undefined) return of('foreign');
    if (of('by') !== undefined && this.startsCut(next)) return of('by');
    if (of('limit') !== undefined && this.limitsNumber() !== undefined) return of('limit');
    if (of('between') !== undefined && this.limitsNumber() !== undefined) return of('between');
    if (of('which') !== undefined && this.has(next, 'dimension')) return of('which');
    if (/^(order|ordered)$/.test(text) && this.isVerb(segment)) return of('ordered');
    if (of('dimension') !== undefined && of('metric') !== undefined)
      return this.link === 'count' ? of('metric') : of('dimension');
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

  private startsCut(next: Segment | undefined): boolean {
    return this.has(next, 'dimension', 'grain', 'metric');
  }

  private takeMetric(name: string): void {
    const { draft } = this;
    if (!draft.metrics.includes(name)) draft.metrics.push(name);
    this.link = undefined;
    this.lastDimension = undefined;
  }

  private takeDimension(name: DimensionName, segment: Segment): void {
    const { draft } = this;
    const singular =
      !/(s|en|n|er)$/i.test(this.textOf(segment)) ||
      /(order|supplier|buyer|requester|carrier|number)$/i.test(this.textOf(segment));
    const linked = this.link !== undefined && this.link !== 'count' && this.link !== 'versus';
    if (linked && !this.memberFollows(name)) {
      this.addBy(name);
      if (this.link !== 'by') draft.singular = singular;
      if (name === 'purchase_order') draft.flags.add('orders');
      this.link = this.link === 'by' && this.has(this.nextContent(), 'and') ? 'by' : undefined;
    } else {
      draft.mentioned.push({ dimension: name, singular, not: this.not, at: segment.at });
      if (name === 'purchase_order') draft.flags.add('orders');
      this.link = undefined;
    }
    this.lastDimension = name;
  }

  private takeSign(
    sign: Exclude<Meaning, { kind: 'metric' | 'dimension' }>,
    segment: Segment,
  ): void {
    const { draft } = this;
    switch (sign.kind) {
      case 'noise':
      case 'and':
      case 'percent':
      case 'money':
        return;
      case 'by':
      case 'versus':
        this.link = sign.kind;
        if (sign.kind === 'versus') draft.flags.add('versus');
        return;
      case 'not':
        this.not = true;
        return;
      case 'top':
      case 'most':
        this.takeRank(sign);
        return;
      case 'which':
      case 'list':
      case 'count':
        this.link = sign.kind;
        draft.flags.add(sign.kind);
        return;
      case 'grain':
        this.takeGrain(sign, segment);
        return;
      case 'prior':
        draft.compare = sign.to;
        this.link = undefined;
        return;
      case 'limit':
        this.takeLimit(sign.op);
        return;
      case 'between':
        this.takeBetween();
        return;
      case 'foreign':
        draft.areas.push({ area: sign.area, text: this.textOf(segment) });
        return;
      case 'action':
        draft.actions.push(this.textOf(segment));
        return;
      case 'average':
      case 'units':
      case 'ordered':
      case 'share':
      case 'trend':
      case 'compare':
      case 'change':
      case 'all-time':
      case 'vague':
      case 'late':
        draft.flags.add(sign.kind);
    }
  }

  private takeRank(sign: Extract<Meaning, { kind: 'top' | 'most' }>): void {
    const { draft } = this;
    if (draft.direction === undefined || sign.kind === 'most') draft.direction = sign.direction;
    draft.flags.add(sign.kind);
    if (sign.direction === 'best' || sign.direction === 'worst') draft.flags.add('best');
    if (sign.kind === 'most' && sign.metric !== undefined) this.takeMetric(sign.metric);
    if (draft.count === undefined || sign.kind === 'most') this.link = sign.kind;
    const next = this.nextContent();
    if (this.has(next, 'metric') && !this.has(next, 'dimension')) this.link = undefined;
  }

  private takeGrain(sign: Extract<Meaning, { kind: 'grain' }>, segment: Segment): void {
    const { draft } = this;
    if (!sign.free && this.link !== 'by') {
      this.unused(segment);
      return;
    }
    if (!draft.by.some((cut) => cut.dimension === 'date'))
      draft.by.push({ dimension: 'date', grain: sign.grain });
    this.link = this.link === 'by' && this.has(this.nextContent(), 'and') ? 'by' : undefined;
  }

  private takeLimit(op: '>' | '>=' | '<' | '<='): void {
    const place = this.limitsNumber();
    const segment = place === undefined ? undefined : this.segments[place];
    const value = segment?.number ?? this.yearAsNumber(segment);
    if (place === undefined || value === undefined) return;
    this.at = place;
    const percent = this.has(this.segments[place + 1], 'percent');
    this.skipUnits();
    this.draft.limits.push({ op, value, percent, ...this.limitMetric() });
    this.link = undefined;
  }

  /** 'more than 10 orders': the metric stands behind its number; else it is the last one named. */
  private limitMetric(): { metric?: string } {
    const next = this.segments[this.at + 1];
    const behind = next?.meanings.find((m) => m.kind === 'metric');
    const last = this.draft.metrics.at(-1);
    if (behind?.kind === 'metric' && this.draft.metrics.length === 0) {
      this.at += 1;
      this.draft.metrics.push(behind.name);
      return { metric: behind.name };
    }
    if (this.has(next, 'units')) this.at += 1;
    const text = next === undefined ? '' : this.textOf(next).toLowerCase();
    if (/^(days?|tagen?|tage)$/.test(text)) this.at += 1;
    return last === undefined ? {} : { metric: last };
  }

  private takeBetween(): void {
    const first = this.limitsNumber();
    if (first === undefined) return;
    const low = this.segments[first]?.number;
    let and = first + 1;
    while (this.has(this.segments[and], 'percent', 'money')) and += 1;
    const second = this.has(this.segments[and], 'and') ? this.limitsNumber(and + 1) : undefined;
    const high = second === undefined ? undefined : this.segments[second]?.number;
    const here = this.segments[this.at];
    if (low === undefined || high === undefined || second === undefined) {
      if (here !== undefined) this.unused(here);
      return;
    }
    this.at = second;
    const percent = this.has(this.segments[second + 1], 'percent');
    this.skipUnits();
    const metric = this.limitMetric();
    this.draft.limits.push(
      { op: '>=', value: low, percent, ...metric },
      { op: '<=', value: high, percent, ...metric },
    );
  }
}
