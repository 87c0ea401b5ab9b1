import { lookedAt, sayCheck } from '#adapter-kit/checks';
import type { ConnectionCheck, DocumentAdapter } from '#adapter-kit';
import { CAPABILITIES } from './capabilities.ts';
import { ENTITIES, entityNamed, ownerOf } from './entities.ts';
import { embeddedError } from './errors.ts';
import { followErp } from './follow.ts';
import type { EmbeddedErp } from './port.ts';
import { pullDocuments } from './pull-documents.ts';
import { writerOf } from './writer.ts';

/** One legal entity of the embedded ERP as an adapter. */
export function connectEmbedded(erp: EmbeddedErp): DocumentAdapter {
  return {
    name: 'embedded',
    capabilities: CAPABILITIES,
    test: (stop) => check(erp, stop),
    async *pull(name, from, stop) {
      yield* pullDocuments(erp, entityNamed(name), from, stop);
    },
    async fetch(name, key, stop) {
      stop.throwIfAborted();
      const entity = entityNamed(name);
      const { documents } = await erp.read(entity, [ownerOf(entity, key)]);
      return documents.find((document) => document.key === key);
    },
    follow: (places, stop) => followErp(erp, places, stop),
    writer: writerOf(erp),
  };
}

/** Looks whether the legal entity is there, then reads a page of everything. */
async function check(erp: EmbeddedErp, stop: AbortSignal): Promise<readonly ConnectionCheck[]> {
  const founded = await lookedAt(sayCheck('connection', {}), async () => {
    stop.throwIfAborted();
    const entity = await erp.legalEntity();
    if (entity !== undefined) return sayCheck('works-in-company', { company: entity.name });
    throw embeddedError('not-found', 'embedded.no-legal-entity', 'there is no such legal entity', {
      remedy: 'Found it first: docs/guides/embedded-erp.md.',
    });
  });
  if (!founded.ok) return [founded];
  const checks = [founded];
  for (const entity of ENTITIES) {
    const reading = lookedAt(sayCheck('read', { entity }), async () => {
      const keys = await erp.keysAfter(entity, undefined, 100);
      await erp.read(entity, keys);
      return sayCheck(keys.length === 0 ? 'empty' : 'readable', {});
    });
    checks.push(await reading);
  }
  return checks;
}
