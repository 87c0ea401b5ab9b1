import type { Pool } from 'pg';

/** How transactions begin and end. `after` is asked together with the commit, and waited for. */
export type Ending = { readonly begin: string; readonly after?: string };

const BEGIN = 'begin isolation level read committed';

/** The commit answers, and locks end, when the disk has it. */
export const AT_ONCE: Ending = { begin: BEGIN };

/**
 * Locks end as soon as the commit stands in the log's memory, so that who waits for a number does not
 * wait for the disk, and several commits share one write. Whoever committed hears of it when the disk has
 * it: a message that says nothing is written behind it and everything before it flushed. Should the server
 * die in between, an end of the log is lost, which nobody was told of.
 */
const EARLY = {
  begin: `${BEGIN}; set local synchronous_commit to off`,
  after: `select pg_logical_emit_message(false, 'rialto', '', true)
    where pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn()`,
} as const satisfies Ending;

/** Locks end early where the server knows how to flush (PostgreSQL 17) and lets us. */
export async function endingOf(pool: Pool): Promise<Ending> {
  try {
    await pool.query(EARLY.after);
    return EARLY;
  } catch {
    return AT_ONCE;
  }
}
