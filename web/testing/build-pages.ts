import { join } from 'node:path';
import { build } from 'vite';
import { temporaryFolder } from '#kernel/testing';

const CONFIG = join(import.meta.dirname, '../vite.config.ts');

/** Builds the pages as they are now into a folder of their own. */
export async function buildPages(): Promise<string> {
  const outDir = temporaryFolder('pages');
  process.env['NODE_ENV'] = 'production'; // Vitest says 'test', and React would come with its checks.
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}
