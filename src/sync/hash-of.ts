import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';

/** SHA-256 of a value's canonical JSON, in hex. */
export function hashOf(value: unknown): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- packs are JSON by their schema.
  const json = value as Json;
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}
