import type { Capabilities } from '#adapter-kit';
import type { FileLayout } from './layout.ts';

/** A folder is always read whole: what is no longer in a file is gone. */
export function capabilitiesOf(layout: FileLayout): Capabilities {
  const entities = Object.keys(layout.entities);
  return {
    reads: Object.fromEntries(entities.map((entity) => [entity, 'snapshot'])),
    writes: [],
    deletions: 'found-by-snapshot',
  };
}
