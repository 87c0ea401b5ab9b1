import { OPERATIONS } from '#adapter-kit';
import type { Capabilities, Operation } from '#adapter-kit';
import type { DatabaseProfile } from './profile/profile.ts';

/** What a database can do, as its profile says. */
export function capabilitiesOf({ entities, operations }: DatabaseProfile): Capabilities {
  const each = Object.entries(entities);
  const handsOver = Object.values(operations).some(({ handOver }) => handOver !== undefined);
  return {
    reads: Object.fromEntries(
      each.map(([name, { changes }]) => [name, changes.by === 'hash' ? 'snapshot' : 'incremental']),
    ),
    writes: Object.keys(OPERATIONS).filter((name): name is Operation =>
      Object.hasOwn(operations, name),
    ),
    deletions: each.some(
      ([, { deleted, changes }]) => deleted !== undefined || changes.by === 'log',
    )
      ? 'reported'
      : 'found-by-snapshot',
    ...(handsOver ? { handsOver } : {}),
  };
}
