import { because } from '#kernel';
import type { Said } from '#kernel';
import type { FileLimits } from './limits.ts';
import { say } from './sentences.ts';

/** What the columns of a file are called, in its order; or why that cannot be told. */
export type Shape =
  | { readonly ok: true; readonly columns: readonly string[] }
  | ({ readonly ok: false } & Fault);

type Fault = { readonly reason: string; readonly said: Said; readonly column?: string };

/** What is wrong with the columns that a header names, seen from what is asked for. */
export function columnsFault(
  columns: readonly string[],
  asked: readonly string[],
  limits: Pick<FileLimits, 'columnsMax'>,
): Fault | undefined {
  if (columns.length > limits.columnsMax) {
    return because(say('too-many-columns', { count: columns.length, most: limits.columnsMax }));
  }
  const missing = asked.find((name) => !columns.includes(name));
  if (missing !== undefined) {
    const list = columns.slice(0, 50).join(', ');
    const wrong = say('column-missing', { column: missing, columns: list });
    return { ...because(wrong), column: missing };
  }
  const twice = columns.find((name, at) => name !== '' && columns.indexOf(name) !== at);
  if (twice !== undefined) {
    return { ...because(say('column-twice', { column: twice })), column: twice };
  }
  if (columns.includes('__proto__')) return because(say('no-column-name', { name: '__proto__' }));
  return undefined;
}
