import i18next from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import de from '../locales/de.json';
import en from '../locales/en.json';
import { formatFor } from './format.ts';
import type { Format } from './format.ts';

/** Languages the product speaks, each in its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const STORED = 'rialto-language';

export const isLanguage = (text: string | null): text is Language =>
  text !== null && Object.hasOwn(LANGUAGES, text);

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return navigator.language.startsWith('de') ? 'de' : 'en';
}

const showLanguage = (language: string): void => {
  document.documentElement.lang = language;
};

/** Loads the catalogues and picks the reader's language. */
export async function startLanguage(): Promise<void> {
  i18next.on('languageChanged', showLanguage);
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false }, // React escapes.
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? 'en';
  return isLanguage(language) ? language : 'en';
}

/** Writers of figures and days in the chosen language. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => {
    // The region decides separators: take it from the browser when it agrees with the language.
    const regional = navigator.languages.find((one) => one.startsWith(`${language}-`));
    return formatFor(regional ?? language);
  }, [language]);
}
