/** Finds test files by the end of their name. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from './place.mjs';

const FOLDERS = ['src', 'tidy', 'scenarios', 'simulators', 'launcher', 'web'];

/** Paths from the root, with '/', sorted. */
export function testFiles(pattern) {
  const paths = FOLDERS.map((folder) => join(ROOT, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => walk(folder))
    .map((path) => relative(ROOT, path).split(sep).join('/'))
    .filter((path) => pattern.test(path));
  paths.sort((a, b) => (a < b ? -1 : 1));
  return paths;
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return ['node_modules', 'dist'].includes(entry.name) ? [] : walk(path);
  });
}
