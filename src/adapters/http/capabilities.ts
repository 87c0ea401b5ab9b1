import { OPERATIONS } from '#adapter-kit';
import type { Capabilities, Operation } from '#adapter-kit';
import type { HttpProfile } from './profile/profile.ts';

/** What a system can do, as its profile says. */
export function capabilitiesOf({ entities, operations }: HttpProfile): Capabilities {
  const each = Object.entries(entities);
  return {
    reads: Object.fromEntries(
      each.map(([name, { changes }]) => [name, changes === undefined ? 'snapshot' : 'incremental']),
    ),
    writes: Object.keys(OPERATIONS).filter((name): name is Operation =>
      Object.hasOwn(operations, name),
    ),
    deletions: each.some(([, { deleted }]) => deleted !== undefined)
      ? 'reported'
      : 'found-by-snapshot',
  };
}
