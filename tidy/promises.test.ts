/** Promises kept: what the documents and the definitions say is there is there. */
import { expect, test } from 'vitest';
import { documentedErrors, errorCodes } from './error-codes.ts';
import { filesUnder, textOf } from './source-files.ts';

test('every error code has its line in docs/errors.md (mend: node scripts/list-errors.ts)', () => {
  const codes = errorCodes();
  expect(codes.length).toBeGreaterThan(5);
  const documented = documentedErrors();
  expect(codes.filter((code) => (documented.get(code) ?? '') === '')).toEqual([]);
  expect([...documented.keys()].filter((code) => !codes.includes(code))).toEqual([]);
});

test("every error code bears its module's name", () => {
  const wrong = filesUnder('src', /\/errors\.ts$/)
    .filter((path) => path !== 'src/kernel/errors.ts')
    .flatMap((path) => {
      const steps = path.split('/').slice(1, -1);
      const names = new Set([steps[0], steps.at(-1)]);
      const codes = (textOf(path).match(/type \w*Code\b[^;]*;/g) ?? [])
        .join('\n')
        .match(/'[a-z-]+\.[a-z-]+'/g);
      return (codes ?? []).filter((code) => !names.has(code.slice(1, -1).split('.')[0]));
    });
  expect(wrong).toEqual([]);
});

test('no migration is out of number', () => {
  const files = filesUnder('src', /\/migrations\/.*(?<!\.verify)\.sql$/);
  expect(files.length).toBeGreaterThan(0);
  const wrong = files.filter((path) => !/\/migrations\/\d{4}-[a-z0-9-]+\.sql$/.test(path));
  expect(wrong).toEqual([]);
});
