import { setTimeout as pause } from 'node:timers/promises';
import { notify, rows, sql } from '#database';
import type { Database } from '#database';
import { canonicalJson, describeError, RialtoError } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import { JOBS_CHANNEL } from './add-job.ts';
import { releaseJob, renewLease, wishOf } from './claim-job.ts';
import type { Ending } from './claim-job.ts';
import type { Job, JobProblem } from './job.ts';

/** What a job's work is given. */
export type JobContext = {
  readonly job: Job;
  readonly input: JsonObject;
  /** Aborted when the job is to pause or end, or was lost to another worker: stop soon. */
  readonly signal: AbortSignal;
  /** Shows how far it is. */
  readonly progress: (progress: Json) => Promise<void>;
  /**
   * Does a part of the work and remembers its result: after a kill, a finished step is not done
   * again. Until it is remembered it may be done twice, so it looks first, or does no harm twice.
   */
  readonly step: <T extends Json>(name: string, work: () => Promise<T>) => Promise<T>;
};

/** The work behind a kind of job. Its result is kept with the job. */
export type JobWork = (context: JobContext) => Promise<Json | undefined>;

/** What a worker needs to run a job. */
export type RunContext = {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: () => number; // From 0 up to 1.
  readonly leaseMs: number; // A worker that is silent for so long is taken for lost.
};

/** A job under way. */
export type Running = {
  /** Looks whether something is wished of it. */
  look(): Promise<void>;
  /** Gives it back as it stands, to be gone on with by another. */
  giveBack(): void;
  readonly ended: Promise<void>;
};

type Stop = 'pause' | 'cancel' | 'lost' | 'closing';

const RETRY_MS = 2_000;
const RETRY_MS_MAX = 600_000;

/** Begins a job that was claimed. */
export function runOne(context: RunContext, job: Job, work: JobWork): Running {
  const { database, clock, leaseMs } = context;
  const stopping = new AbortController();
  const over = new AbortController();
  let stop: Stop | undefined;
  const end = (why: Stop): void => {
    stop ??= why;
    stopping.abort(new Error(`the job is to stop: ${why}`));
  };
  function heed(wished: Awaited<ReturnType<typeof wishOf>>): void {
    if (over.signal.aborted) return;
    if (wished === undefined) end('lost');
    else if (wished.wish !== null) end(wished.wish);
  }
  const look = async (): Promise<void> => heed(await wishOf(database.kysely, job));
  const renew = async (): Promise<void> =>
    heed(await renewLease(database.kysely, job, plus(clock(), leaseMs)));
  async function heartbeat(): Promise<void> {
    while (!over.signal.aborted) {
      const { signal } = over;
      await pause(leaseMs / 3, undefined, { signal }).catch(() => undefined);
      if (!over.signal.aborted) await renew().catch(() => undefined); // The lease may still hold.
    }
  }
  async function run(): Promise<void> {
    const { input } = job;
    const parts = { job, input, signal: stopping.signal, ...tools(context, job) };
    const ending = await work(parts).then(
      (result): Ending => ({
        state: 'done',
        at: clock(),
        ...(result === undefined ? {} : { result }),
      }),
      (error: unknown) => endingOf(context, job, error, stop),
    );
    over.abort();
    if (stop !== 'lost') await releaseJob(database.kysely, job, ending);
  }
  void heartbeat();
  return { look, giveBack: () => end('closing'), ended: run() };
}

function tools(
  { database, clock }: RunContext,
  { id, fence }: Job,
): Pick<JobContext, 'progress' | 'step'> {
  return {
    async progress(progress) {
      await rows(
        database.kysely,
        sql`update workflow.job set progress = ${canonicalJson(progress)}, updated_at = ${clock()}
          where id = ${id} and fence = ${fence} and state = 'running'`,
      );
      await notify(database.kysely, JOBS_CHANNEL);
    },
    async step<T extends Json>(name: string, work: () => Promise<T>) {
      const [done] = await rows<{ result: T }>(
        database.kysely,
        sql`select result from workflow.step where job_id = ${id} and name = ${name}`,
      );
      if (done !== undefined) return done.result;
      const result = await work();
      await rows(
        database.kysely,
        sql`insert into workflow.step (job_id, name, result, finished_at)
          select id, ${name}, ${canonicalJson(result)}::json, ${clock()}::timestamptz
          from workflow.job where id = ${id} and fence = ${fence}
          on conflict (job_id, name) do nothing`,
      );
      return result;
    },
  };
}

function endingOf(
  { clock, random }: RunContext,
  job: Job,
  error: unknown,
  stop: Stop | undefined,
): Ending {
  const at = clock();
  if (stop === 'cancel') return { state: 'cancelled', at };
  if (stop === 'pause') return { state: 'paused', at, uncounted: true };
  if (stop !== undefined) return { state: 'waiting', at, runAt: at, uncounted: true };
  const problem = problemOf(error);
  if (!mayPass(error) || job.attempts >= job.attemptsMax) return { state: 'failed', at, problem };
  const ceiling = Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** (job.attempts - 1));
  const waitMs = Math.max(retryAfterOf(error), Math.ceil((ceiling * (1 + random())) / 2));
  return { state: 'waiting', at, runAt: plus(at, waitMs), problem };
}

/** Only the world gets better by waiting; a wrong request or a bug does not. */
const mayPass = (error: unknown): boolean =>
  isRialto(error) && (error.kind === 'limited' || error.kind === 'unavailable');

const retryAfterOf = (error: unknown): number => (isRialto(error) ? (error.retryAfterMs ?? 0) : 0);

const isRialto = (error: unknown): error is RialtoError => error instanceof RialtoError;

function problemOf(error: unknown): JobProblem {
  const message = describeError(error);
  if (!isRialto(error)) return { message };
  const { code, remedy } = error;
  return { message, code, ...(remedy === undefined ? {} : { remedy }) };
}

/** The instant so many milliseconds later. */
export const plus = (at: Instant, ms: number): Instant => instantOf(millisecondsOf(at) + ms);
