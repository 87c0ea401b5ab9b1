import type { Language } from '../../shared/i18n.ts';
import type { Key, Translate } from '../../shared/translate.ts';

/** A text that may not be there. */
function wordOf(t: Translate, key: string): string | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key that is unknown is said itself.
  const said = t(key as Key);
  return said === key ? undefined : said;
}

/** A name of the API as words: 'netAmount' is 'Net amount'. */
function humane(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** What heads a column of the ERP in a file: as forms name it, or its own name in the reader's words. */
export async function columnHeadings(
  t: Translate,
  language: Language,
): Promise<(column: string) => string> {
  const words: Readonly<Record<string, string>> =
    language === 'de' ? (await import('../../locales/columns.de.json')).default : {};
  return (column) =>
    wordOf(t, `erp.field.${column}`) ??
    wordOf(t, `field.${column}`) ??
    (Object.hasOwn(words, column) ? words[column] : undefined) ??
    humane(column);
}
