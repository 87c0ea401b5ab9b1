import { setTimeout as pause } from 'node:timers/promises';
import { listen } from '#database';
import { JOBS_CHANNEL } from './add-job.ts';
import { claimJob, releaseJob } from './claim-job.ts';
import type { Job } from './job.ts';
import { plus, runOne } from './run-one.ts';
import type { JobWork, RunContext, Running } from './run-one.ts';
import { beginDue } from './schedule.ts';

/** A worker that can be put down; what it is doing is given back, and gone on with later. */
export type Worker = { close(): Promise<void> };

type Options = RunContext & {
  readonly worker: string; // Its name, shown with the job.
  readonly kinds: Readonly<Record<string, JobWork>>;
  readonly atOnce: number;
  readonly pollMs?: number;
  readonly onTrouble?: (error: unknown) => void; // The database was away, or a bug. It goes on.
};

const POLL_MS = 1_000;

/** Runs jobs and begins what is scheduled, until it is closed. A doorbell wakes it, or the poll. */
export async function runJobs(options: Options): Promise<Worker> {
  const { database, clock, pollMs = POLL_MS, onTrouble = () => undefined } = options;
  const closing = new AbortController();
  const running = new Set<Running>();
  let alarms = new AbortController();
  const wake = (): void => {
    alarms.abort();
    alarms = new AbortController();
  };
  const listening = await listen(database, JOBS_CHANNEL, () => {
    for (const one of running) void one.look().catch(() => undefined);
    wake();
  });

  async function fill(): Promise<void> {
    await beginDue(database, clock);
    while (running.size < options.atOnce && !closing.signal.aborted) {
      const job = await claimed(options);
      if (job === undefined) return;
      begin(job);
    }
  }
  function begin(job: Job): void {
    const work = options.kinds[job.kind];
    if (work === undefined) return; // Only kinds that it has are claimed.
    const one = runOne(options, job, work);
    running.add(one);
    void one.ended.catch(onTrouble).finally(() => {
      running.delete(one);
      wake();
    });
  }
  async function loop(): Promise<void> {
    while (!closing.signal.aborted) {
      const { signal } = alarms; // Taken before looking: a ring meanwhile is not missed.
      await fill().catch(onTrouble);
      if (closing.signal.aborted) return;
      await pause(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
  const looping = loop();
  return {
    async close() {
      closing.abort();
      wake();
      await looping;
      for (const one of running) one.giveBack();
      await Promise.all([...running].map(({ ended }) => ended.catch(onTrouble)));
      await listening.close();
    },
  };
}

/** The next job; one whose worker was lost too often has failed. */
async function claimed(options: Options): Promise<Job | undefined> {
  const { database, clock, leaseMs, worker, kinds } = options;
  for (;;) {
    const at = clock();
    const leaseUntil = plus(at, leaseMs);
    const names = Object.keys(kinds);
    const job = await claimJob(database.kysely, { at, leaseUntil, worker, kinds: names });
    if (job === undefined || job.attempts <= job.attemptsMax) return job;
    const problem = { message: `its worker was lost ${job.attemptsMax} times` };
    await releaseJob(database.kysely, job, { state: 'failed', at, problem });
  }
}
