import type { Dimension, DimensionName, Metric } from '#semantic';

import { fold, wordsOf } from './tokens.ts';
import { DOUBTFUL_SYNONYMS, EXTRA_METRIC_WORDS } from './metric-words.ts';
import { type Sign, VOCABULARY } from './vocabulary.ts';

/** What the assistant may ask for. */
export type AskCatalogue = {
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly Dimension[];
};

/** What a phrase can mean. */
export type Meaning =
  | Sign
  | { readonly kind: 'metric'; readonly name: string }
  | { readonly kind: 'dimension'; readonly name: DimensionName };

/** The words the assistant knows, by their stems. */
export type Lexicon = {
  readonly phrases: ReadonlyMap<string, readonly Meaning[]>;
  readonly wordsMax: number;
  /** Single words, whole: what an unknown word may be a slip of. */
  readonly words: ReadonlySet<string>;
};

const cache = new WeakMap<AskCatalogue, Lexicon>();

/** The lexicon of a catalogue; built once. */
export function lexiconOf(catalogue: AskCatalogue): Lexicon {
  const known = cache.get(catalogue);
  if (known !== undefined) return known;
  const built = build(catalogue);
  cache.set(catalogue, built);
  return built;
}

/** Cuts the endings that change with number and case, English and German, the same way for all. */
export function stem(word: string): string {
  let cut = word;
  if (cut.length > 4 && cut.endsWith('ies')) cut = `${cut.slice(0, -3)}y`;
  else if (cut.length > 3 && cut.endsWith('s') && !/(ss|us|is)$/.test(cut)) cut = cut.slice(0, -1);
  if (cut.endsWith('kaeufer')) return cut; // Einkäufer buys; Einkäufe is what he bought.
  return cut.length >= 7 ? cut.replace(/(en|em|er|e|n)$/, '') : cut;
}

/** The key of a phrase in the lexicon. */
export const phraseKey = (words: readonly string[]): string => words.map(stem).join(' ');

function build(catalogue: AskCatalogue): Lexicon {
  const phrases = new Map<string, Meaning[]>();
  const words = new Set<string>();
  let wordsMax = 1;
  const add = (phrase: string, meaning: Meaning): void => {
    const parts = wordsOf(phrase);
    if (parts.length === 0) return;
    const idle = /^(noise|foreign|action|beyond)$/.test(meaning.kind);
    if (!idle) for (const part of parts) if (part.length > 2) words.add(part);
    wordsMax = Math.max(wordsMax, parts.length);
    const key = phraseKey(parts);
    const list = phrases.get(key) ?? [];
    phrases.set(key, list);
    if (!list.some((other) => same(other, meaning))) list.push(meaning);
  };
  for (const [meaning, phrase] of VOCABULARY) add(phrase, meaning);
  for (const { name, title, synonyms } of catalogue.metrics) {
    const all = [title.en, title.de, ...synonyms.en, ...synonyms.de];
    for (const phrase of all) if (!doubtful(phrase)) add(phrase, { kind: 'metric', name });
    // German says 'total' as part of the word: Gesamtausgaben.
    for (const word of synonyms.de)
      if (/^\p{L}{5,}$/u.test(word)) add(`gesamt${word}`, { kind: 'metric', name });
  }
  for (const [name, phrase] of EXTRA_METRIC_WORDS) {
    if (catalogue.metrics.some((metric) => metric.name === name))
      add(phrase, { kind: 'metric', name });
  }
  for (const { name, title, synonyms } of catalogue.dimensions) {
    if (name === 'date') continue;
    const all = [title.en, title.de, ...synonyms.en, ...synonyms.de];
    for (const phrase of all) if (!doubtful(phrase)) add(phrase, { kind: 'dimension', name });
  }
  return { phrases, wordsMax, words };
}

const doubtful = (phrase: string): boolean => DOUBTFUL_SYNONYMS.has(fold(phrase));

function same(a: Meaning, b: Meaning): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
