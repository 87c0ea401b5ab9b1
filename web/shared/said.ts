import type { ReplyOf } from '#api-contract';
import { useFormat, useTranslation, useWordsOfServer } from './i18n.ts';
import { useKindName } from './record-kind.ts';

type Slots = Readonly<Record<string, string | number>>;

/** A sentence of the server: in English, and what it says for other languages. */
type Told = {
  readonly text: string;
  readonly code?: string | undefined;
  readonly slots?: Slots | undefined;
};

/** Fills a template; a kind of record is named, and a day written, as the reader's language does. */
function useFilled(): (template: string, slots: Slots | undefined) => string {
  const nameOf = useKindName();
  const format = useFormat();
  return (template, slots = {}) =>
    template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const slot = String(slots[name] ?? '');
      if (name === 'day') return format.day(slot);
      return name === 'kind' ? nameOf(slot) : slot;
    });
}

/**
 * Says a sentence of the server in the reader's language; as it came where it has no code. Of an
 * error, what it means, and its own words behind it: they name what no list can know.
 */
export function useSaid(): (told: Told) => string {
  const { language } = useTranslation();
  const { sentences, problems } = useWordsOfServer();
  const filled = useFilled();
  return ({ text, code, slots }) => {
    if (language === 'en' || code === undefined) return text;
    const template = sentences.get(code);
    if (template !== undefined) return filled(template, slots);
    const problem = problems.get(code);
    return problem === undefined ? text : `${filled(problem, slots)} („${text}“)`;
  };
}

/** Says what an error code means in the reader's language. Undefined: English says it itself. */
export function useMeaning(): (
  code: string | undefined,
  slots: Slots | undefined,
) => string | undefined {
  const { problems } = useWordsOfServer();
  const filled = useFilled();
  return (code, slots) => {
    const meaning = code === undefined ? undefined : problems.get(code);
    return meaning === undefined ? undefined : filled(meaning, slots);
  };
}

/** Why something was not booked, as a sentence: ours by what it says, a failure by its code. */
export const refusalOf = (refusal: NonNullable<ReplyOf<'getTransaction'>['refusal']>): Told => ({
  text: refusal.reason,
  ...(refusal.said ?? { code: refusal.code }),
});
