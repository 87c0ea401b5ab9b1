/** What the server says with a code is said in German too: no list without the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CHECK_SENTENCES } from '#adapter-kit';
import { FILE_SENTENCES } from '#adapters/file';
import { POSTING_SENTENCES } from '#postings';
import { SYNC_SENTENCES } from '#sync';
import { errorCodes } from '../../tidy/error-codes.ts';

const LOCALES = join(import.meta.dirname, '../../web/locales');
const OF_MODULES = {
  sync: SYNC_SENTENCES,
  check: CHECK_SENTENCES,
  file: FILE_SENTENCES,
  postings: POSTING_SENTENCES,
};
const ENGLISH = Object.entries(OF_MODULES).flatMap(([module, sentences]) =>
  Object.entries(sentences).map(([name, text]) => [`${module}.${name}`, text] as const),
);
const ERP =
  /^(?:company|embedded|gate|inventory|items|ledger|open-items|parties|payables|production|purchasing|receivables|sales)\./;

const wordsIn = (file: string): Record<string, string> =>
  z
    .record(z.string(), z.string().min(2))
    .parse(JSON.parse(readFileSync(join(LOCALES, file), 'utf8')));

test('every sentence that has a code is said in German too, and no other', () => {
  const german = wordsIn('said.de.json');
  const codes: string[] = ENGLISH.map(([code]) => code);
  expect(Object.keys(german).toSorted()).toEqual(codes.toSorted());
  for (const [code, text] of ENGLISH) {
    const slots = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    const used = [...(german[code] ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    // A list of what is missing is shorter elsewhere, and a kind of record has a name of its own.
    const known = new Set([...slots, 'names', 'kind']);
    expect([code, used.filter((name) => !known.has(name))]).toEqual([code, []]);
  }
});

test('every error code that a screen can meet is explained in German, and none that there is not', () => {
  const german = wordsIn('problems.de.json');
  const codes = errorCodes();
  const shown = codes.filter((code) => !ERP.test(code)); // No screen asks the ERP of its own yet.
  expect(shown.length).toBeGreaterThan(100);
  expect(shown.filter((code) => german[code] === undefined)).toEqual([]);
  expect(Object.keys(german).filter((code) => !codes.includes(code))).toEqual([]);
  const sentences: ReadonlySet<string> = new Set(ENGLISH.map(([code]) => code)); // One name space: a code says one thing.
  expect(codes.filter((code) => sentences.has(code))).toEqual([]);
});
