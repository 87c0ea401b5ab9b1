import { setTimeout as sleep } from 'node:timers/promises';
import { RialtoError } from '#kernel';
import type { Run, StreamEvent } from '#api-contract';
import type { Services } from '#api';
import { lastPosition } from '#records';
import { cancelRun, countRuns, findRun, listRuns, recoverRuns, startSync } from '#sync';
import type { RunProgress, RunSummary, SyncDeps, SyncOptions } from '#sync';
import { plain } from './plain.ts';

type Loading = { readonly phase: 'loading'; readonly done: 0 };
type Live = { progress: RunProgress | Loading; toldAt: number };

const TELL_MS = 250;
const STOP_MS_MAX = 15_000;
const MARK_ATTEMPTS_MAX = 120;
const MARK_PAUSE_MS = 1_000;

/** Runs as the API shows them: those of this process with live progress. */
export type LiveRuns = Services['runs'] & {
  /** Runs to the end, the warehouse included. */
  finish(
    integration: string,
    how?: Pick<SyncOptions, 'entities' | 'named' | 'signal'>,
  ): Promise<Run>;
  stop(): Promise<void>;
};

type Wanted = { readonly name: string } & Pick<
  SyncOptions,
  'acceptDeletions' | 'entities' | 'full' | 'named' | 'signal'
>;

type Around = {
  readonly caughtUp: (position: bigint) => Promise<void>;
  readonly emit: (event: StreamEvent) => void;
  readonly onError: (error: unknown) => void;
};

/** A run counts as running until the warehouse holds what it wrote. */
export function liveRuns(deps: SyncDeps, more: Around): LiveRuns {
  const { database } = deps;
  const live = new Map<string, Live>();
  const works = openWorks();
  const { track } = works;

  async function tell(runId: string): Promise<void> {
    const run = await find(runId);
    if (run !== undefined) more.emit({ kind: 'run.progress', run });
  }

  function note(progress: RunProgress): void {
    const now = performance.now();
    const toldAt = live.get(progress.runId)?.toldAt ?? Number.NEGATIVE_INFINITY;
    const due = now - toldAt >= TELL_MS;
    live.set(progress.runId, { progress, toldAt: due ? now : toldAt });
    if (due) tell(progress.runId).catch(more.onError);
  }

  const course = { deps, more, live, note, tell };
  const runAll = (wanted: Wanted, began: (runId: string) => void): Promise<Run> =>
    runToEnd(course, wanted, began);

  async function find(id: string): Promise<Run | undefined> {
    const summary = await findRun(database, id);
    return summary === undefined ? undefined : runOf(summary, live.get(id));
  }

  return {
    find,
    finish: (name, how = {}) => track(runAll({ name, ...how }, () => undefined)),
    async start(name, how) {
      const begun = Promise.withResolvers<string>();
      const whole = track(runAll({ name, ...how }, begun.resolve));
      const id = await Promise.race([begun.promise, whole.then((run) => run.id)]);
      whole.catch(more.onError); // It had begun: who asked looks at the run.
      const run = await find(id);
      if (run !== undefined) return run;
      throw new RialtoError('not-found', 'main.refused', `looking for the run ${id}`);
    },
    async list(query) {
      const found = await listRuns(database, query);
      const shown = found.map((summary) => runOf(summary, live.get(summary.runId)));
      return { rows: shown, total: await countRuns(database, query) };
    },
    async cancel(id) {
      cancelRun(id);
      return find(id);
    },
    async stop() {
      for (const id of live.keys()) cancelRun(id);
      await Promise.race([works.settled(), sleep(STOP_MS_MAX, undefined, { ref: false })]);
    },
  };
}

async function runToEnd(
  course: {
    readonly deps: SyncDeps;
    readonly more: Around;
    readonly live: Map<string, Live>;
    readonly note: (progress: RunProgress) => void;
    readonly tell: (runId: string) => Promise<void>;
  },
  { name, ...how }: Wanted,
  began: (runId: string) => void,
): Promise<Run> {
  const { deps, more, live, note, tell } = course;
  let runId = '';
  const onProgress = (progress: RunProgress): void => {
    if (runId === '') began(progress.runId);
    ({ runId } = progress);
    note(progress);
  };
  try {
    const summary = await startSync(deps, name, { ...how, onProgress });
    ({ runId } = summary);
    live.set(runId, { progress: { phase: 'loading', done: 0 }, toldAt: 0 });
    await more.caughtUp(await lastPosition(deps.database.kysely));
    live.delete(runId);
    await tell(runId);
    return runOf(summary, undefined);
  } catch (error) {
    live.delete(runId);
    if (runId !== '') markWhenBack(deps).catch(more.onError);
    throw error;
  }
}

/** A run whose end a lost database did not take is marked as soon as the database is back. */
async function markWhenBack({ database, clock }: SyncDeps): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await recoverRuns(database, clock);
      return;
    } catch (error) {
      if (attempt >= MARK_ATTEMPTS_MAX) throw error;
      await sleep(MARK_PAUSE_MS, undefined, { ref: false });
    }
  }
}

/** Keeps hold of what is under way, so that it can be waited for. */
function openWorks(): {
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  readonly settled: () => Promise<unknown>;
} {
  const works = new Set<Promise<unknown>>();
  return {
    track(work) {
      works.add(work);
      const forget = (): void => void works.delete(work);
      work.then(forget, forget);
      return work;
    },
    settled: () => Promise.allSettled(works),
  };
}

function runOf(summary: RunSummary, live: Live | undefined): Run {
  const { runId, entities, notReady, status, said, ...rest } = summary;
  return {
    ...rest,
    id: runId,
    status: live === undefined ? status : 'running',
    entities: entities.map((entity) => ({ ...entity })),
    notReady: notReady.map((each) => plain(each)),
    ...(said === undefined ? {} : { said: said.map((each) => plain(each)) }),
    ...(live === undefined ? {} : { progress: progressOf(live.progress) }),
  };
}

function progressOf(progress: RunProgress | Loading): NonNullable<Run['progress']> {
  if (progress.phase === 'loading') return { phase: 'loading the warehouse', done: 0 };
  const { phase, what, done, total } = progress;
  return { phase: `${phase} ${what}`, done, ...(total === undefined ? {} : { expected: total }) };
}
