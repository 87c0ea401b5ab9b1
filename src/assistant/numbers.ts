import {
  type Decimal,
  multiplyDecimals,
  parseDecimal,
  trimDecimal,
  decimal,
} from '#kernel/decimal';

import type { Token } from './tokens.ts';

/** The language a question is asked and answered in. */
export type Locale = 'en' | 'de';

const WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    zero: 0,
    null: 0,
    one: 1,
    ein: 1,
    eine: 1,
    einen: 1,
    einem: 1,
    einer: 1,
    eins: 1,
    two: 2,
    zwei: 2,
    three: 3,
    drei: 3,
    four: 4,
    vier: 4,
    five: 5,
    fuenf: 5,
    six: 6,
    sechs: 6,
    seven: 7,
    sieben: 7,
    eight: 8,
    acht: 8,
    nine: 9,
    neun: 9,
    ten: 10,
    zehn: 10,
    eleven: 11,
    elf: 11,
    twelve: 12,
    dozen: 12,
    zwoelf: 12,
    dutzend: 12,
    fifteen: 15,
    fuenfzehn: 15,
    eighteen: 18,
    achtzehn: 18,
    twenty: 20,
    zwanzig: 20,
    twentyfour: 24,
    thirty: 30,
    dreissig: 30,
    sixty: 60,
    sechzig: 60,
    ninety: 90,
    neunzig: 90,
    hundred: 100,
    hundert: 100,
  }),
);

const ORDINALS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    first: 1,
    '1st': 1,
    second: 2,
    '2nd': 2,
    third: 3,
    '3rd': 3,
    fourth: 4,
    '4th': 4,
  }),
);

const GERMAN_ORDINAL = /^(erst|zweit|dritt|viert)e[mnrs]?$/;
const GERMAN_ORDINALS = ['erst', 'zweit', 'dritt', 'viert'];

const SCALES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    k: '1000',
    thousand: '1000',
    tausend: '1000',
    tsd: '1000',
    m: '1000000',
    mn: '1000000',
    mio: '1000000',
    million: '1000000',
    millions: '1000000',
    millionen: '1000000',
    bn: '1000000000',
    billion: '1000000000',
    mrd: '1000000000',
    milliarde: '1000000000',
    milliarden: '1000000000',
  }),
);

/** A number found in a question and how many tokens it took. */
export type FoundNumber = { readonly value: Decimal; readonly length: number };

/** Reads '5', 'five', '1.2k', '10,000', '1,5 Mio', '10.000' at a place in the question. */
export function readNumber(
  tokens: readonly Token[],
  at: number,
  locale: Locale,
): FoundNumber | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const glued = /^(\d+(?:[.,']\d+)*)(k|m|mn|mio|bn|mrd|tsd)$/.exec(token.text);
  const written = glued?.[1] ?? token.text;
  const base = token.kind === 'number' || glued !== null ? literal(written, locale) : word(token);
  if (base === undefined) return undefined;
  const scale = SCALES.get(glued?.[2] ?? tokens[at + 1]?.text ?? '');
  if (scale === undefined) return { value: base, length: 1 };
  const value = trimDecimal(multiplyDecimals(base, decimal(scale)));
  return { value, length: glued === null ? 2 : 1 };
}

/** Reads a small whole number, written in digits or as a word. */
export function readCount(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined;
  if (/^\d{1,4}$/.test(token.text)) return Number(token.text);
  return WORDS.get(token.text);
}

/** Reads 'first', '2nd', 'dritten', and a bare '2' when `bare` allows it (German '2. Quartal'). */
export function readOrdinal(token: Token | undefined, bare: boolean): number | undefined {
  if (token === undefined) return undefined;
  const named = ORDINALS.get(token.text);
  if (named !== undefined) return named;
  const ordinal = GERMAN_ORDINAL.exec(token.text);
  if (ordinal !== null) return GERMAN_ORDINALS.indexOf(ordinal[1] ?? '') + 1;
  return bare && /^[1-4]$/.test(token.text) ? Number(token.text) : undefined;
}

function word(token: Token): Decimal | undefined {
  const number = WORDS.get(token.text);
  return number === undefined ? undefined : parseDecimal(String(number));
}

/** A lone separator before exactly three digits is a thousands mark in the locale that has it so. */
function literal(text: string, locale: Locale): Decimal | undefined {
  const plain = text.replaceAll("'", '');
  const point = plain.lastIndexOf('.');
  const comma = plain.lastIndexOf(',');
  if (point !== -1 && comma !== -1) {
    return point > comma ? parseDecimal(plain.replaceAll(',', '')) : parseDecimal(german(plain));
  }
  if (comma !== -1) {
    const grouped = /^\d{1,3}(,\d{3})+$/.test(plain) && locale === 'en';
    return grouped ? parseDecimal(plain.replaceAll(',', '')) : parseDecimal(german(plain));
  }
  const grouped =
    /^\d{1,3}(\.\d{3})+$/.test(plain) && (locale === 'de' || plain.split('.').length > 2);
  return parseDecimal(grouped ? plain.replaceAll('.', '') : plain);
}

function german(text: string): string {
  return text.replaceAll('.', '').replace(',', '.');
}
