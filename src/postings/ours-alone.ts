import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import { fieldNotOurs } from './holds-ours.ts';

/** What was sent, what was there before, and what was found when we looked: as canonical content. */
export type Weighed = {
  readonly sent: JsonObject;
  readonly before: JsonObject | undefined; // Undefined: it was created.
  readonly there: JsonObject;
};

/**
 * Whether what was found is what we wrote and nothing else: all that we sent has our value, and all
 * that we did not send is as it was. Of what was created, the system itself fills in the rest.
 */
export function isOursAlone({ sent, before, there }: Weighed): boolean {
  if (fieldNotOurs(sent, there) !== undefined) return false;
  if (before === undefined) return true;
  const others = Object.keys({ ...before, ...there }).filter((name) => !Object.hasOwn(sent, name));
  return others.every(
    (name) => canonicalJson(before[name] ?? null) === canonicalJson(there[name] ?? null),
  );
}
