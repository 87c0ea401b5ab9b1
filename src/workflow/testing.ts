/** A worker as a process of its own, for the test that kills it: `node testing.ts <database url>`. */
import { openDatabase, rows, sql } from '#database';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import { runJobs } from './run-jobs.ts';
import type { JobWork } from './run-one.ts';

export const STEPS = 9;
const LEASE_MS = 600;

/** Does its steps, each of which leaves a mark; a step takes a while. */
export const marking =
  (database: Database): JobWork =>
  async ({ step, progress, signal }) => {
    for (let at = 1; at <= STEPS; at += 1) {
      signal.throwIfAborted();
      await step(`step ${at}`, async () => {
        await rows(database.kysely, sql`insert into mark (step) values (${at})`);
        await rows(database.kysely, sql`select pg_sleep(0.05)`);
        return at;
      });
      await progress({ done: at, of: STEPS });
    }
    return { marks: STEPS };
  };

if (process.argv[1] === import.meta.filename) {
  const database = await openDatabase({ url: process.argv[2] ?? '', poolSizeMax: 4 });
  await runJobs({
    database,
    clock: systemClock,
    random: Math.random,
    leaseMs: LEASE_MS,
    worker: `child-${process.pid}`,
    kinds: { mark: marking(database) },
    atOnce: 1,
    pollMs: 100,
  });
}
