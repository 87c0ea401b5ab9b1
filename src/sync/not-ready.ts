import type { EntityState } from '#adapter-kit';
import { because } from '#kernel';
import type { Said } from '#kernel';
import { say } from './sentences.ts';

/** A file or table that cannot be read now, and why. */
export type NotReady = {
  readonly entity: string;
  readonly reason: string;
  readonly said?: Said; // The same for other languages.
};

/** Which of what a mapping needs cannot be read now, by what the source says of itself. */
export function notReadyOf(
  needed: ReadonlySet<string>,
  states: ReadonlyMap<string, EntityState>,
): readonly NotReady[] {
  return [...needed].flatMap((entity): readonly NotReady[] => {
    const state = states.get(entity);
    if (state?.ready === true) return [];
    const { notReadyBecause: reason, said } = state ?? {};
    if (reason === undefined) return [{ entity, ...because(say('not-there', {})) }];
    return [{ entity, reason, ...(said === undefined ? {} : { said }) }];
  });
}
