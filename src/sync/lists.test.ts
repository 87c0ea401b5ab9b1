import { beforeAll, afterAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { countRuns, createIntegration, listQuarantine, listRuns, syncMigrations } from './index.ts';
import { TEST_PACK } from './testing.ts';

let database: Database;

const run = (id: string, integration: string, status: string, message?: string) =>
  rows(
    database.kysely,
    sql`insert into sync.run (id, integration, status, started_at, finished_at, summary)
      values (${id}, ${integration}, ${status}, ${`2025-01-0${id.slice(-1)}T00:00:00Z`}, now(),
        ${JSON.stringify({ entities: [], notReady: [], message })}::json)`,
  );

beforeAll(async () => {
  database = await testDatabase([syncMigrations]);
  await run('run_1', 'mill', 'done');
  await run('run_2', 'shop', 'failed', 'the folder is 100% gone');
  await run('run_3', 'mill', 'cancelled');
});
afterAll(() => database.close());

const ids = async (query: Parameters<typeof listRuns>[1]): Promise<readonly string[]> =>
  (await listRuns(database, query)).map(({ runId }) => runId);

test('runs come newest first, or oldest first, a page at a time', async () => {
  expect(await ids({})).toEqual(['run_3', 'run_2', 'run_1']);
  expect(await ids({ sort: 'startedAt', offset: 1, limit: 1 })).toEqual(['run_2']);
});

test('runs are found by integration, by status and by what they said', async () => {
  expect(await ids({ integration: 'mill' })).toEqual(['run_3', 'run_1']);
  expect(await ids({ status: ['failed', 'cancelled'] })).toEqual(['run_3', 'run_2']);
  expect(await ids({ search: '100%' })).toEqual(['run_2']);
  expect(await ids({ search: 'MILL', status: ['done'] })).toEqual(['run_1']);
});

test('runs are counted as they are listed', async () => {
  expect(await countRuns(database, {})).toBe(3);
  expect(await countRuns(database, { integration: 'mill', status: ['done'] })).toBe(1);
  expect(await countRuns(database, { search: 'nowhere' })).toBe(0);
});

test('quarantine is ordered by file or by reason when asked', async () => {
  await createIntegration(database, {
    name: 'mill',
    adapter: 'file',
    settings: {},
    mapping: TEST_PACK,
  });
  for (const [id, file, reason] of [
    ['q1', 'b.csv', 'no such vendor'],
    ['q2', 'a.csv', 'not a number'],
  ]) {
    await rows(
      database.kysely,
      sql`insert into sync.quarantine (id, integration, run_id, mapping, kind, file, reason,
          raw, seen_at)
        values (${id}, 'mill', 'run_1', 'orders', 'purchase-order', ${file}, ${reason}, '{}',
          '2025-01-01T00:00:00Z')`,
    );
  }
  const files = async (sort: 'file' | '-file' | 'reason' | '-reason') =>
    (await listQuarantine(database, { sort, offset: 0, limit: 9 })).rows.map((row) => row.file);
  expect(await files('file')).toEqual(['a.csv', 'b.csv']);
  expect(await files('-file')).toEqual(['b.csv', 'a.csv']);
  expect(await files('reason')).toEqual(['b.csv', 'a.csv']);
  expect(await files('-reason')).toEqual(['a.csv', 'b.csv']);
});
