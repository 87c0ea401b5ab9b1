import generic from './profiles/generic.json' with { type: 'json' };
import impact from './profiles/impact.json' with { type: 'json' };
import { parseHttpProfile } from './profile/profile.ts';
import type { HttpProfile } from './profile/profile.ts';

const SHIPPED: Readonly<Record<string, unknown>> = { generic, impact };

/** The names of the profiles that come with Rialto. */
export const SHIPPED_PROFILES: readonly string[] = Object.keys(SHIPPED);

/** A profile that comes with Rialto; undefined: none has this name. */
export function shippedProfile(name: string): HttpProfile | undefined {
  return Object.hasOwn(SHIPPED, name) ? parseHttpProfile(SHIPPED[name]) : undefined;
}
