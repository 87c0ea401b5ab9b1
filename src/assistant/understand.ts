import type { LocalDate } from '#kernel/time';

import { complete, type Outcome } from './complete.ts';
import type { Draft } from './draft.ts';
import { interpret } from './interpret.ts';
import { type AskCatalogue, lexiconOf } from './lexicon.ts';
import { type Member, memberSearch } from './member-search.ts';
import { MISSING } from './missing.ts';
import { nearWord } from './near-word.ts';
import type { Locale } from './numbers.ts';
import { dayLabel } from './period.ts';
import { segmentsOf } from './segment.ts';
import { type Token, tokenise } from './tokens.ts';
import { dimensionWord, type Speech } from './words.ts';

/** Everything a question is understood by. */
export type Setting = {
  readonly asOf: LocalDate;
  readonly locale: Locale;
  readonly catalogue: AskCatalogue;
  readonly members: readonly Member[];
  readonly fiscalYearStartMonth: number;
  /** The year that the question before was about. */
  readonly yearMeant?: number;
};

/** What a question means, or what to ask back, or why not. */
export type Understanding =
  | Outcome
  | {
      readonly kind: 'rephrase';
      readonly why: string;
      readonly options: readonly { label: string; question: string }[];
      /** Every slip has one likely reading: the question with them in place. */
      readonly mended?: { readonly question: string; readonly notes: readonly string[] };
    };

/** Reads a question. Never throws on words. A plain slip of the pen is mended, and said. */
export function understand(question: string, setting: Setting): Understanding {
  const read = readOnce(question, setting);
  if (read.kind !== 'rephrase' || read.mended === undefined) return read;
  const again = readOnce(read.mended.question, setting);
  if (again.kind === 'rephrase' || again.kind === 'unsupported') return read;
  if (again.kind === 'clarify') return again;
  return { ...again, notes: [...read.mended.notes, ...again.notes] };
}

/** A question's words, and what they add up to before anything is filled in. */
export type DraftRead = {
  readonly tokens: readonly Token[];
  readonly draft: Draft;
  readonly known: ReadonlySet<string>;
};

/** Reads the words of a question. */
export function readDraft(question: string, setting: Setting): DraftRead {
  const { catalogue, members, locale, asOf, fiscalYearStartMonth, yearMeant } = setting;
  const tokens = tokenise(question);
  const sources = {
    lexicon: lexiconOf(catalogue),
    members: memberSearch(members),
    dates: { asOf, fiscalYearStartMonth, ...(yearMeant === undefined ? {} : { yearMeant }) },
    locale,
  };
  const draft = interpret(tokens, segmentsOf(tokens, sources));
  return { tokens, draft, known: sources.lexicon.words };
}

function readOnce(question: string, setting: Setting): Understanding {
  const { catalogue, members, locale, asOf } = setting;
  const { tokens, draft, known } = readDraft(question, setting);
  const refused =
    refusal(draft, locale) ??
    slip(draft, tokens, known, locale) ??
    doubt(draft, tokens, { catalogue, members, locale });
  if (refused !== undefined) return refused;
  const outcome = complete(draft, asOf, { catalogue, members, locale });
  if (outcome.kind !== 'query' || draft.near.length === 0) return outcome;
  const read = draft.near.map(({ text, member }) => readAs(text, member.label, locale));
  return { ...outcome, notes: [...read, ...outcome.notes] };
}

const readAs = (text: string, as: string, locale: Locale): string =>
  locale === 'en' ? `Read “${text}” as ${as}.` : `„${text}“ als ${as} gelesen.`;

const AREAS = {
  en: {
    sales: 'sales and customers',
    invoices: 'invoices and payments',
    stock: 'stock',
    people: 'people and payroll',
    ledger: 'the ledger',
    production: 'production',
    other: 'another area',
  },
  de: {
    sales: 'Verkauf und Kunden',
    invoices: 'Rechnungen und Zahlungen',
    stock: 'Lagerbestand',
    people: 'Personal',
    ledger: 'das Hauptbuch',
    production: 'Produktion',
    other: 'ein anderes Gebiet',
  },
} as const;

const no = (why: string, near: readonly string[] = []): Understanding => ({
  kind: 'unsupported',
  why,
  near,
});

const quotedIn = (locale: Locale, word: string): string =>
  locale === 'en' ? `“${word}”` : `„${word}“`;

function refusal(draft: Draft, locale: Locale): Understanding | undefined {
  const en = locale === 'en';
  const [action] = draft.actions;
  if (action !== undefined) {
    return no(
      en
        ? `“${action}” asks for a change. I only answer questions; nothing was changed.`
        : `„${action}“ verlangt eine Änderung. Ich beantworte nur Fragen; nichts wurde geändert.`,
    );
  }
  const [first] = draft.areas;
  if (first === undefined) return missing(draft, locale);
  const words = [...new Set([...draft.areas.map((each) => each.text), ...strange(draft)])]
    .map((word) => quotedIn(locale, word))
    .join(', ');
  const area = AREAS[locale][first.area];
  return no(
    en
      ? `That is about ${area} (${words}). Rialto answers questions on purchasing so far.`
      : `Das betrifft ${area} (${words}). Rialto beantwortet bisher Fragen zum Einkauf.`,
  );
}

/** Words nobody knows; figures say nothing by themselves. */
const strange = ({ unused }: Draft): readonly string[] =>
  unused.filter(({ known, text }) => !known && !/^\d+$/.test(text)).map(({ text }) => text);

/** Facts of purchasing that nobody loaded: says which. */
function missing(draft: Draft, locale: Locale): Understanding | undefined {
  const gap = MISSING.find(({ what }) => what === draft.missing[0]);
  if (gap === undefined) return undefined;
  return no(
    locale === 'en'
      ? `That needs ${gap.en}, which the loaded data does not hold.`
      : `Dafür braucht es ${gap.de}; die geladenen Daten enthalten das nicht.`,
    gap.near,
  );
}

/** Words nobody knows: offers the near one, else names them. */
function slip(
  draft: Draft,
  tokens: readonly Token[],
  known: ReadonlySet<string>,
  locale: Locale,
): Understanding | undefined {
  if (draft.unused.length === 0) return undefined;
  const en = locale === 'en';
  const words = draft.unused.map(({ text }) => quotedIn(locale, text)).join(', ');
  const mended = draft.unused.map(({ at, text }) => ({
    at,
    text,
    ...nearWord(tokens[at]?.text ?? text, known),
  }));
  if (draft.beyond !== true && mended.every((each) => each.near !== undefined)) {
    const question = tokens
      .map(
        (token, at) =>
          mended.find((each) => each.at === at)?.near ??
          (token.quoted ? `"${token.raw}"` : token.raw),
      )
      .join(' ');
    const why = en
      ? `I do not know ${words}. Did you mean “${question}”?`
      : `${words} kenne ich nicht. Meinten Sie „${question}“?`;
    const options = [{ label: question, question }];
    if (!mended.every((each) => each.sure === true)) return { kind: 'rephrase', why, options };
    const notes = mended.map(({ text, near = text }) =>
      readAs(text, quotedIn(locale, near), locale),
    );
    return { kind: 'rephrase', why, options, mended: { question, notes } };
  }
  const why = en ? `I do not understand ${words}.` : `Ich verstehe ${words} nicht.`;
  return { kind: 'unsupported', why, near: [] };
}

/** Names and dates with several readings: each option is the question with one of them in place. */
function doubt(draft: Draft, tokens: readonly Token[], speech: Speech): Understanding | undefined {
  const { locale } = speech;
  const en = locale === 'en';
  const [date] = draft.dates;
  if (date !== undefined) {
    const written = tokens.find((token) => /^\d{1,2}\/\d{1,2}\/\d{2,4}$/.test(token.text));
    const options = date.either.map((day) => ({
      label: dayLabel(day, locale),
      question: tokens.map((token) => (token === written ? day : worded(token))).join(' '),
    }));
    return {
      kind: 'rephrase',
      why: en
        ? `“${date.text}” can be two days. Which one?`
        : `„${date.text}“ kann zwei Tage meinen. Welchen?`,
      options,
    };
  }
  const [hit] = draft.ambiguous;
  if (hit === undefined) return undefined;
  const unique = [
    ...new Map(
      hit.members.map((member) => [`${member.dimension} ${member.label}`, member]),
    ).values(),
  ].slice(0, 4);
  const options = unique.map((member) => {
    const { label, dimension } = member;
    const name = dimensionWord(dimension, speech);
    const place = `${name} "${label.replaceAll('"', '')}"`;
    const question = [
      ...tokens.slice(0, hit.at).map(worded),
      place,
      ...tokens.slice(hit.at + hit.length).map(worded),
    ].join(' ');
    const many = unique.some((other) => other !== member && other.label === label);
    return { label: many ? `${label} (${name})` : label, question };
  });
  return {
    kind: 'rephrase',
    why: en
      ? `“${hit.text}” can be several. Which one?`
      : `„${hit.text}“ kann mehreres sein. Was ist gemeint?`,
    options,
  };
}

const worded = (token: Token): string => (token.quoted ? `"${token.raw}"` : token.raw);
