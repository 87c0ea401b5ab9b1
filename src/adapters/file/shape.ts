import type { FileLimits } from './limits.ts';

/** What the columns of a file are called, in its order; or why that cannot be told. */
export type Shape =
  | { readonly ok: true; readonly columns: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly column?: string };

/** What is wrong with the columns that a header names, seen from what is asked for. */
export function columnsFault(
  columns: readonly string[],
  asked: readonly string[],
  limits: Pick<FileLimits, 'columnsMax'>,
): { reason: string; column?: string } | undefined {
  if (columns.length > limits.columnsMax) {
    return { reason: `the header names ${columns.length} columns, over ${limits.columnsMax}` };
  }
  const missing = asked.find((name) => !columns.includes(name));
  if (missing !== undefined) {
    const list = columns.slice(0, 50).join(', ');
    return { reason: `column '${missing}' is missing; the header has: ${list}`, column: missing };
  }
  const twice = columns.find((name, at) => name !== '' && columns.indexOf(name) !== at);
  if (twice !== undefined) {
    return { reason: `the header names column '${twice}' twice`, column: twice };
  }
  if (columns.includes('__proto__')) return { reason: `'__proto__' is no column name` };
  return undefined;
}
