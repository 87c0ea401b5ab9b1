import { useTranslation, useWordsOfServer } from './i18n.ts';
import { useKindName } from './record-kind.ts';

/** A sentence of the server: in English, and what it says for other languages. */
type Told = {
  readonly text: string;
  readonly code?: string | undefined;
  readonly slots?: Readonly<Record<string, string | number>> | undefined;
};

/** Says a sentence of the server in the reader's language; as it came where it has no code. */
export function useSaid(): (told: Told) => string {
  const { language } = useTranslation();
  const words = useWordsOfServer();
  const nameOf = useKindName();
  return ({ text, code, slots = {} }) => {
    const template = language === 'en' || code === undefined ? undefined : words.get(code);
    if (template === undefined) return text;
    return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const slot = String(slots[name] ?? '');
      return name === 'kind' ? nameOf(slot) : slot;
    });
  };
}
