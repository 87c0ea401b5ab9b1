import { readFile } from 'node:fs/promises';
import { rows, sql } from '#database';
import type { Database } from '#database';

/** Processor time of the one connection's server process, where the system tells (Linux). */
export async function serverSeconds(database: Database): Promise<number> {
  const [found] = await rows<{ pid: number }>(database.kysely, sql`select pg_backend_pid() as pid`);
  const stat = await readFile(`/proc/${found?.pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100; // Ticks of a hundredth.
}
