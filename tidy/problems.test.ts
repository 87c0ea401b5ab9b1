/** What a page is told as an error code, it can say in German. */
import { expect, test } from 'vitest';
import { errorCodes } from './error-codes.ts';
import { textOf } from './source-files.ts';

const keysOf = (file: string): string[] => {
  const words: unknown = JSON.parse(textOf(`web/locales/${file}`));
  return typeof words === 'object' && words !== null ? Object.keys(words) : [];
};

test('every error code is explained in German, and none that there is not', () => {
  const keys = keysOf('problems.de.json');
  expect(keys.filter((key) => key.startsWith('title.'))).toHaveLength(9); // One of each kind.
  const german = keys.filter((key) => !key.startsWith('title.'));
  const codes = errorCodes();
  expect(codes.length).toBeGreaterThan(500);
  expect(codes.filter((code) => !german.includes(code))).toEqual([]);
  expect(german.filter((code) => !codes.includes(code))).toEqual([]);
  const sentences = keysOf('said.de.json'); // One name space: a code says one thing.
  expect(codes.filter((code) => sentences.includes(code))).toEqual([]);
});
