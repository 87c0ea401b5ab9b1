import { hostname } from 'node:os';
import type { Schedule as Shown } from '#api-contract/connection';
import type { Services } from '#api';
import { transact } from '#database';
import type { Database } from '#database';
import { RialtoError } from '#kernel';
import type { Json } from '#kernel';
import type { Clock } from '#kernel/time';
import { findIntegration, listIntegrations, listRuns } from '#sync';
import { addJob, dropSchedule, listSchedules, putSchedule, runJobs } from '#workflow';
import type { JobContext, Schedule } from '#workflow';
import { mainError } from './errors.ts';
import type { LiveRuns } from './live-runs.ts';
import type { Undo } from './opening.ts';

const KIND = 'sync';
const SYNCS_AT_ONCE = 2;
const LEASE_MS = 30_000;

type Deps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly runs: Pick<LiveRuns, 'finish'>;
  readonly timeZone: string; // The company's: schedules are read by its clock.
};

/** Syncs that nobody waits for: begun by the clock, or gone on with after a kill. */
export async function runSyncJobs(
  deps: Deps,
  more: { readonly undo: Undo; readonly onError: (error: unknown) => void },
): Promise<void> {
  const worker = await runJobs({
    database: deps.database,
    clock: deps.clock,
    random: Math.random,
    leaseMs: LEASE_MS,
    worker: `${hostname()}/${process.pid}`,
    kinds: { [KIND]: (context) => syncOnce(deps, context) },
    atOnce: SYNCS_AT_ONCE,
    onTrouble: more.onError,
  });
  more.undo.add(() => worker.close());
}

/** Goes on with what a dead process left: a source whose last run was cut short is read again. */
export async function resumeSyncs({
  database,
  clock,
}: Pick<Deps, 'database' | 'clock'>): Promise<void> {
  for (const { name } of await listIntegrations(database)) {
    const [last] = await listRuns(database, { integration: name, limit: 1 });
    if (last?.status !== 'interrupted') continue;
    await transact(database, (tx) => addJob(tx, jobFor(name, 'after a kill'), clock()));
  }
}

/** Reads a source as soon as a worker is free. False: it is being read, or waits to be, already. */
export async function syncSoon(
  { database, clock }: Pick<Deps, 'database' | 'clock'>,
  integration: string,
  by: string,
): Promise<boolean> {
  const added = await transact(database, (tx) => addJob(tx, jobFor(integration, by), clock()));
  return added.created;
}

/** When a source is read by itself, as the API shows it. */
export function schedules({ database, clock, timeZone }: Deps): Services['schedules'] {
  const find = async (integration: string): Promise<Shown | undefined> => {
    await findIntegration(database, integration);
    const all = await listSchedules(database.kysely);
    const found = all.find(({ name }) => name === nameOf(integration));
    return found === undefined ? undefined : shown(found);
  };
  return {
    find,
    async list() {
      const all = await listSchedules(database.kysely);
      return all.flatMap((schedule) => {
        const { integration } = schedule.input;
        if (schedule.kind !== KIND || typeof integration !== 'string') return [];
        return [{ integration, ...shown(schedule) }];
      });
    },
    async put(integration, { cron, paused }, by) {
      await findIntegration(database, integration);
      const job = jobFor(integration, by);
      const schedule = { ...job, name: nameOf(integration), cron, timeZone, paused, priority: 0 };
      return shown(await putSchedule(database.kysely, schedule, clock()));
    },
    async drop(integration) {
      if ((await find(integration)) === undefined) return;
      await dropSchedule(database.kysely, nameOf(integration));
    },
  };
}

/** Whether a source has a schedule that was paused. */
export async function isPaused(database: Database, integration: string): Promise<boolean> {
  const all = await listSchedules(database.kysely);
  return all.some(({ name, paused }) => paused && name === nameOf(integration));
}

const nameOf = (integration: string): string => `${KIND} ${integration}`;

const jobFor = (integration: string, by: string) => ({
  kind: KIND,
  input: { integration },
  by,
  onlyOne: nameOf(integration),
});

const shown = ({ cron, timeZone, paused, nextAt, by }: Schedule): Shown => ({
  cron,
  timeZone,
  paused,
  nextAt,
  by,
});

/** A run that failed is tried again later; one that is under way already is enough. */
async function syncOnce({ runs }: Deps, { input, signal }: JobContext): Promise<Json> {
  const { integration } = input;
  if (typeof integration !== 'string') return { skipped: 'no integration is named' };
  try {
    const run = await runs.finish(integration, { signal });
    if (run.status !== 'failed') return { run: run.id, status: run.status };
    throw mainError('unavailable', 'main.sync-failed', `syncing '${integration}'`, {
      remedy: run.message ?? 'See the run.',
    });
  } catch (error) {
    if (error instanceof RialtoError && error.code === 'sync.already-running') {
      return { skipped: 'a run is under way' };
    }
    throw error;
  }
}
