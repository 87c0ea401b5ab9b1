import { CODE_ALIASES, isCode } from './code-names.ts';
import { stem } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { wordsOf } from './tokens.ts';

/** One value of a dimension, as people know it. */
export type Member = {
  readonly dimension: string;
  readonly value: string;
  readonly label: string;
  readonly recordId?: string | null;
};

/** Members a span of the question may name. */
export type MemberHit = {
  readonly members: readonly Member[];
  /** 'name': the whole name; 'part': some of its words; 'near': with a slip of the pen. */
  readonly how: 'name' | 'part' | 'near';
};

/** Everything by which members are found. */
export type MemberSearch = {
  find(tokens: readonly Token[], at: number, length: number): MemberHit | undefined;
  readonly wordsMax: number;
};

const LEGAL_FORMS = new Set([
  'inc',
  'ltd',
  'llc',
  'gmbh',
  'ag',
  'kg',
  'co',
  'corp',
  'corporation',
  'company',
  'limited',
  'plc',
  'sa',
  'se',
  'bv',
  'srl',
  'mbh',
  'incorporated',
]);

/** Words that name no company by themselves. */
const COMMON = new Set([
  'the',
  'and',
  'of',
  'for',
  'in',
  'on',
  'to',
  'parts',
  'supply',
  'supplies',
  'und',
  'der',
  'die',
  'das',
  'von',
  'fuer',
  'a',
  'yes',
  'no',
  'all',
  'rate',
  'first',
  'service',
  'system',
  'systems',
  'time',
]);

/** Dimensions whose values are too short or too common to be recognised without their name. */
export const NAMED_ONLY: ReadonlySet<string> = new Set([
  'purchase_order',
  'credit_rating',
  'unit',
  'preferred_supplier',
  'order_kind',
  'item_kind',
  'integration',
]);

const cache = new WeakMap<readonly Member[], MemberSearch>();

/** The search over a member index; built once. */
export function memberSearch(members: readonly Member[]): MemberSearch {
  const known = cache.get(members);
  if (known !== undefined) return known;
  const built = build(members);
  cache.set(members, built);
  return built;
}

type Entry = { readonly member: Member; readonly words: readonly string[] };

class Index {
  readonly names = new Map<string, Member[]>();
  readonly byWord = new Map<string, Entry[]>();
  readonly trigrams = new Map<string, Set<string>>();
  wordsMax = 1;

  add(member: Member): void {
    const words = wordsOf(member.label);
    if (words.length === 0) return;
    this.wordsMax = Math.max(this.wordsMax, Math.min(words.length, 8));
    put(this.names, key(words), member);
    const bare = withoutForm(words);
    if (bare.length > 0 && bare.length < words.length) put(this.names, key(bare), member);
    if (NAMED_ONLY.has(member.dimension) || isCode(member.dimension)) return;
    for (const word of new Set(words)) {
      put(this.byWord, word, { member, words });
      if (word.length >= 4) this.addTrigrams(word);
    }
  }

  /** Another word for a member; a word that already names it adds nothing. */
  alias(word: string, member: Member): void {
    const at = key(wordsOf(word));
    const known = this.names.get(at) ?? [];
    if (known.some((m) => m.dimension === member.dimension && m.value === member.value)) return;
    this.wordsMax = Math.max(this.wordsMax, wordsOf(word).length);
    put(this.names, at, member);
  }

  private addTrigrams(word: string): void {
    for (const gram of gramsOf(word)) {
      const set = this.trigrams.get(gram) ?? new Set();
      this.trigrams.set(gram, set.add(word));
    }
  }

  /** Words of names within one or two slips of a word. */
  near(word: string): readonly string[] {
    const most = word.length < 5 ? 0 : word.length < 9 ? 1 : 2;
    if (most === 0) return [];
    const shared = new Map<string, number>();
    for (const gram of gramsOf(word)) {
      for (const other of this.trigrams.get(gram) ?? []) {
        shared.set(other, (shared.get(other) ?? 0) + 1);
      }
    }
    return [...shared.keys()].filter(
      (other) => other[0] === word[0] && editDistance(word, other, most) <= most,
    );
  }

  /** Members whose name holds these words side by side. */
  holding(words: readonly string[]): readonly Member[] {
    const candidates = this.byWord.get(words[0] ?? '') ?? [];
    const wanted = ` ${words.join(' ')} `;
    return candidates
      .filter((entry) => ` ${entry.words.join(' ')} `.includes(wanted))
      .map((entry) => entry.member);
  }
}

function build(members: readonly Member[]): MemberSearch {
  const index = new Index();
  for (const member of members) index.add(member);
  for (const { label, ...code } of CODE_ALIASES) index.alias(label, { ...code, label: code.value });
  return {
    wordsMax: index.wordsMax,
    find(tokens, at, length) {
      const words = tokens.slice(at, at + length).map((token) => token.text);
      const exact = index.names.get(key(words));
      if (exact !== undefined) return { members: asWritten(exact, words), how: 'name' };
      if (words.some((word) => COMMON.has(word) || /^\d+$/.test(word)) && length === 1)
        return undefined;
      const holding = words.join('').length < 4 ? [] : index.holding(words);
      if (holding.length > 0) return { members: holding, how: 'part' };
      return nearHit(index, words);
    },
  };
}

/** 'Chain' is the item of that name, not the subcategory 'Chains', when one is written so. */
function asWritten(members: readonly Member[], words: readonly string[]): readonly Member[] {
  const written = words.join(' ');
  const same = members.filter(({ label }) => {
    const name = wordsOf(label);
    return name.join(' ') === written || withoutForm(name).join(' ') === written;
  });
  return same.length > 0 ? same : members;
}

function nearHit(index: Index, words: readonly string[]): MemberHit | undefined {
  let combos: readonly (readonly string[])[] = [[]];
  let slips = 0;
  for (const word of words) {
    const known = index.byWord.has(word);
    const options = known ? [word] : index.near(word);
    if (!known) slips += 1;
    if (options.length === 0 || slips > 2) return undefined;
    combos = combos
      .flatMap((combo) => options.slice(0, 6).map((option) => [...combo, option]))
      .slice(0, 12);
  }
  if (slips === 0) return undefined;
  const members = [...new Set(combos.flatMap((combo) => index.holding(combo)))];
  return members.length > 0 ? { members, how: 'near' } : undefined;
}

const key = (words: readonly string[]): string => words.map(stem).join(' ');

function withoutForm(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 0 && LEGAL_FORMS.has(words[end - 1] ?? '')) end -= 1;
  return words.slice(0, end);
}

function put<V>(map: Map<string, V[]>, at: string, value: V): void {
  const list = map.get(at);
  if (list === undefined) map.set(at, [value]);
  else list.push(value);
}

function gramsOf(word: string): readonly string[] {
  const padded = ` ${word} `;
  return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
}

/** Edits between two words, swapped neighbours counting once; gives up above `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const edits = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      next.push(swap ? Math.min(edits, (before[j - 2] ?? 0) + 1) : edits);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? most + 1;
}
