/** The packages we stand on: exact versions, and a lockfile that `npm ci` accepts everywhere. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockGaps } from '../scripts/lock-gaps.ts';
import type { Locked } from '../scripts/lock-gaps.ts';
import { manifest, ROOT, textOf } from './source-files.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm's own file.
const lock = JSON.parse(textOf('package-lock.json')) as { packages: Locked };
const { dependencies, devDependencies, optionalDependencies, allowScripts } = manifest();
const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };

test('every dependency names one exact version', () => {
  const names = Object.entries(wanted);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test('the lockfile holds what package.json asks for', () => {
  const wrong = Object.entries(wanted).filter(
    ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
  );
  expect(wrong).toEqual([]);
});

test('the lockfile holds the builds for every platform (mend: node scripts/complete-lock.ts)', () => {
  const platforms = Object.values(lock.packages).filter(({ os }) => os !== undefined);
  expect(platforms.length).toBeGreaterThan(50);
  expect(lockGaps(lock.packages).map(({ at }) => at)).toEqual([]);
});

test('taking a build out of the lockfile is noticed', () => {
  const name = 'node_modules/@biomejs/cli-darwin-arm64';
  const { [name]: taken, ...rest } = lock.packages;
  expect(taken).toBeDefined();
  const gaps = lockGaps(rest);
  expect(gaps.map(({ at }) => at)).toEqual([name]);
  expect(gaps[0]?.entry).toMatchObject({ os: ['darwin'], cpu: ['arm64'], optional: true });
});

test('every PostgreSQL build may run its install script', () => {
  const builds = Object.keys(optionalDependencies).filter((name) => name.includes('postgres'));
  expect(builds.length).toBeGreaterThan(3);
  expect(builds.filter((name) => allowScripts[name] !== true)).toEqual([]);
});

test('every dependency has a line in the decisions that says why', () => {
  const path = 'docs/decisions/0012-dependencies.md';
  expect(existsSync(join(ROOT, path))).toBe(true);
  const text = textOf(path).replaceAll(
    /([@\w/-]*)\{([^}]*)\}/g,
    (_, before: string, names: string) =>
      names
        .split(',')
        .map((name) => before + name)
        .join(', '),
  );
  const untold = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !name.startsWith('@types/') && !mentions(text, name),
  );
  expect(untold).toEqual([]);
});

function mentions(text: string, name: string): boolean {
  const [scope = ''] = name.split('/');
  return text.includes(name) || (name.startsWith('@') && text.includes(`${scope}/*`));
}
