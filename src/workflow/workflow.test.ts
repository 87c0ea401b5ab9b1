import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { RialtoError } from '#kernel';
import { instantOf, millisecondsOf, systemClock } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { claimJob, releaseJob } from './claim-job.ts';
import {
  addJob,
  cancelJob,
  dropSchedule,
  findJob,
  listJobs,
  listSchedules,
  onJobs,
  pauseJob,
  pauseSchedule,
  putSchedule,
  resumeJob,
  retryJob,
  runJobs,
  workflowMigrations,
} from './index.ts';
import type { Job, JobDraft, JobState, JobWork, Worker } from './index.ts';
import { STEPS } from './testing.ts';

let database: Database;
let nowMs: number;
const workers: Worker[] = [];
beforeEach(async () => {
  database = await testDatabase([workflowMigrations]);
  nowMs = 1_700_000_000_000;
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
  await database.close();
});

const clock = (): Instant => instantOf(nowMs);

async function add(kind: string, more: Partial<JobDraft> = {}): Promise<Job> {
  const draft = { kind, input: {}, by: 'Ada', ...more };
  return (await transact(database, (tx) => addJob(tx, draft, clock()))).job;
}

const OPTIONS = { random: () => 0.5, leaseMs: 30_000, atOnce: 2, pollMs: 20 };

async function work(kinds: Readonly<Record<string, JobWork>>, name = 'one'): Promise<Worker> {
  const worker = await runJobs({
    ...OPTIONS,
    database,
    clock,
    kinds,
    worker: name,
  });
  workers.push(worker);
  return worker;
}

/** Waits until the job stands so; the doorbell or the next look says it. */
async function until({ id }: Job, state: JobState): Promise<Job> {
  for (;;) {
    const job = await findJob(database.kysely, id);
    if (job?.state === state) return job;
    await pause(10);
  }
}

const away = new RialtoError('unavailable', 'test.away', 'calling the other side', {
  remedy: 'Wait.',
});

/** Work that waits until it is told to stop. */
const patient: JobWork = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')));
  });

test('a job exists when the transaction that asked for it commits, and is done with its result', async () => {
  const attempt = transact(database, async (tx) => {
    await addJob(tx, { kind: 'add', input: {}, by: 'Ada' }, clock());
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  await work({ add: ({ input }) => Promise.resolve({ seen: input }) });
  const job = await add('add', { input: { a: '1', b: '2' } });
  expect((await until(job, 'done')).result).toEqual({ seen: { a: '1', b: '2' } });
  expect((await listJobs(database.kysely, { offset: 0, limit: 9 })).total).toBe(1);
});

test('the urgent comes first, and nothing before its time', async () => {
  const order: string[] = [];
  const note: JobWork = ({ input }) => {
    order.push(JSON.stringify(input['n']));
    return Promise.resolve(undefined);
  };
  await add('note', { input: { n: 1 } });
  await add('note', { input: { n: 2 }, priority: 5 });
  const later = await add('note', { input: { n: 3 }, runAt: instantOf(nowMs + 60_000) });
  const worker = await runJobs({
    ...OPTIONS,
    database,
    clock,
    kinds: { note },
    worker: 'one',
    atOnce: 1,
  });
  workers.push(worker);
  await until(await add('note', { input: { n: 4 }, priority: -1 }), 'done');
  expect(order).toEqual(['2', '1', '4']);
  nowMs += 60_000;
  await until(later, 'done');
});

test('while the only one of its name is open, asking again answers it', async () => {
  const [one, two] = [
    await add('x', { onlyOne: 'sync works' }),
    await add('x', { onlyOne: 'sync works' }),
  ];
  expect(two.id).toBe(one.id);
  await work({ x: () => Promise.resolve(undefined) });
  await until(one, 'done');
  expect((await add('x', { onlyOne: 'sync works' })).id).not.toBe(one.id);
});

test('when the world fails it is tried again later, and finished steps are not done again', async () => {
  const done: string[] = [];
  let failures = 0;
  await work({
    flaky: async ({ step }) => {
      await step('first', () => Promise.resolve(done.push('first')));
      if ((failures += 1) < 3) throw away;
      return await step('second', () => Promise.resolve(done.push('second')));
    },
  });
  const job = await add('flaky');
  for (const attempts of [1, 2]) {
    let waiting = await until(job, 'waiting');
    while (waiting.attempts < attempts) waiting = await until(job, 'waiting');
    expect(waiting.problem).toMatchObject({ code: 'test.away', remedy: 'Wait.' });
    expect(millisecondsOf(waiting.runAt)).toBeGreaterThan(nowMs);
    nowMs = millisecondsOf(waiting.runAt);
  }
  expect((await until(job, 'done')).result).toBe(2);
  expect(done).toEqual(['first', 'second']);
});

test('a bug waits for a person, who retries it', async () => {
  let broken = true;
  await work({
    buggy: () => (broken ? Promise.reject(new Error('oops')) : Promise.resolve('mended')),
  });
  const job = await add('buggy');
  expect((await until(job, 'failed')).problem).toEqual({ message: 'oops' });
  broken = false;
  await retryJob(database.kysely, job.id, clock());
  expect((await until(job, 'done')).result).toBe('mended');
  await expect(retryJob(database.kysely, job.id, clock())).rejects.toMatchObject({
    code: 'workflow.wrong-state',
  });
  await expect(pauseJob(database.kysely, 'job_none', clock())).rejects.toMatchObject({
    code: 'workflow.unknown-job',
  });
});

test('running work is paused, resumed and cancelled by its signal', async () => {
  await work({ patient });
  const job = await add('patient');
  await until(job, 'running');
  await pauseJob(database.kysely, job.id, clock());
  const paused = await until(job, 'paused');
  expect(paused.attempts).toBe(0);
  await resumeJob(database.kysely, job.id, clock());
  await until(job, 'running');
  await cancelJob(database.kysely, job.id, clock());
  expect((await until(job, 'cancelled')).finishedAt).toBeDefined();
});

test('what waits is paused and cancelled at once', async () => {
  const job = await add('nobody does this');
  expect((await pauseJob(database.kysely, job.id, clock())).state).toBe('paused');
  expect((await cancelJob(database.kysely, job.id, clock())).state).toBe('cancelled');
});

test('a closed worker gives its job back, and another goes on with it', async () => {
  const first = await work({ patient });
  const job = await add('patient');
  await until(job, 'running');
  await first.close();
  expect(await findJob(database.kysely, job.id)).toMatchObject({ state: 'waiting', attempts: 0 });
  await work({ patient: () => Promise.resolve('done by two') }, 'two');
  expect((await until(job, 'done')).result).toBe('done by two');
});

/** Takes the next job as a worker would that is never heard of again. */
const takenByLost = (kinds: readonly string[]): Promise<Job | undefined> =>
  claimJob(database.kysely, {
    at: clock(),
    leaseUntil: instantOf(nowMs + 30_000),
    worker: 'lost',
    kinds,
  });

test('a silent worker is taken for lost; what it says afterwards does not count', async () => {
  const job = await add('quiet');
  const lost = await takenByLost(['quiet']);
  await work({ quiet: () => Promise.resolve('by two') }, 'two');
  expect(await findJob(database.kysely, job.id)).toMatchObject({ worker: 'lost' });
  nowMs += 30_001;
  await until(job, 'done');
  const late = { state: 'failed', at: clock(), problem: { message: 'by one' } } as const;
  expect(await releaseJob(database.kysely, lost ?? job, late)).toBe(false);
  expect(await findJob(database.kysely, job.id)).toMatchObject({ state: 'done', result: 'by two' });
});

test('a job that loses every worker has failed', async () => {
  const job = await add('deadly', { attemptsMax: 2 });
  for (let turn = 0; turn < 2; turn += 1) {
    expect((await takenByLost(['deadly']))?.id).toBe(job.id);
    nowMs += 30_001;
  }
  await work({ deadly: () => Promise.resolve('alive') });
  expect((await until(job, 'failed')).problem?.message).toBe('its worker was lost 2 times');
});

test('a schedule begins one job for all it missed, none while one is open, none while paused', async () => {
  const schedule = {
    name: 'nightly',
    kind: 'patient',
    input: {},
    cron: '0 * * * *',
    timeZone: 'Europe/Berlin',
    priority: 0,
    paused: false,
    by: 'Ada',
  };
  await putSchedule(database.kysely, schedule, clock());
  const [set] = await listSchedules(database.kysely);
  await work({ patient });
  nowMs = millisecondsOf(set?.nextAt ?? clock()) + 5 * 3_600_000;
  const jobs = async () =>
    await listJobs(database.kysely, { schedule: 'nightly', offset: 0, limit: 9 });
  while ((await jobs()).total === 0) await pause(10);
  nowMs += 3_600_000;
  await until(await add('patient', { priority: -1 }), 'running');
  expect((await jobs()).total).toBe(1);
  await pauseSchedule(database.kysely, 'nightly', true, { by: 'Ada', at: clock() });
  const [job] = (await jobs()).rows;
  await cancelJob(database.kysely, job?.id ?? '', clock());
  nowMs += 3_600_000;
  await until(await add('patient', { priority: -2 }), 'running');
  expect((await jobs()).total).toBe(1);
  await dropSchedule(database.kysely, 'nightly');
  await expect(dropSchedule(database.kysely, 'nightly')).rejects.toMatchObject({
    code: 'workflow.unknown-schedule',
  });
});

test('workers killed with SIGKILL: every step was remembered once, and the job is done', async () => {
  await rows(database.kysely, sql`create table mark (step integer)`);
  const draft = { kind: 'mark', input: {}, by: 'Ada', attemptsMax: 50 };
  const { job } = await transact(database, (tx) => addJob(tx, draft, systemClock()));
  const heard: number[] = [];
  const listening = await onJobs(database, () => void heard.push(1));
  let kills = 0;
  for (let done = false; !done; ) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'testing.ts'), database.url], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const gone = once(child, 'exit');
    const before = await progressOf(job);
    while ((await progressOf(job)) < before + 3 && !(await isDone(job))) await pause(10);
    done = await isDone(job);
    child.kill('SIGKILL');
    await gone;
    kills += done ? 0 : 1;
  }
  await listening.close();
  expect(kills).toBeGreaterThan(1);
  expect(heard.length).toBeGreaterThan(STEPS);
  const marks = await rows<{ step: number; times: number }>(
    database.kysely,
    sql`select step, count(*)::integer as times from mark group by step order by step`,
  );
  expect(marks.map(({ step }) => step)).toEqual(Array.from({ length: STEPS }, (_, at) => at + 1));
  const twice = marks.reduce((sum, { times }) => sum + times - 1, 0);
  expect(twice).toBeLessThanOrEqual(kills); // Only the step under way at a kill.
}, 240_000);

async function progressOf({ id }: Job): Promise<number> {
  const [row] = await rows<{ done: number | null }>(
    database.kysely,
    sql`select (progress ->> 'done')::integer as done from workflow.job where id = ${id}`,
  );
  return row?.done ?? 0;
}

const isDone = async ({ id }: Job): Promise<boolean> =>
  (await findJob(database.kysely, id))?.state === 'done';
