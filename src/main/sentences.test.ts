import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SYNC_SENTENCES } from '#sync';

const GERMAN = join(import.meta.dirname, '../../web/locales/said.de.json');
const OF_MODULES = { sync: SYNC_SENTENCES };
const ENGLISH = Object.entries(OF_MODULES).flatMap(([module, sentences]) =>
  Object.entries(sentences).map(([name, text]) => [`${module}.${name}`, text] as const),
);

test('every sentence that has a code is said in German too, and no other', () => {
  const german = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(GERMAN, 'utf8')));
  const codes = ENGLISH.map(([code]) => code);
  expect(Object.keys(german).toSorted()).toEqual(codes.toSorted());
  for (const [code, text] of ENGLISH) {
    const slots = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    const used = [...(german[code] ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    // A list of what is missing is shorter elsewhere, and a kind of record has a name of its own.
    const known = new Set([...slots, 'names', 'kind']);
    expect([code, used.filter((name) => !known.has(name))]).toEqual([code, []]);
  }
});
