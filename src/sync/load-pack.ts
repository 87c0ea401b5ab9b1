import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncError } from './errors.ts';
import { DocumentPackSchema } from './mapping/document-pack.ts';
import type { DocumentPack } from './mapping/document-pack.ts';
import { compileMapping } from './mapping/map-document.ts';
import { PackSchema } from './mapping/pack.ts';
import type { Pack } from './mapping/pack.ts';
import { planOf } from './mapping/plan.ts';
import { entityPlansOf } from './pull/entity-plan.ts';

/** A pack of either form: for rows that are to be joined, or for whole documents. */
export type AnyPack = Pack | DocumentPack;

/** Reads a pack that ships with Rialto. Fails with `sync.no-pack`. */
export async function loadPack(name: string): Promise<AnyPack> {
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
export function parsePack(name: string, document: unknown): AnyPack {
  const ofRows = typeof document === 'object' && document !== null && 'layout' in document;
  const parsed = (ofRows ? PackSchema : DocumentPackSchema).safeParse(document);
  if (!parsed.success) {
    throw syncError('invalid', 'sync.bad-mapping', `reading the mapping '${name}'`, {
      cause: parsed.error,
      remedy: z.prettifyError(parsed.error).slice(0, 2000),
    });
  }
  const pack = parsed.data;
  if (!('layout' in pack)) entityPlansOf(pack);
  else for (const mapping of pack.mappings) compileMapping(planOf(pack, mapping));
  return pack;
}
