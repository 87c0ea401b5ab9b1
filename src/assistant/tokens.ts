import { MONTH_WORDS } from './date-words.ts';

/** One word, number or sign of a question. */
export type Token = {
  /** Lower case, umlauts spelled out, other accents dropped: what is compared. */
  readonly text: string;
  /** As it was written. */
  readonly raw: string;
  readonly kind: 'word' | 'number' | 'sign';
  /** Stands inside quotation marks: a name, never an operator. */
  readonly quoted: boolean;
  /** Stands behind a comma. */
  readonly listed?: boolean;
};

/** A question longer than this is cut: nobody asks in five hundred words. */
const TOKENS_MAX = 200;

const PATTERN =
  /\d{4}-\d{1,2}-\d{1,2}|\d{4}-\d{2}(?!\d)|\d{1,2}[./]\d{4}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+(?:[.,']\d+)*[\p{L}\p{N}_]*|[\p{L}\p{N}_]+|>=|<=|≥|≤|[>%<€$£&+–"“”„«»'’]/gu;

const QUOTES = new Set(['"', '“', '”', '„', '«', '»']);

const FOLDED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
    ß: 'ss',
    ø: 'o',
    ł: 'l',
  }),
);

/** Writes text in the form in which words are compared. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[äöüßøł]/g, (letter) => FOLDED.get(letter) ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
}

/** Splits a question into words, numbers and signs; other characters only separate. */
export function tokenise(question: string): readonly Token[] {
  const tokens: Token[] = [];
  let quoted = false;
  const text = prepared(question);
  for (const match of text.matchAll(PATTERN)) {
    const raw = match[0];
    if (QUOTES.has(raw)) {
      quoted = !quoted;
      continue;
    }
    if (raw === "'" || raw === '’') continue;
    const listed = /,\s+$/.test(text.slice(0, match.index));
    const token = { text: fold(raw), raw, kind: kindOf(raw), quoted };
    tokens.push(listed ? { ...token, listed } : token);
    if (tokens.length === TOKENS_MAX) break;
  }
  return tokens;
}

/** The comparable words of a name or phrase. */
export function wordsOf(phrase: string): readonly string[] {
  return tokenise(phrase).map((token) => token.text);
}

function prepared(question: string): string {
  return question
    .normalize('NFKC')
    .replace(/\b(ca|wo)n[’']?t\b/giu, '$1n not')
    .replace(/(\p{L})n[’']t\b/giu, '$1 not')
    .replace(/(\p{L})[’'](?:s|d|ll|ve|re|m)\b/giu, '$1')
    .replace(/\bw\/(?=\s)/giu, 'with')
    .replace(/\b(?:what|who|how|where)[’']?s\b/giu, (word) => `${word.replace(/[’']?s$/iu, '')} is`)
    .replace(/(\p{L}{3,})\.?\s?[-–—]\s?(\p{L}{3,})/gu, (all, from: string, to: string) =>
      MONTH_WORDS.has(fold(from)) && MONTH_WORDS.has(fold(to)) ? `${from} – ${to}` : all,
    )
    .replace(/(?<!\p{L})(?!zeit|produkt|weiter)(\p{L}{4,}?)(entwicklung|verlauf)\b/giu, '$1 $2')
    .replace(/(\d{4})\s*[-–—]\s*(\d{4})/gu, '$1 – $2')
    .replace(/\b([qh][1-4])\s*[-–—]\s*([qh][1-4])\b/giu, '$1 – $2')
    .replace(/\s[-–—]\s/gu, ' – ')
    .replace(/(\d)(%|€|\$)/gu, '$1 $2');
}

function kindOf(raw: string): Token['kind'] {
  if (/^\d+(?:[.,']\d+)*$/.test(raw)) return 'number';
  return /[\p{L}\p{N}]/u.test(raw) ? 'word' : 'sign';
}
