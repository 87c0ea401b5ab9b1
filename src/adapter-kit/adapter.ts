import type { Cursor, EntityState, RowsPage } from './row.ts';

/** One source system behind one face. Stateless: places, retries and pacing belong to sync. */
export type Adapter = {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Looks whether the source can be read as configured. Every check answers, none throws. */
  test(stop: AbortSignal): Promise<readonly ConnectionCheck[]>;
  /** Says of each entity whether it is there, at rest, and the same as last time. */
  survey(stop: AbortSignal): Promise<readonly EntityState[]>;
  /** Yields pages in source order after a cursor, or from the start. Replay is harmless. */
  read(entity: string, after: Cursor | undefined, stop: AbortSignal): AsyncIterable<RowsPage>;
};

/** What a source can do, as data: sync plans by it, and the contract tests hold it to it. */
export type Capabilities = {
  readonly reads: Readonly<Partial<Record<string, 'snapshot' | 'incremental'>>>; // By entity.
  readonly writes: readonly [];
  readonly deletions: 'reported' | 'found-by-snapshot' | 'invisible';
};

/** One line of a connection check, in words a person can act on. */
export type ConnectionCheck = {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
};
