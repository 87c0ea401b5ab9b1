import { assert } from '#kernel';

/** What a cell holds. */
export type FieldType =
  | 'text'
  | 'decimal'
  | 'count'
  | 'day'
  | 'flag'
  | 'country'
  | 'currency'
  | 'choice';

/** Something that a line says: what it is called, and what may stand there. */
export type Field = {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly charactersMax: number;
  readonly en: readonly string[]; // Headings; the first stands in the template.
  readonly de: readonly string[];
  readonly words: ReadonlyMap<string, string>; // Of a choice: as it may be written, what it is.
};

const TYPES: readonly FieldType[] = [
  'text',
  'decimal',
  'count',
  'day',
  'flag',
  'country',
  'currency',
  'choice',
];
const CHARACTERS_MAX = 200;

/**
 * Fields from a table for people: `name* | type | English headings | German headings`, with `*` for
 * what a line must say; `text 40` is at most so long; `choice a=x,y b=z` has words for each choice.
 */
export const fieldsFrom = (table: string): readonly Field[] =>
  table
    .trim()
    .split('\n')
    .map((row) => fieldFrom(row.split('|').map((cell) => cell.trim())));

function fieldFrom([name = '', kind = '', en = '', de = '']: readonly string[]): Field {
  const [word = '', ...more] = kind.split(' ');
  const type = TYPES.find((each) => each === word);
  assert(type !== undefined, `'${word}' is a type of field`);
  const most = type === 'text' && more[0] !== undefined ? Number(more[0]) : CHARACTERS_MAX;
  return {
    name: name.replace('*', ''),
    type,
    required: name.endsWith('*'),
    charactersMax: most,
    en: listOf(en),
    de: listOf(de),
    words: new Map(type === 'choice' ? more.flatMap(wordsOf) : []),
  };
}

function wordsOf(choice: string): (readonly [string, string])[] {
  const [is = '', words = ''] = choice.split('=');
  return [is, ...words.split(',')].map((word) => [plainText(word), is] as const);
}

const listOf = (text: string): string[] => text.split(',').map((each) => each.trim());

/** A word as it is compared: without case, accents, blanks and signs. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, '');
