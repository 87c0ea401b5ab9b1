import type { ImportsProblemCode } from './errors.ts';
import { plainText } from './field.ts';
import type { Field } from './field.ts';

/** What is wrong with a file as a whole. */
export type FileProblem = {
  readonly code: ImportsProblemCode;
  readonly message: string;
  readonly line?: number;
};

/** Which heading says which field, and which headings say none. */
export type Matched = {
  readonly headingOf: ReadonlyMap<string, string>; // By the field's name.
  readonly ignored: readonly string[];
  readonly problems: readonly FileProblem[];
};

/**
 * Finds each field's heading: the one that is named for it, else one that is called like it in
 * English or German, whatever its case and signs.
 */
export function matchHeadings(
  fields: readonly Field[],
  headings: readonly string[],
  named: Readonly<Record<string, string>> = {},
): Matched {
  const problems: FileProblem[] = [];
  const headingOf = new Map<string, string>();
  const free = new Map<string, string>();
  for (const heading of headings) if (heading !== '') free.set(plainText(heading), heading);
  for (const [field, heading] of Object.entries(named)) {
    const found = free.get(plainText(heading));
    if (found !== undefined && fields.some(({ name }) => name === field)) {
      headingOf.set(field, found);
      free.delete(plainText(heading));
      continue;
    }
    const what = found === undefined ? `heading '${heading}'` : `field '${field}'`;
    problems.push({ code: 'imports.no-such-column', message: `there is no ${what}` });
  }
  for (const { name, en, de } of fields) {
    if (headingOf.has(name)) continue;
    const called = [...en, ...de, name].map(plainText).find((each) => free.has(each));
    if (called === undefined) continue;
    headingOf.set(name, free.get(called) ?? '');
    free.delete(called);
  }
  for (const { name, required, en, de } of fields) {
    if (!required || headingOf.has(name)) continue;
    const message = `no heading says '${name}' (${en[0] ?? ''}, ${de[0] ?? ''})`;
    problems.push({ code: 'imports.column-missing', message });
  }
  return { headingOf, ignored: [...free.values()], problems };
}
