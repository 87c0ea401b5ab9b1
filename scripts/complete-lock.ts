/** Writes into package-lock.json the other platforms' builds that npm left out. Run: `node scripts/complete-lock.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockGaps } from './lock-gaps.ts';
import type { Locked } from './lock-gaps.ts';

const path = process.argv[2] ?? join(import.meta.dirname, '../package-lock.json');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm's own file.
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Locked };
const gaps = lockGaps(lock.packages);
const packages = [
  ...Object.entries(lock.packages),
  ...gaps.map(({ at, entry }) => [at, entry] as const),
].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(
  path,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`,
);
console.log(`${gaps.length} builds for other platforms written`);
