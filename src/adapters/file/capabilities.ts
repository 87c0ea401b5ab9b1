import type { Capabilities } from '#adapter-kit';
import type { FileLayout } from './layout.ts';
import { operationsOf } from './outbound/layout.ts';

const SEND_MS_MAX = 120_000; // A file over SFTP, with its note and manifest.
const LOOK_MS = 60_000; // Answers come as files: nobody writes them at once.

/** A folder is always read whole: what is no longer in a file is gone. */
export function capabilitiesOf(layout: FileLayout): Capabilities {
  const entities = Object.keys(layout.entities);
  const { outbound } = layout;
  return {
    reads: Object.fromEntries(entities.map((entity) => [entity, 'snapshot'])),
    writes: outbound === undefined ? [] : operationsOf(outbound),
    deletions: 'found-by-snapshot',
    ...(outbound === undefined
      ? {}
      : { handsOver: true, patience: { sendMsMax: SEND_MS_MAX, lookMs: LOOK_MS } }),
  };
}
