import { sql } from 'kysely';
import { rows } from './connect.ts';
import type { Database, Handle } from './connect.ts';

const MANY = 1_000; // Rows, of one table.

/** The tables, as 'schema.table', that this transaction has put many rows into, kept or taken back. */
export async function tablesFilled(tx: Handle): Promise<readonly string[]> {
  const found = await rows<{ name: string }>(
    tx,
    sql`select schemaname || '.' || relname as name from pg_stat_xact_user_tables
      where n_tup_ins >= ${MANY} order by 1`,
  );
  return found.map(({ name }) => name);
}

/**
 * Gives back the room of rows that were taken back. PostgreSQL does so by itself within a minute; should
 * somebody be filling the same tables again by then, it takes them for empty and plans for no rows.
 */
export async function giveBackRoom(database: Database, tables: readonly string[]): Promise<void> {
  for (const table of tables) await rows(database.kysely, sql`vacuum ${sql.table(table)}`);
}
