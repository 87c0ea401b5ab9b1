import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncError } from './errors.ts';
import { compileMapping } from './mapping/map-document.ts';
import { PackSchema } from './mapping/pack.ts';
import type { Pack } from './mapping/pack.ts';
import { planOf } from './mapping/plan.ts';

/** Reads a pack that ships with Rialto. Fails with `sync.no-pack`. */
export async function loadPack(name: string): Promise<Pack> {
  const file = join(import.meta.dirname, 'packs', `${name}.json`);
  const known = /^[a-z][a-z0-9-]*$/.test(name);
  const text = known ? await readFile(file, 'utf8').catch(() => undefined) : undefined;
  if (text === undefined) {
    throw syncError('not-found', 'sync.no-pack', `loading the mapping '${name}'`, {
      remedy: 'Name a mapping that ships with Rialto, such as adventureworks.',
    });
  }
  return parsePack(name, JSON.parse(text));
}

/** Checks a pack's form and that every column it names is there. */
export function parsePack(name: string, document: unknown): Pack {
  const parsed = PackSchema.safeParse(document);
  if (!parsed.success) {
    throw syncError('invalid', 'sync.bad-mapping', `reading the mapping '${name}'`, {
      cause: parsed.error,
      remedy: z.prettifyError(parsed.error).slice(0, 2000),
    });
  }
  for (const mapping of parsed.data.mappings) compileMapping(planOf(parsed.data, mapping));
  return parsed.data;
}
