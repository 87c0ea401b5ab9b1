import type { Decimal } from '#kernel/decimal';

import { type Draft, emptyDraft } from './draft.ts';
import type { Meaning } from './lexicon.ts';
import type { Segment } from './segment.ts';
import type { Token } from './tokens.ts';

export type Kind = Meaning['kind'];
type Link = 'by' | 'top' | 'which' | 'list' | 'most' | 'count' | 'versus' | undefined;

const POLITE =
  /^(please|can|could|would|you|i|want|need|to|like|bitte|kannst|koennen|du|sie|ich|now|just|and|then|let|us|go|ahead|d)$/;

/** A place among a question's segments, with what the words around it tell. */
export abstract class SegmentCursor {
  protected readonly draft: Draft = emptyDraft();
  protected link: Link = undefined;
  protected at = 0;
  protected lastDimension: string | undefined;
  protected readonly tokens: readonly Token[];
  protected readonly segments: readonly Segment[];

  constructor(tokens: readonly Token[], segments: readonly Segment[]) {
    this.tokens = tokens;
    this.segments = segments;
  }

  protected textOf(segment: Segment): string {
    return this.tokens
      .slice(segment.at, segment.at + segment.length)
      .map((token) => token.raw)
      .join(' ');
  }

  protected unused(segment: Segment): void {
    const known = segment.meanings.length > 0;
    this.draft.unused.push({ text: this.textOf(segment), at: segment.at, known });
  }

  /** 'Ordered versus received quantity': what stands before is a quantity as well. */
  protected namesAMeasure(): boolean {
    const beside = this.segments[this.at + 2]?.meanings.some(
      (m) => m.kind === 'metric' && /^(received|rejected)_quantity$/.test(m.name),
    );
    return beside === true && this.has(this.segments[this.at + 1], 'and', 'versus');
  }

  /** Only 'of' or 'in' stand between this period and the one before. */
  protected isWithinPeriod(): boolean {
    if (this.draft.against !== undefined) return false;
    let at = this.at - 1;
    while (at >= 0 && this.isWord(this.segments[at], /^(of|in|des|im|the|dem|der)$/i)) at -= 1;
    return at < this.at - 1 && this.segments[at]?.period !== undefined;
  }

  private isWord(segment: Segment | undefined, word: RegExp): boolean {
    return segment !== undefined && word.test(this.textOf(segment));
  }

  /** Words known to ask for what no query can say. */
  protected beyond(segment: Segment): void {
    this.draft.unused.push({ text: this.textOf(segment), at: segment.at, known: false });
    this.draft.beyond = true;
  }

  protected has(segment: Segment | undefined, ...kinds: readonly Kind[]): boolean {
    return segment?.meanings.some((meaning) => kinds.includes(meaning.kind)) ?? false;
  }

  /** The next segment that is not noise only. */
  protected nextContent(from = this.at + 1): Segment | undefined {
    for (let at = from; at < this.segments.length; at += 1) {
      const segment = this.segments[at];
      if (segment === undefined) return undefined;
      const idle = segment.meanings.length > 0 && segment.meanings.every((m) => m.kind === 'noise');
      if (!idle || segment.members !== undefined) return segment;
    }
    return undefined;
  }

  /** Where the number after this segment stands, past currency signs and articles. */
  protected limitsNumber(from = this.at + 1): number | undefined {
    for (let at = from; at < Math.min(from + 3, this.segments.length); at += 1) {
      const segment = this.segments[at];
      if (segment?.number !== undefined || this.yearAsNumber(segment) !== undefined) return at;
      if (!this.has(segment, 'money') && !this.has(segment, 'noise')) return undefined;
    }
    return undefined;
  }

  protected yearAsNumber(segment: Segment | undefined): Decimal | undefined {
    if (segment?.period?.period.shape !== 'year' || segment.length !== 1) return undefined;
    const text = this.textOf(segment);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- four digits are a decimal.
    return /^\d{4}$/.test(text) ? (text as Decimal) : undefined;
  }

  protected memberFollows(name: string): boolean {
    const next = this.segments[this.at + 1];
    return next?.members?.members.some((m) => m.dimension === name) ?? false;
  }

  protected skipUnits(): void {
    while (this.has(this.segments[this.at + 1], 'percent', 'money')) this.at += 1;
  }

  protected isVerb(segment: Segment): boolean {
    const before = this.tokens[segment.at - 1]?.text ?? '';
    if (/^(we|did|i|us|were|was|have|has|been|wir|units|pieces|last)$/.test(before)) return true;
    if (/^(per|by|a|an|the|each|every|purchase|average|of)$/.test(before)) return false;
    return this.tokens.slice(0, segment.at).some((token) => /^(did|do|does)$/.test(token.text));
  }

  /** Commands begin the sentence, or follow 'please', 'can you', 'bitte'; German infinitives end it. */
  protected isAction(segment: Segment): boolean {
    const last =
      segment.at + segment.length === this.tokens.length && /e?n$/.test(this.textOf(segment));
    const before = this.tokens.slice(0, segment.at).every((token) => POLITE.test(token.text));
    return before || (last && !this.draft.flags.has('count'));
  }
}
