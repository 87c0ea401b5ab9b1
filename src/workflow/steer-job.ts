import { notify, rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';
import { JOBS_CHANNEL } from './add-job.ts';
import { workflowError } from './errors.ts';
import { JOB_COLUMNS, jobOf } from './job.ts';
import type { Job, JobRow, JobState } from './job.ts';

/** Keeps a job from going on; a running one stops as soon as its work looks up. */
export async function pauseJob(handle: Handle, id: string, at: Instant): Promise<Job> {
  return await steer(handle, id, ['waiting', 'running'], {
    statement: sql`update workflow.job set updated_at = ${at},
        state = case when state = 'waiting' then 'paused' else state end,
        wish = case when state = 'running' then 'pause' end
      where id = ${id} and state in ('waiting', 'running') returning ${JOB_COLUMNS}`,
  });
}

/** Lets a paused job go on where it stood: its finished steps are not done again. */
export async function resumeJob(handle: Handle, id: string, at: Instant): Promise<Job> {
  return await steer(handle, id, ['paused'], {
    statement: sql`update workflow.job set state = 'waiting', run_at = ${at}, updated_at = ${at}
      where id = ${id} and state = 'paused' returning ${JOB_COLUMNS}`,
  });
}

/** Ends a job for good; a running one as soon as its work looks up. */
export async function cancelJob(handle: Handle, id: string, at: Instant): Promise<Job> {
  return await steer(handle, id, ['waiting', 'running', 'paused'], {
    statement: sql`update workflow.job set updated_at = ${at},
        finished_at = case when state = 'running' then null else ${at}::timestamptz end,
        wish = case when state = 'running' then 'cancel' end,
        state = case when state = 'running' then state else 'cancelled' end
      where id = ${id} and state in ('waiting', 'running', 'paused') returning ${JOB_COLUMNS}`,
  });
}

/** Tries a failed job again, from its last finished step. */
export async function retryJob(handle: Handle, id: string, at: Instant): Promise<Job> {
  return await steer(handle, id, ['failed'], {
    statement: sql`update workflow.job set state = 'waiting', attempts = 0, run_at = ${at},
        finished_at = null, updated_at = ${at}
      where id = ${id} and state = 'failed' returning ${JOB_COLUMNS}`,
  });
}

async function steer(
  handle: Handle,
  id: string,
  states: readonly JobState[],
  { statement }: { readonly statement: ReturnType<typeof sql> },
): Promise<Job> {
  const [changed] = await rows<JobRow>(handle, statement);
  if (changed !== undefined) {
    await notify(handle, JOBS_CHANNEL);
    return jobOf(changed);
  }
  const [there] = await rows<{ state: JobState }>(
    handle,
    sql`select state from workflow.job where id = ${id}`,
  );
  if (there === undefined) {
    const remedy = 'Look at the list of jobs.';
    throw workflowError('not-found', 'workflow.unknown-job', `there is no job ${id}`, remedy);
  }
  throw workflowError(
    'conflict',
    'workflow.wrong-state',
    `job ${id} is ${there.state}, not ${states.join(' or ')}`,
    'Look at it again: it has moved on.',
  );
}
