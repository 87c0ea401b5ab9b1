/** What the server says with a code is said in German too: no list without the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CHECK_SENTENCES } from '#adapter-kit/checks';
import { FILE_SENTENCES } from '#adapters/file';
import { ENTRY_TEXTS } from '#erp/ledger/reports';
import { POSTING_SENTENCES } from '#postings/sentences';
import { SYNC_SENTENCES } from '#sync';

const LOCALES = join(import.meta.dirname, '../../web/locales');
const OF_MODULES = {
  sync: SYNC_SENTENCES,
  check: CHECK_SENTENCES,
  file: FILE_SENTENCES,
  postings: POSTING_SENTENCES,
  entry: ENTRY_TEXTS,
};
const ENGLISH = Object.entries(OF_MODULES).flatMap(([module, sentences]) =>
  Object.entries(sentences).map(([name, text]) => [`${module}.${name}`, text] as const),
);

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
