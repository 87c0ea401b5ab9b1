import { sql } from '#database';
import type { Json, JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';

/** Where a job stands. The last three are the end, but a failed one may be retried. */
export type JobState = 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';

/** Why a job failed, or why it is tried again later. */
export type JobProblem = {
  readonly message: string;
  readonly code?: string;
  readonly remedy?: string;
};

/** A piece of work, as its row says. */
export type Job = {
  readonly id: string;
  readonly kind: string;
  readonly input: JsonObject;
  readonly priority: number; // Higher first.
  readonly state: JobState;
  readonly wish?: 'pause' | 'cancel'; // Asked of the worker that is running it.
  readonly runAt: Instant;
  readonly attempts: number;
  readonly attemptsMax: number;
  readonly worker?: string;
  readonly fence: bigint;
  readonly progress?: Json;
  readonly result?: Json;
  readonly problem?: JobProblem;
  readonly schedule?: string;
  readonly by: string;
  readonly createdAt: Instant;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
};

/** A row as PostgreSQL gives it. */
export type JobRow = {
  readonly id: string;
  readonly kind: string;
  readonly input: JsonObject;
  readonly priority: number;
  readonly state: JobState;
  readonly wish: 'pause' | 'cancel' | null;
  readonly run_at: Instant;
  readonly attempts: number;
  readonly attempts_max: number;
  readonly worker: string | null;
  readonly fence: string;
  readonly progress: Json;
  readonly result: Json;
  readonly problem: JobProblem | null;
  readonly schedule: string | null;
  readonly by: string;
  readonly created_at: Instant;
  readonly started_at: Instant | null;
  readonly finished_at: Instant | null;
};

/** The columns of a row, in SQL. */
export const JOB_COLUMNS = sql.raw(
  `id, kind, input, priority, state, wish, run_at, attempts, attempts_max, worker, fence, progress,
    result, problem, schedule, by, created_at, started_at, finished_at`,
);

/** The row as the rest of the code sees it. */
export function jobOf(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    input: row.input,
    priority: row.priority,
    state: row.state,
    runAt: row.run_at,
    attempts: row.attempts,
    attemptsMax: row.attempts_max,
    fence: BigInt(row.fence),
    by: row.by,
    createdAt: row.created_at,
    ...(row.wish === null ? {} : { wish: row.wish }),
    ...(row.worker === null ? {} : { worker: row.worker }),
    ...(row.progress === null ? {} : { progress: row.progress }),
    ...(row.result === null ? {} : { result: row.result }),
    ...(row.problem === null ? {} : { problem: row.problem }),
    ...(row.schedule === null ? {} : { schedule: row.schedule }),
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
  };
}
