import type { Decimal } from '#kernel/decimal';

import { readPeriod } from './dates.ts';
import { type Lexicon, type Meaning, phraseKey } from './lexicon.ts';
import { nearWord } from './near-word.ts';
import type { MemberHit, MemberSearch } from './member-search.ts';
import { type Locale, readNumber } from './numbers.ts';
import type { DateContext, FoundPeriod } from './found-period.ts';
import type { Token } from './tokens.ts';

/** A stretch of the question with everything it can mean. */
export type Segment = {
  readonly at: number;
  readonly length: number;
  readonly meanings: readonly Meaning[];
  readonly members?: MemberHit;
  readonly period?: FoundPeriod;
  readonly number?: Decimal;
  /** Nothing known begins here. */
  readonly unknown: boolean;
};

/** What the words of a question are looked up in. */
export type Sources = {
  readonly lexicon: Lexicon;
  readonly members: MemberSearch;
  readonly dates: DateContext;
  readonly locale: Locale;
};

const ARTICLES_MAX = 2;

type Best = { readonly cost: number; readonly from: number; readonly segment?: Segment };

/** Cuts a question into the fewest, best known stretches: the cheapest path through the lattice. */
export function segmentsOf(tokens: readonly Token[], sources: Sources): readonly Segment[] {
  const best: Best[] = [{ cost: 0, from: 0 }];
  for (let at = 0; at < tokens.length; at += 1) {
    const here = best[at];
    if (here === undefined) continue;
    for (const [segment, cost] of candidates(tokens, at, sources)) {
      const to = at + segment.length;
      const total = here.cost + cost;
      if (total < (best[to]?.cost ?? Infinity)) best[to] = { cost: total, from: at, segment };
    }
  }
  const path: Segment[] = [];
  for (let at = tokens.length; at > 0; ) {
    const step = best[at];
    if (step?.segment === undefined) break;
    path.unshift(step.segment);
    at = step.from;
  }
  return path;
}

function* candidates(
  tokens: readonly Token[],
  at: number,
  sources: Sources,
): Generator<readonly [Segment, number]> {
  const { lexicon, members } = sources;
  const quoted = tokens[at]?.quoted ?? false;
  const period = readPeriod(tokens, at, sources.dates);
  if (period !== undefined) {
    yield [{ at, length: period.length, meanings: [], period, unknown: false }, 0.9];
  }
  const article = tokens[at]?.kind === 'word' && isNoise(lexicon, tokens[at]?.text ?? '');
  const number = quoted || article ? undefined : readNumber(tokens, at, sources.locale);
  if (number !== undefined) {
    const { value, length } = number;
    const segment = { at, length, meanings: [], number: value, unknown: false };
    // A number may also be a name: purchase order 5. What it is shows in the words around it.
    const named = length === 1 && isFigure(tokens[at]) ? members.find(tokens, at, 1) : undefined;
    const cost = length === 1 ? 1.05 : 0.95;
    yield [named === undefined ? segment : { ...segment, members: named }, cost];
  }
  const longest = Math.max(lexicon.wordsMax + ARTICLES_MAX, members.wordsMax);
  const most = Math.min(longest, tokens.length - at);
  for (let length = 1; length <= most; length += 1) {
    yield* spansOf(tokens, at, length, sources);
  }
  yield [{ at, length: 1, meanings: [], unknown: true }, 10];
}

function* spansOf(
  tokens: readonly Token[],
  at: number,
  length: number,
  { lexicon, members }: Sources,
): Generator<readonly [Segment, number]> {
  const span = tokens.slice(at, at + length);
  const quoted = span.every((token) => token.quoted);
  if (!quoted && span.some((token) => token.quoted)) return;
  const broken = quoted || span.slice(1).some((token) => token.listed === true); // 'vendor, category'
  const meanings = broken ? [] : meaningsOf(span, lexicon);
  const hit = length <= members.wordsMax ? members.find(tokens, at, length) : undefined;
  const name = hit?.how === 'name' && (quoted || !isFigure(span[0], span[1])) ? hit : undefined;
  if (meanings.length > 0 || name !== undefined) {
    const whole = { at, length, meanings, unknown: false };
    yield [name === undefined ? whole : { ...whole, members: name }, costOf(meanings)];
    return;
  }
  if (hit === undefined) return;
  const first = span[0]?.text ?? '';
  if (hit.how === 'near' && length === 1 && nearWord(first, lexicon.words).near !== undefined)
    return;
  const cost = hit.how === 'part' ? 3 : 6;
  yield [{ at, length, meanings, members: hit, unknown: false }, cost + 1 / length];
}

/** What a phrase means; articles inside it change nothing: 'von der Bestellung bis zum Versand'. */
function meaningsOf(span: readonly Token[], lexicon: Lexicon): readonly Meaning[] {
  const words = span.map((token) => token.text);
  const known = lexicon.phrases.get(phraseKey(words));
  if (known !== undefined || words.length < 3) return known ?? [];
  const bare = words.filter((word, at) => at === 0 || at === words.length - 1 || !isArticle(word));
  if (bare.length < 2 || words.length - bare.length > ARTICLES_MAX) return [];
  return bare.length === words.length ? [] : (lexicon.phrases.get(phraseKey(bare)) ?? []);
}

const isArticle = (word: string): boolean =>
  /^(the|a|an|our|its|der|die|das|dem|den|des|zum|zur|eine[mnr]?|unsere[mnrs]?)$/.test(word);

/** A bare figure such as '5', and nothing after it. */
function isFigure(token: Token | undefined, next?: Token): boolean {
  return next === undefined && /^\d+$/.test(token?.text ?? '');
}

function isNoise(lexicon: Lexicon, word: string): boolean {
  return lexicon.phrases.get(phraseKey([word]))?.some((m) => m.kind === 'noise') ?? false;
}

function costOf(meanings: readonly Meaning[]): number {
  return meanings.length > 0 && meanings.every((meaning) => meaning.kind === 'noise') ? 1.1 : 1;
}
