import { notify, rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';
import { JOBS_CHANNEL } from './add-job.ts';
import { JOB_COLUMNS, jobOf } from './job.ts';
import type { Job, JobProblem, JobRow, JobState } from './job.ts';

/** Takes the most urgent job that is due, or one whose worker was lost; never the same twice. */
export async function claimJob(
  handle: Handle,
  claim: {
    readonly at: Instant;
    readonly leaseUntil: Instant;
    readonly worker: string;
    readonly kinds: readonly string[];
  },
): Promise<Job | undefined> {
  const { at, leaseUntil, worker, kinds } = claim;
  const [row] = await rows<JobRow>(
    handle,
    sql`update workflow.job set state = 'running', fence = fence + 1, attempts = attempts + 1,
        lease_until = ${leaseUntil}, worker = ${worker}, updated_at = ${at},
        started_at = coalesce(started_at, ${at})
      where id = (
        select id from workflow.job
        where kind = any(${[...kinds]})
          and (state = 'waiting' and run_at <= ${at} or state = 'running' and lease_until < ${at})
        order by priority desc, run_at limit 1 for update skip locked)
      returning ${JOB_COLUMNS}`,
  );
  return row === undefined ? undefined : jobOf(row);
}

/** Keeps a job while it runs. Answers what is wished of it; undefined: it went to another worker. */
export async function renewLease(
  handle: Handle,
  { id, fence }: Job,
  leaseUntil: Instant,
): Promise<{ readonly wish: 'pause' | 'cancel' | null } | undefined> {
  const [row] = await rows<{ wish: 'pause' | 'cancel' | null }>(
    handle,
    sql`update workflow.job set lease_until = ${leaseUntil}
      where id = ${id} and fence = ${fence} and state = 'running' returning wish`,
  );
  return row;
}

/** What is wished of a job that runs; undefined: it went to another worker. */
export async function wishOf(
  handle: Handle,
  { id, fence }: Job,
): Promise<{ readonly wish: 'pause' | 'cancel' | null } | undefined> {
  const [row] = await rows<{ wish: 'pause' | 'cancel' | null }>(
    handle,
    sql`select wish from workflow.job where id = ${id} and fence = ${fence} and state = 'running'`,
  );
  return row;
}

/** How a run of a job has ended. */
export type Ending = {
  readonly state: JobState;
  readonly at: Instant;
  readonly runAt?: Instant; // When it is tried again.
  readonly result?: Json;
  readonly problem?: JobProblem;
  readonly uncounted?: boolean; // It was no fault of the job's.
};

/** Lets a job go. False: it went to another worker, who decides. */
export async function releaseJob(
  transaction: Handle,
  { id, fence }: Job,
  ending: Ending,
): Promise<boolean> {
  const { state, at, runAt, result, problem, uncounted = false } = ending;
  const final = state === 'done' || state === 'failed' || state === 'cancelled';
  const saved = await rows(
    transaction,
    sql`update workflow.job set state = ${state}, lease_until = null, wish = null, worker = null,
        run_at = coalesce(${runAt ?? null}::timestamptz, run_at), updated_at = ${at},
        attempts = attempts - ${uncounted ? 1 : 0},
        result = ${result === undefined ? null : canonicalJson(result)}::json,
        problem = ${problem === undefined ? null : canonicalJson(problem)}::json,
        finished_at = ${final ? at : null}::timestamptz
      where id = ${id} and fence = ${fence} and state = 'running' returning id`,
  );
  await notify(transaction, JOBS_CHANNEL);
  return saved.length === 1;
}
