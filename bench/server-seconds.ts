import { rows, sql } from '#database';
import type { Database } from '#database';
import { secondsOf } from './process-family.ts';

/** Processor time of the one connection's server process, where the system tells (Linux). */
export async function serverSeconds(database: Database): Promise<number> {
  const [found] = await rows<{ pid: number }>(database.kysely, sql`select pg_backend_pid() as pid`);
  return secondsOf(found?.pid ?? 0);
}
