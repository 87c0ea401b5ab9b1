/** What a reader downloads before the first screen, as a browser would take it from index.html. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildPages } from './build-pages.ts';

const SCRIPTS_MOST = 176_128; // Bytes after gzip: 172 kB.
const STYLES_MOST = 20_000;

test('the first screen stays small, and charts are fetched when one is shown', async () => {
  const folder = await buildPages();
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(
    ([, name = '']) => name,
  );
  const files = await Promise.all(
    names.map(async (name) => ({ name, body: await readFile(join(folder, name)) })),
  );
  const weight = (ending: string): number =>
    files
      .filter(({ name }) => name.endsWith(ending))
      .reduce((sum, { body }) => sum + gzipSync(body).length, 0);
  expect(weight('.js')).toBeGreaterThan(50_000); // It did find the scripts.
  expect(weight('.js')).toBeLessThan(SCRIPTS_MOST);
  expect(weight('.css')).toBeLessThan(STYLES_MOST);
  expect(files.filter(({ body }) => body.includes('zrender')).map(({ name }) => name)).toEqual([]);
}, 120_000);
