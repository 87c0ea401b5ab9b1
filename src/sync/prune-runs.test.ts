import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf, systemClock } from '#kernel/time';
import { countRuns, createIntegration, listRuns, startSync, syncMigrations } from './index.ts';
import { isQuiet, pruneRuns, QUIET_KEPT } from './prune-runs.ts';
import { beginRun, saveRun } from './run.ts';
import type { EntitySummary, RunStatus, RunSummary } from './run.ts';
import { TEST_PACK } from './testing.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase([syncMigrations]);
  const wanted = { adapter: 'file', settings: {}, mapping: TEST_PACK };
  await createIntegration(database, { name: 'mill', ...wanted });
});
afterAll(() => database.close());
beforeEach(() => rows(database.kysely, sql`delete from sync.run`));

const START_MS = 1_760_000_000_000;
let runs = 0;

const NOTHING = { created: 0, changed: 0, deleted: 0, quarantined: 0, released: 0 };

const entity = (counts: Partial<EntitySummary>): EntitySummary => ({
  kind: 'supplier',
  read: 3,
  unchanged: 3,
  ...NOTHING,
  ...counts,
});

/** A run that ended, each a second after the one before. */
async function ended(
  counts: Partial<EntitySummary> = {},
  status: RunStatus = 'done',
  integration = 'mill',
): Promise<string> {
  runs += 1;
  const startedAt = instantOf(START_MS + runs * 1000);
  const run: RunSummary = {
    runId: `run_${String(runs).padStart(6, '0')}`,
    integration,
    status: 'running',
    startedAt,
    entities: [],
    notReady: [],
  };
  await beginRun(database, run);
  const over = { ...run, status, finishedAt: startedAt, entities: [entity(counts)] };
  await saveRun(database.kysely, over);
  return run.runId;
}

async function quietOnes(count: number, integration = 'mill'): Promise<void> {
  await transact(database, async (handle) => {
    for (let each = 0; each < count; each += 1) {
      runs += 1;
      await rows(
        handle,
        sql`insert into sync.run (id, integration, status, started_at, finished_at, summary, quiet)
          values (${`run_${String(runs).padStart(6, '0')}`}, ${integration}, 'done',
            ${instantOf(START_MS + runs * 1000)}, now(), '{"entities":[],"notReady":[]}', true)`,
      );
    }
  });
}

test('of the runs that changed nothing the latest are kept, of each source its own', async () => {
  const first = await ended();
  await quietOnes(QUIET_KEPT + 5, 'shop');
  await quietOnes(QUIET_KEPT);
  expect(await pruneRuns(database.kysely, 'mill')).toBe(1);
  const left = await listRuns(database, { integration: 'mill', limit: 1000 });
  expect(left).toHaveLength(QUIET_KEPT);
  expect(left.map(({ runId }) => runId)).not.toContain(first);
  expect(await countRuns(database, { integration: 'shop' })).toBe(QUIET_KEPT + 5);
  expect(await pruneRuns(database.kysely, 'mill')).toBe(0);
});

test.each(['created', 'changed', 'deleted', 'released', 'echoed'] as const)(
  'a run in which something was %s stays, however old',
  async (what) => {
    const kept = await ended({ [what]: 1 });
    await quietOnes(QUIET_KEPT);
    expect(await pruneRuns(database.kysely, 'mill')).toBe(0);
    expect(await countRuns(database, { search: kept })).toBe(1);
  },
);

test('each way to end has its own: a failure is not pushed out by runs that went well', async () => {
  const failed = await ended({}, 'failed');
  await quietOnes(QUIET_KEPT + 1);
  expect(await pruneRuns(database.kysely, 'mill')).toBe(1);
  expect(await countRuns(database, { search: failed })).toBe(1);
});

test('what rows in quarantine point at stays, and a pruned run takes its exchanges along', async () => {
  const [held, plain] = [await ended({ quarantined: 1 }), await ended()];
  await rows(
    database.kysely,
    sql`insert into sync.quarantine (id, integration, run_id, mapping, kind, file, reason, raw, seen_at)
      values ('q1', 'mill', ${held}, 'orders', 'purchase-order', 'a.csv', 'no such', '{}', now())`,
  );
  for (const run of [held, plain]) {
    await rows(
      database.kysely,
      sql`insert into sync.exchange (integration, run_id, at, failed, exchange)
        values ('mill', ${run}, now(), false, '{}')`,
    );
  }
  await quietOnes(QUIET_KEPT);
  expect(await pruneRuns(database.kysely, 'mill')).toBe(1);
  const left = await rows<{ run: string }>(
    database.kysely,
    sql`select run_id as run from sync.exchange`,
  );
  expect(left).toEqual([{ run: held }]);
});

test('a run that read and changed nothing is quiet', () => {
  expect(isQuiet([])).toBe(true);
  expect(isQuiet([entity({ quarantined: 2, read: 9 })])).toBe(true);
  expect(isQuiet([entity({}), entity({ changed: 1 })])).toBe(false);
});

test('every run prunes when it is over, also one that failed', async () => {
  await quietOnes(QUIET_KEPT + 3);
  const adapters = () => Promise.reject(new Error('it is not there'));
  await startSync({ database, clock: systemClock, adapters }, 'mill');
  expect(await countRuns(database, { integration: 'mill', status: ['done'] })).toBe(QUIET_KEPT);
  expect(await countRuns(database, { integration: 'mill', status: ['failed'] })).toBe(1);
});
