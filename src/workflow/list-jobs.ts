import { listen, rows, sql } from '#database';
import type { Database, Handle, Listening } from '#database';
import { JOBS_CHANNEL } from './add-job.ts';
import { JOB_COLUMNS, jobOf } from './job.ts';
import type { Job, JobRow, JobState } from './job.ts';

/** Which jobs; what is left out does not matter. */
export type JobFilter = {
  readonly kind?: string;
  readonly states?: readonly JobState[];
  readonly schedule?: string;
};

/** A page of jobs, the newest first. */
export async function listJobs(
  handle: Handle,
  query: JobFilter & { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly Job[]; readonly total: number }> {
  const { kind, states, schedule, offset, limit } = query;
  const where = sql.join(
    [
      sql`true`,
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(states === undefined ? [] : [sql`state = any(${[...states]})`]),
      ...(schedule === undefined ? [] : [sql`schedule = ${schedule}`]),
    ],
    sql` and `,
  );
  const [counted] = await rows<{ total: string }>(
    handle,
    sql`select count(*) as total from workflow.job where ${where}`,
  );
  const found = await rows<JobRow>(
    handle,
    sql`select ${JOB_COLUMNS} from workflow.job where ${where}
      order by created_at desc, id desc limit ${limit} offset ${offset}`,
  );
  return { rows: found.map(jobOf), total: Number(counted?.total ?? 0) };
}

/** One job by its id. */
export async function findJob(handle: Handle, id: string): Promise<Job | undefined> {
  const [row] = await rows<JobRow>(
    handle,
    sql`select ${JOB_COLUMNS} from workflow.job where id = ${id}`,
  );
  return row === undefined ? undefined : jobOf(row);
}

/** Calls `listener` when some job has moved or told of its progress: a doorbell, it says "look". */
export const onJobs = (database: Database, listener: () => void): Promise<Listening> =>
  listen(database, JOBS_CHANNEL, listener);
