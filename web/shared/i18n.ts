import { useMemo, useSyncExternalStore } from 'react';
import en from '../locales/en.json';
import { formatFor } from './format.ts';
import type { Format } from './format.ts';
import { translator } from './translate.ts';
import type { Translate } from './translate.ts';

/** Languages the product speaks, each in its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** What the server says, by code, in another language than English. */
type Words = {
  readonly sentences: ReadonlyMap<string, string>;
  readonly problems: ReadonlyMap<string, string>; // What an error means; its own words say more.
};

const NO_WORDS: Words = { sentences: new Map(), problems: new Map() };

type Speaking = {
  readonly language: Language;
  readonly t: Translate;
  readonly ofServer: Words; // English comes as it is.
};

const STORED = 'rialto-language';
/** Words of a part of the product that is fetched when it is opened, in every language. */
type MoreWords = Readonly<Record<Language, () => Promise<{ readonly default: object }>>>;

const more = new Set<MoreWords>();
const moreIn = (language: Language): Promise<readonly object[]> =>
  Promise.all([...more].map(async (words) => (await words[language]()).default));

let speaking: Speaking = { language: 'en', t: translator([en], 'en'), ofServer: NO_WORDS };
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const current = (): Speaking => speaking;

export const isLanguage = (text: string | null): text is Language =>
  text !== null && Object.hasOwn(LANGUAGES, text);

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return navigator.language.startsWith('de') ? 'de' : 'en';
}

async function english(): Promise<Speaking> {
  return { language: 'en', t: translator([en, ...(await moreIn('en'))], 'en'), ofServer: NO_WORDS };
}

async function german(): Promise<Speaking> {
  const [others, words, said, problems] = await Promise.all([
    moreIn('de'),
    import('../locales/de.json'),
    import('../locales/said.de.json'),
    import('../locales/problems.de.json'),
  ]);
  const ofServer = {
    sentences: new Map(Object.entries(said.default)),
    problems: new Map(Object.entries(problems.default)),
  };
  return { language: 'de', t: translator([words.default, ...others], 'de'), ofServer };
}

async function speak(language: Language): Promise<void> {
  speaking = language === 'en' ? await english() : await german();
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** Speaks the reader's language; its words are fetched when they are not English. */
export const startLanguage = (): Promise<void> => speak(firstLanguage());

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await speak(language);
}

/** Learns the words of a part of the product before it is shown. */
export async function addWords(words: MoreWords): Promise<void> {
  more.add(words);
  await speak(speaking.language);
}

/** What is shown, in the chosen language. */
export const useTranslation = (): Speaking => useSyncExternalStore(subscribe, current);

/** The sentences of the server in the chosen language. */
export const useWordsOfServer = (): Words => useTranslation().ofServer;

export const useLanguage = (): Language => useTranslation().language;

/** Writers of figures and days in the chosen language. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => {
    // The region decides separators: take it from the browser when it agrees with the language.
    const regional = navigator.languages.find((one) => one.startsWith(`${language}-`));
    return formatFor(regional ?? language);
  }, [language]);
}
