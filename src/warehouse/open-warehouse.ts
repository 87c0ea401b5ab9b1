import type { DuckDBConnection } from '@duckdb/node-api';
import { assert, RialtoError } from '#kernel';
import { systemClock } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import type { LoggedChange } from './change.ts';
import type { WarehouseErrorCode } from './errors.ts';
import { createStaging, loadChanges } from './load-changes.ts';
import { openFile } from './open-file.ts';
import type { FileSettings } from './open-file.ts';
import { runQuery } from './run-query.ts';
import type { QueryParameters, QueryResult } from './run-query.ts';
import { EMPTY_SQL } from './schema.ts';

export type WarehouseSettings = FileSettings & { readonly clock?: Clock };

/** How far into the change log the star reaches, and since when. */
export type Freshness = { readonly position: bigint; readonly loadedAt: Instant | undefined };

/** The star schema in one DuckDB file, owned by this process alone. */
export type Warehouse = {
  /** The log position of the last change loaded; 0 before the first. */
  position(): Promise<bigint>;
  describeFreshness(): Promise<Freshness>;
  /**
   * Loads changes in position order, all or none; what is loaded already is passed over. `readAfter`
   * is the position they were read after: a star emptied since then takes none of them.
   */
  apply(changes: readonly LoggedChange[], readAfter?: bigint): Promise<void>;
  /** Runs one SELECT. It sees a committed state, never half a batch. */
  query(sql: string, parameters: QueryParameters): Promise<QueryResult>;
  /** Loads the whole log from nothing. Queries see the old star until the new one is complete. */
  replaceAll(pages: AsyncIterable<readonly LoggedChange[]>): Promise<void>;
  /** Empties the star: position 0. */
  reset(): Promise<void>;
  /** Calls after each commit with the position reached. */
  onLoaded(listener: (position: bigint) => void): () => void;
  /** Why the file found at opening was put aside, if it was. */
  readonly setAside: string | undefined;
  close(): Promise<void>;
};

/** Opens the warehouse; see `openFile` for what happens to a broken or older file. */
export async function openWarehouse(settings: WarehouseSettings): Promise<Warehouse> {
  const opened = await openFile(settings);
  const { instance, writer, setAside } = opened;
  await createStaging(writer);
  const clock = settings.clock ?? systemClock;
  const listeners = new Set<(position: bigint) => void>();
  let freshness = await readFreshness(writer);
  let open = true;
  let last: Promise<unknown> = Promise.resolve();

  /** One writer at a time: each waits for the one before, however that ended. */
  function exclusively<T>(write: () => Promise<T>): Promise<T> {
    if (!open) return Promise.reject(closed());
    const turn = last.then(write, write);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function commitAt(load: () => Promise<bigint | undefined>): Promise<void> {
    const loadedAt = clock();
    const position = await inTransaction(writer, async () => {
      const reached = await load();
      if (reached !== undefined) await savePosition(writer, reached, loadedAt);
      return reached;
    });
    if (position === undefined) return;
    freshness = { position, loadedAt };
    for (const listener of listeners) listener(position);
  }

  return {
    setAside,
    position: () => Promise.resolve(freshness.position),
    describeFreshness: () => Promise.resolve(freshness),
    apply: (changes, readAfter = 0n) =>
      exclusively(() =>
        commitAt(async () => {
          if (freshness.position < readAfter) return undefined;
          const reached = await loadAfter(writer, freshness.position, changes);
          return reached === freshness.position ? undefined : reached;
        }),
      ),
    async query(sql, parameters) {
      if (!open) throw closed();
      const connection = await instance.connect();
      try {
        return await runQuery(connection, sql, parameters);
      } finally {
        connection.closeSync();
      }
    },
    replaceAll: (pages) => exclusively(() => commitAt(() => loadFromNothing(writer, pages))),
    reset: () => exclusively(() => commitAt(() => loadFromNothing(writer, nothing()))),
    onLoaded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      if (!open) return;
      open = false;
      await last;
      opened.close();
    },
  };
}

async function loadFromNothing(
  writer: DuckDBConnection,
  pages: AsyncIterable<readonly LoggedChange[]>,
): Promise<bigint> {
  await writer.run(EMPTY_SQL);
  let position = 0n;
  for await (const page of pages) position = await loadAfter(writer, position, page);
  return position;
}

/** Loads what lies after `position` and returns the position reached. */
async function loadAfter(
  writer: DuckDBConnection,
  position: bigint,
  changes: readonly LoggedChange[],
): Promise<bigint> {
  const fresh = changes.filter((change) => change.position > position);
  let reached = position;
  for (const change of fresh) {
    assert(change.position > reached, `change ${change.position} comes after ${reached}`);
    reached = change.position;
  }
  if (fresh.length > 0) await loadChanges(writer, fresh);
  return reached;
}

async function inTransaction<T>(writer: DuckDBConnection, write: () => Promise<T>): Promise<T> {
  await writer.run('BEGIN');
  try {
    const result = await write();
    await writer.run('COMMIT');
    return result;
  } catch (error) {
    await writer.run('ROLLBACK').catch(() => undefined); // DuckDB may have ended it itself.
    if (error instanceof RialtoError) throw error;
    throw new RialtoError<WarehouseErrorCode>(
      'unavailable',
      'warehouse.load-failed',
      'loading changes into the warehouse',
      { cause: error },
    );
  }
}

async function savePosition(
  writer: DuckDBConnection,
  position: bigint,
  loadedAt: Instant,
): Promise<void> {
  await writer.run('UPDATE load_state SET position = $position, loaded_at = $loadedAt', {
    position,
    loadedAt,
  });
}

async function readFreshness(writer: DuckDBConnection): Promise<Freshness> {
  const reader = await writer.runAndReadAll('SELECT position, loaded_at FROM load_state');
  const [position, loadedAt] = reader.getRows()[0] ?? [];
  return {
    position: typeof position === 'bigint' ? position : 0n,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by savePosition.
    loadedAt: typeof loadedAt === 'string' ? (loadedAt as Instant) : undefined,
  };
}

// oxlint-disable-next-line eslint/require-yield -- an empty log has no page.
async function* nothing(): AsyncGenerator<readonly LoggedChange[]> {}

const closed = (): RialtoError<WarehouseErrorCode> =>
  new RialtoError('unavailable', 'warehouse.closed', 'using a warehouse that is closed');
