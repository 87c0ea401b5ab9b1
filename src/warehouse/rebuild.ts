import type { Database } from '#database';
import { lastPosition, readChanges } from '#records';
import type { Change } from '#records';
import { BATCH_CHANGES } from './follow-records.ts';
import type { Warehouse } from './open-warehouse.ts';

/**
 * Builds the star anew from the whole log, in one step: queries see the old one until then.
 * What is written to the log meanwhile is the follower's.
 */
export async function rebuild(settings: {
  readonly database: Database;
  readonly warehouse: Pick<Warehouse, 'replaceAll'>;
  /** Hears how far in the log it is, and where that ends. */
  readonly onProgress?: (position: bigint, end: bigint) => void;
}): Promise<void> {
  const { database, warehouse, onProgress = () => undefined } = settings;
  await warehouse.replaceAll(wholeLog(database, onProgress));
}

async function* wholeLog(
  database: Database,
  onProgress: (position: bigint, end: bigint) => void,
): AsyncGenerator<readonly Change[]> {
  const end = await lastPosition(database.kysely);
  let after = 0n;
  while (after < end) {
    const page = await readChanges(database.kysely, { after, limit: BATCH_CHANGES });
    after = page.at(-1)?.position ?? end;
    onProgress(after, end);
    if (page.length > 0) yield page;
  }
}
