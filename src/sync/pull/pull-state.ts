import { rows, sql } from '#database';
import type { Database, Handle } from '#database';
import type { Cursor, PullFrom } from '#adapter-kit';
import type { Instant } from '#kernel/time';

/** Where the reading of one entity stands, as of the last page that is in. */
export type PullState = {
  readonly id: number;
  readonly generation: number;
  readonly mode: 'snapshot' | 'changes';
  readonly cursor: Cursor | null;
  readonly pages: number;
  readonly documents: number;
  readonly unreadable: number;
  readonly completedAt: Instant | null;
};

const COLUMNS = sql`id, generation, mode, cursor, pages, documents, unreadable,
  completed_at as "completedAt"`;

/** What makes a reading begin anew. */
export type Beginning = {
  readonly integration: string;
  readonly entity: string;
  readonly mapping: string; // The print of its mappings.
  readonly anew: boolean; // A person, or the source's way of reading, asks for all of it.
  readonly isLost?: boolean; // Its place says nothing to the source any more.
};

/**
 * Opens an entity's reading where it stopped. A new generation begins when the mapping is another,
 * or when all is asked for and no snapshot is under way: one that is half done is finished instead,
 * unless its place is lost.
 */
export async function openPull(database: Database, wanted: Beginning): Promise<PullState> {
  const { integration, entity, mapping, anew, isLost = false } = wanted;
  const [state] = await rows<PullState>(
    database.kysely,
    sql`insert into sync.pull (integration, entity, mapping)
      values (${integration}, ${entity}, ${mapping})
      on conflict (integration, entity) do update set mapping = excluded.mapping
        where pull.mapping = excluded.mapping
          and not ${isLost}
          and not (${anew} and (pull.completed_at is not null or pull.cursor is null))
      returning ${COLUMNS}`,
  );
  if (state !== undefined) return state;
  const [begun] = await rows<PullState>(
    database.kysely,
    sql`update sync.pull set mapping = ${mapping}, generation = generation + 1, mode = 'snapshot',
        cursor = null, pages = 0, documents = 0, unreadable = 0, digest = '', completed_at = null
      where integration = ${integration} and entity = ${entity} returning ${COLUMNS}`,
  );
  if (begun === undefined) throw new Error(`the reading of ${entity} vanished while it was opened`);
  return begun;
}

/** Where the adapter is to go on. */
export function fromOf({ mode, cursor }: PullState): PullFrom {
  if (mode === 'changes' && cursor !== null) return { mode, after: cursor };
  return cursor === null ? { mode: 'snapshot' } : { mode: 'snapshot', after: cursor };
}

/** What one transaction adds to a reading. */
export type Step = {
  readonly cursor: Cursor;
  readonly keys: readonly string[];
  readonly unreadable: number;
  readonly digest: Buffer; // SHA-256 of the page's keys and hashes.
};

/** Moves a reading forward, in the transaction of the page it speaks of. */
export async function step(handle: Handle, state: PullState, page: Step): Promise<PullState> {
  const { id, generation, mode, pages, cursor } = state;
  const [moved] = await rows<PullState>(
    handle,
    sql`update sync.pull set cursor = ${page.cursor}, pages = pages + 1,
        documents = documents + ${page.keys.length}, unreadable = unreadable + ${page.unreadable},
        digest = sha256(digest || ${page.digest})
      where id = ${id} and generation = ${generation} and pages = ${pages} and mode = ${mode}
        and cursor is not distinct from ${cursor} returning ${COLUMNS}`,
  );
  if (moved === undefined) throw overtaken();
  if (mode === 'snapshot') {
    await rows(
      handle,
      sql`insert into sync.pull_page (pull, generation, number, keys, digest)
        values (${id}, ${generation}, ${pages + 1}, ${[...page.keys]}, ${page.digest})`,
    );
  }
  return moved;
}

/** A run whose process was killed may still commit what it had sent. */
const overtaken = (): Error => new Error('another run reads the same entity');

/** Notes a snapshot as complete; changes are asked for from `changesFrom`, where there are any. */
export async function complete(
  handle: Handle,
  state: PullState,
  at: Instant,
  changesFrom: Cursor | undefined,
): Promise<void> {
  const { id, generation, pages } = state;
  const mode = changesFrom === undefined ? 'snapshot' : 'changes';
  const done = await rows(
    handle,
    sql`update sync.pull set mode = ${mode}, cursor = ${changesFrom ?? null}, completed_at = ${at}
      where id = ${id} and generation = ${generation} and pages = ${pages} and mode = 'snapshot'
      returning id`,
  );
  if (done.length === 0) throw overtaken();
  await rows(handle, sql`delete from sync.pull_page where pull = ${id}`);
}

/** Where the readings stand that ask for changes alone, by entity. */
export async function changesPlaces(
  database: Database,
  integration: string,
): Promise<ReadonlyMap<string, Cursor>> {
  const found = await rows<{ entity: string; cursor: Cursor }>(
    database.kysely,
    sql`select entity, cursor from sync.pull
      where integration = ${integration} and mode = 'changes' and cursor is not null`,
  );
  return new Map(found.map(({ entity, cursor }) => [entity, cursor]));
}
