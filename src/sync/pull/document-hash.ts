import { hash } from 'node:crypto';
import type { SourceDocument } from '#adapter-kit';
import type { EntityPlan } from './entity-plan.ts';

/**
 * SHA-256 of what a document says and of how it is mapped: equal, nothing is to be done. A source that
 * writes the same fields in another order is mapped again, and found unchanged then.
 */
export function documentHash(entity: EntityPlan, { content, deleted }: SourceDocument): Buffer {
  const text = `${entity.print}${deleted === true ? '-' : '+'}${JSON.stringify(content)}`;
  return hash('sha256', text, 'buffer');
}
