import { createHash } from 'node:crypto';
import type { SourceDocument } from '#adapter-kit';
import { canonicalJson } from '#kernel';
import type { EntityPlan } from './entity-plan.ts';

/** SHA-256 of what a document says and of how it is mapped: equal, nothing is to be done. */
export function documentHash(entity: EntityPlan, { content, deleted }: SourceDocument): Buffer {
  const text = `${entity.print}${deleted === true ? '-' : '+'}${canonicalJson(content)}`;
  return createHash('sha256').update(text).digest();
}
