import type { DocumentAdapter } from '#adapter-kit';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import type { Tally } from '../tally.ts';

/** What all entities of one run share. */
export type PullContext = {
  readonly database: Database;
  readonly clock: Clock;
  readonly integration: string;
  readonly mappingVersion: number;
  readonly adapter: DocumentAdapter;
  readonly runId: string;
  readonly signal: AbortSignal;
  readonly pageSize: number; // Documents a transaction.
  readonly acceptDeletions: boolean;
  readonly full: boolean; // Read everything, whatever the source can tell of changes.
  readonly entities?: readonly string[]; // Only these; absent: all.
  readonly tally: Tally;
};
