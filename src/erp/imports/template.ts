import type { ImportKindName } from './import-kind.ts';
import { KINDS } from './kinds/all.ts';

/** An empty file of a kind: the headings, with a star at those that every line must fill. */
export function templateOf(
  kind: ImportKindName,
  language: 'en' | 'de',
): { readonly fileName: string; readonly content: string } {
  const headings = KINDS[kind].fields.map(
    (field) => `${field[language][0] ?? field.name}${field.required ? '*' : ''}`,
  );
  // Spreadsheets in German part columns by semicolons, and want a mark to read UTF-8.
  return { fileName: `${kind}.csv`, content: `\uFEFF${headings.join(';')}\r\n` };
}

/** What can be said of a kind: field, headings, what stands there. */
export const fieldsOf = (kind: ImportKindName) =>
  KINDS[kind].fields.map(({ name, type, required, en, de, words }) => ({
    name,
    type,
    required,
    en,
    de,
    words: [...new Set(words.values())],
  }));
