import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectFile, localFolder } from './index.ts';
import { layoutOf, makeFolder } from './testing.ts';

const soon = (): AbortSignal => AbortSignal.timeout(60_000);
const layout = layoutOf({ rows: { file: 'rows.csv', columns: ['a'], manifest: 'm.json' } });

test('a folder looks otherwise when one of its files or manifests comes, and only then', async () => {
  const folder = await makeFolder({});
  const source = localFolder(folder);
  const { arrivals } = connectFile({ folder: source, layout, lookEveryMs: 1000 });
  const looks = [await arrivals?.look(soon())];
  for (const name of ['rows.csv', 'm.json', 'other.csv']) {
    await writeFile(join(folder, name), 'x');
    looks.push(await arrivals?.look(soon()));
  }
  expect(new Set(looks).size).toBe(3);
  expect(looks[3]).toBe(looks[2]);
  expect(connectFile({ folder: source, layout }).arrivals).toBeUndefined();
});

test('a folder of this machine says at once that something stirs there', async () => {
  const folder = await makeFolder({});
  const { arrivals } = connectFile({ folder: localFolder(folder), layout, lookEveryMs: 1000 });
  const { promise, resolve } = Promise.withResolvers<string>();
  const stop = arrivals?.watch?.(() => resolve('it stirs'));
  await writeFile(join(folder, 'rows.csv'), 'x');
  expect(await promise).toBe('it stirs');
  stop?.();
});
