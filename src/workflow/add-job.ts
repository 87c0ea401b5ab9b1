import { notify, rows, sql } from '#database';
import type { Handle } from '#database';
import { assert, canonicalJson, newId } from '#kernel';
import type { JsonObject } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { JOB_COLUMNS, jobOf } from './job.ts';
import type { Job, JobRow } from './job.ts';

/** Rings when a job was added, has moved, or has told of its progress. */
export const JOBS_CHANNEL = 'workflow';

/** Work that somebody wants done. */
export type JobDraft = {
  readonly kind: string;
  readonly input: JsonObject;
  readonly by: string;
  readonly priority?: number; // Higher first. 0.
  readonly runAt?: Instant; // Not before. Now.
  readonly onlyOne?: string; // While a job with it is open, asking again answers that job.
  readonly attemptsMax?: number; // 5.
  readonly schedule?: string; // The schedule that began it.
};

const ATTEMPTS_MAX = 5;

/** Adds a job in the caller's transaction: it exists when that commits, and a worker is woken. */
export async function addJob(
  transaction: Handle,
  draft: JobDraft,
  at: Instant,
): Promise<{ readonly job: Job; readonly created: boolean }> {
  const { kind, input, by, priority = 0, runAt = at, onlyOne, schedule } = draft;
  const id = newId('job', millisecondsOf(at));
  const [made] = await rows<JobRow>(
    transaction,
    sql`insert into workflow.job (id, kind, input, priority, only_one, state, run_at, attempts_max,
        schedule, by, created_at, updated_at)
      values (${id}, ${kind}, ${canonicalJson(input)}, ${priority}, ${onlyOne ?? null}, 'waiting',
        ${runAt}, ${draft.attemptsMax ?? ATTEMPTS_MAX}, ${schedule ?? null}, ${by}, ${at}, ${at})
      on conflict (only_one) where state in ('waiting', 'running', 'paused') do nothing
      returning ${JOB_COLUMNS}`,
  );
  if (made !== undefined) {
    await notify(transaction, JOBS_CHANNEL);
    return { job: jobOf(made), created: true };
  }
  const [open] = await rows<JobRow>(
    transaction,
    sql`select ${JOB_COLUMNS} from workflow.job where only_one = ${onlyOne ?? null}
      order by created_at desc limit 1`,
  );
  assert(open !== undefined, 'a job that stood in the way is there');
  return { job: jobOf(open), created: false };
}
