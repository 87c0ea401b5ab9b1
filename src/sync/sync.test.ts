import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { lastPosition, listRecords, readChanges, recordsMigrations } from '#records';
import { instantOf } from '#kernel/time';
import {
  cancelRun,
  createIntegration,
  findRun,
  listQuarantine,
  listRuns,
  recoverRuns,
  startSync,
  syncMigrations,
} from './index.ts';
import type { RunSummary, SyncOptions } from './index.ts';
import { sourceOf, TEST_PACK, testFiles } from './testing.ts';
import type { Files } from './testing.ts';

let database: Database;
let now = 1_700_000_000_000;
const clock = () => instantOf((now += 1_000));

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  const wanted = { name: 'erp', adapter: 'file' as const, settings: {}, mapping: TEST_PACK };
  await createIntegration(database, wanted);
});
afterEach(() => database.close());

function sync(files: Files, options: SyncOptions = {}, onPage?: () => void): Promise<RunSummary> {
  const adapters = () => sourceOf(TEST_PACK, files, onPage);
  return startSync({ database, clock, adapters }, 'erp', options);
}

const of = (run: RunSummary, kind: string) => run.entities.find((entity) => entity.kind === kind);

async function held(): Promise<string[]> {
  const { rows: items } = await listQuarantine(database, { offset: 0, limit: 100 });
  return items
    .map(({ kind, key, file, line, column, field, value, reason }) =>
      [kind, key, `${file}:${line}`, column, field, value, reason].join(' ~ '),
    )
    .toSorted();
}

async function contents(): Promise<unknown> {
  return rows(
    database.kysely,
    sql`select kind, key, content from records.record order by kind, key`,
  );
}

test('a first load makes every record, in pages, with lines and lookups joined', async () => {
  const run = await sync(testFiles(), { pageSize: 2 });
  expect(run).toMatchObject({ status: 'done', notReady: [] });
  expect(of(run, 'purchase-order')).toMatchObject({ read: 5, created: 5, lines: 10 });
  expect(of(run, 'supplier')).toMatchObject({ read: 3, created: 3 });
  const { rows: found } = await listRecords(database.kysely, {
    kind: 'supplier',
    filters: [],
    offset: 0,
    limit: 10,
  });
  expect(found.map(({ content }) => [content['city'], content['extensions']])).toEqual([
    ['Graz', { since: '2020-01-31' }],
    [undefined, { since: '2021-02-28' }],
    ['Wien', undefined],
  ]);
  expect(found[0]?.source).toMatchObject({ file: 'vendors.csv', line: 1, mappingVersion: 1 });
  expect(await findRun(database, run.runId)).toEqual(run);
});

test('a second sync changes nothing and says so', async () => {
  await sync(testFiles());
  const position = await lastPosition(database.kysely);
  let pagesRead = 0;
  const run = await sync(testFiles(), {}, () => (pagesRead += 1));
  expect(run).toMatchObject({ status: 'done', message: 'Nothing changed.' });
  expect(of(run, 'purchase-order')).toMatchObject({ read: 5, unchanged: 5, created: 0, lines: 10 });
  expect(pagesRead).toBe(0);
  expect(await lastPosition(database.kysely)).toBe(position);
});

test('one edited cell is one change, with its field, before and after', async () => {
  await sync(testFiles());
  const position = await lastPosition(database.kysely);
  const files = testFiles();
  files['lines'] =
    files['lines']?.map((line) => line.replace('3|2|8|1|10.5|', '3|2|8|1|10.50|')) ?? [];
  const run = await sync(files);
  expect(of(run, 'purchase-order')).toMatchObject({ changed: 1, unchanged: 4 });
  const changes = await readChanges(database.kysely, { after: position, limit: 10 });
  expect(changes.map(({ changedFields }) => changedFields)).toEqual([
    [{ field: 'lines[2].unitPrice', before: '10.5', after: '10.50' }],
  ]);
});

test('bad rows are quarantined with place, value and reason; corrected, they are released', async () => {
  const files = testFiles();
  files['orders']?.push('6|9|2025-01-31|0', '7|1|31.01.2025|0', '8|1|2025-01-31|5.00');
  files['orders']?.push('9|1|2025-01-31|1,5', '4|1|2025-01-31|0', '|1|2025-01-31|0');
  files['lines']?.push('6|1|7|1|0|0', '7|1|7|1|0|0', '8|1|7|1|4.99|4.99', '9|1|7|1|1|1');
  files['lines']?.push('99|1|7|1|1|1', '5|3|77|0|0|0');
  files['vendors']?.push('?the line has 2 columns, not 3');
  const run = await sync(files);
  expect(await held()).toEqual([
    "purchase-order ~  ~ lines.csv:15 ~ order ~ lines ~ 99 ~ belongs to orders '99', which is not there: correct this value, or add that row",
    'purchase-order ~  ~ orders.csv:11 ~ id ~  ~  ~ the row has no key: fill this column',
    "purchase-order ~ 4 ~ orders.csv:10 ~ id ~  ~ 4 ~ the key '4' occurs 2 times, on lines 4, 10: none was taken, keep one",
    "purchase-order ~ 4 ~ orders.csv:4 ~ id ~  ~ 4 ~ the key '4' occurs 2 times, on lines 4, 10: none was taken, keep one",
    "purchase-order ~ 5 ~ lines.csv:16 ~ item ~ lines[3].item ~ 77 ~ there is no item '77': correct this value, or add the item (it may be in quarantine itself)",
    "purchase-order ~ 6 ~ orders.csv:6 ~ vendor ~ supplier ~ 9 ~ there is no supplier '9': correct this value, or add the supplier (it may be in quarantine itself)",
    'purchase-order ~ 7 ~ orders.csv:7 ~ day ~ issuedOn ~ 31.01.2025 ~ is not a date: write it as YYYY-MM-DD',
    'purchase-order ~ 8 ~ orders.csv:8 ~ total ~ netAmount ~ 5.00 ~ the header says 5.00, its lines add up to 4.99',
    'purchase-order ~ 9 ~ orders.csv:9 ~ total ~ netAmount ~ 1,5 ~ is not a number: write it as 1234.50',
    'supplier ~  ~ vendors.csv:4 ~  ~  ~  ~ the line has 2 columns, not 3',
  ]);
  expect(of(run, 'purchase-order')).toMatchObject({ read: 11, created: 3 });
  const again = await sync(files);
  expect(again.message).toContain('Nothing changed.');
  expect(await held()).toHaveLength(10);

  const corrected = testFiles(9);
  corrected['vendors']?.push('9|Nove|');
  const after = await sync(corrected);
  expect(await held()).toEqual([]);
  expect(of(after, 'purchase-order')).toMatchObject({ created: 6, unchanged: 3, quarantined: 0 });
  expect(of(after, 'purchase-order')?.released).toBeGreaterThanOrEqual(7);
  const released = await listQuarantine(database, { released: true, offset: 0, limit: 50 });
  expect(released.total).toBe(10);
});

test('an order that waited for its vendor comes in when the vendor does', async () => {
  const files = testFiles(1);
  files['orders'] = ['1|9|2025-01-31|30.50'];
  await sync(files);
  expect(await held()).toHaveLength(1);
  files['vendors']?.push('9|Nove|');
  const run = await sync(files);
  expect(of(run, 'purchase-order')).toMatchObject({ created: 1, released: 1, quarantined: 0 });
});

test('a record that is wrong now keeps what it was, and is put right by going back', async () => {
  await sync(testFiles());
  const before = await contents();
  const files = testFiles();
  files['orders'] =
    files['orders']?.map((line) => line.replace(/^2\|.*/, '2|1|2025-01-31|1')) ?? [];
  const run = await sync(files);
  expect(of(run, 'purchase-order')).toMatchObject({ quarantined: 1, changed: 0, deleted: 0 });
  expect(await contents()).toEqual(before);
  const back = await sync(testFiles());
  expect(of(back, 'purchase-order')).toMatchObject({ released: 1, quarantined: 0 });
  expect(await contents()).toEqual(before);
});

test('what is gone from a complete snapshot is deleted; a landslide is not, until accepted', async () => {
  await sync(testFiles(40));
  const few = await sync(testFiles(36));
  expect(of(few, 'purchase-order')).toMatchObject({ deleted: 4 });
  const many = await sync(testFiles(20));
  expect(of(many, 'purchase-order')).toMatchObject({ deleted: 0, read: 20 });
  expect(many.message).toContain('16 of 36 purchase-order records are no longer in orders');
  const accepted = await sync(testFiles(20), { acceptDeletions: true, pageSize: 5 });
  expect(of(accepted, 'purchase-order')).toMatchObject({ deleted: 16 });
  expect((await sync(testFiles(20))).message).toBe('Nothing changed.');
});

test('nothing is deleted while rows of the file cannot be read', async () => {
  await sync(testFiles());
  const files = testFiles();
  files['vendors'] = ['1|Allenson|2020-01-31', '?cut off', '3|Cicle|'];
  const run = await sync(files);
  expect(of(run, 'supplier')).toMatchObject({ deleted: 0, quarantined: 1 });
  expect(run.message).toContain('could not be read');
});

test('a file that is not ready holds up only what needs it', async () => {
  const files = testFiles();
  delete files['lines'];
  const run = await sync(files);
  expect(run).toMatchObject({
    status: 'done',
    notReady: [{ entity: 'lines', reason: 'lines.csv is not there' }],
  });
  expect(of(run, 'supplier')).toMatchObject({ created: 3 });
  expect(of(run, 'purchase-order')).toMatchObject({ created: 0 });
});

test('a run stopped between pages loses and doubles nothing when it goes on', async () => {
  const stop = new AbortController();
  let writes = 0;
  const stopped = await sync(testFiles(9), {
    pageSize: 2,
    signal: stop.signal,
    onProgress({ phase, what }) {
      if (phase === 'writing' && what === 'purchase-order' && (writes += 1) === 3) stop.abort();
    },
  });
  expect(stopped.status).toBe('cancelled');
  const done = of(stopped, 'purchase-order')?.created ?? 0;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(9);
  const resumed = await sync(testFiles(9), { pageSize: 2 });
  expect(of(resumed, 'purchase-order')).toMatchObject({ created: 9 - done, unchanged: done });
  expect(await lastPosition(database.kysely)).toBe(14n);
});

test('a run can be cancelled by its id', async () => {
  const run = await sync(testFiles(9), {
    onProgress({ runId }) {
      cancelRun(runId);
    },
  });
  expect(run.status).toBe('cancelled');
  expect(cancelRun(run.runId)).toBe(false);
});

test('a run whose process died is found at start, and its leftovers are cleared', async () => {
  await rows(
    database.kysely,
    sql`insert into sync.run values ('run_dead', 'erp', 'running', now(), null,
      '{"entities":[],"notReady":[]}')`,
  );
  await rows(database.kysely, sql`create table sync.stage_dead_e0 (row integer)`);
  expect(await recoverRuns(database, clock)).toEqual(['run_dead']);
  expect(await findRun(database, 'run_dead')).toMatchObject({ status: 'interrupted' });
  await sync(testFiles(1));
  expect(await listRuns(database, { integration: 'erp' })).toHaveLength(2);
  const left = await rows(
    database.kysely,
    sql`select tablename from pg_tables where schemaname = 'sync' and tablename like 'stage%'`,
  );
  expect(left).toEqual([]);
});

test('a source that fails ends the run with what to do, and leaves nothing half done', async () => {
  const run = await sync(testFiles(), {}, () => {
    throw new Error('the disk was pulled out');
  });
  expect(run).toMatchObject({ status: 'failed' });
  expect(run.message).toContain('the disk was pulled out');
  expect((await sync(testFiles())).status).toBe('done');
});

test('a changed mapping maps everything again under a new version', async () => {
  await sync(testFiles());
  const [orders] = TEST_PACK.mappings.filter(({ kind }) => kind === 'purchase-order');
  const fields = { ...orders?.fields, shipMethod: { const: 'by sea' } };
  const mappings = TEST_PACK.mappings.map((one) => (one === orders ? { ...one, fields } : one));
  await rows(
    database.kysely,
    sql`insert into sync.mapping_version values ('erp', 2, 'other',
      ${JSON.stringify({ ...TEST_PACK, mappings })}, now())`,
  );
  const run = await sync(testFiles());
  expect(of(run, 'purchase-order')).toMatchObject({ changed: 5 });
  expect(of(run, 'supplier')).toMatchObject({ unchanged: 3 });
});

test('any page size gives the same records', async () => {
  const files = testFiles(7);
  const run = async (pageSize: number): Promise<unknown> => {
    const own = await testDatabase([recordsMigrations, syncMigrations]);
    const keep = database;
    database = own;
    try {
      const wanted = { name: 'erp', adapter: 'file' as const, settings: {}, mapping: TEST_PACK };
      await createIntegration(own, wanted);
      await sync(files, { pageSize });
      return await contents();
    } finally {
      database = keep;
      await own.close();
    }
  };
  const whole = await run(2_000);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (pageSize) => {
      expect(await run(pageSize)).toEqual(whole);
    }),
    { numRuns: 4 },
  );
});
