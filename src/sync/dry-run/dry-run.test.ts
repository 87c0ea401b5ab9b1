import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import { createIntegration, startSync, syncMigrations } from '../index.ts';
import { dryRun } from './index.ts';
import type { DryRun, DryRunOptions } from './index.ts';
import { DOCUMENT_PACK, MemorySource } from '../pull/testing.ts';
import { sourceOf, TEST_PACK, testFiles } from '../testing.ts';

let database: Database;
let source: MemorySource;
let now = 1_700_000_000_000;
const clock = () => instantOf((now += 1_000));
const adapters = () => source.adapter(['parties', 'orders']);

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  source = new MemorySource();
  const wanted = { name: 'erp', adapter: 'memory', settings: {}, mapping: DOCUMENT_PACK };
  await createIntegration(database, wanted);
  for (let n = 1; n <= 5; n += 1) source.put('parties', `s${n}`, { code: `C${n}`, name: `N${n}` });
  for (let n = 1; n <= 4; n += 1) source.put('orders', `o${n}`, order(`s${n}`, '10.00'));
});
afterEach(() => database.close());

const order = (supplier: string, total: string) => ({
  name: 'PO',
  party: { id: supplier },
  day: '2026-01-31',
  total,
  lines: [{ text: 'Oil', quantity: '1', price: total, total }],
});
const dry = (options?: DryRunOptions): Promise<DryRun> =>
  dryRun({ database, clock, adapters }, 'erp', options);
const of = (run: DryRun, kind: string) => run.kinds.find((each) => each.kind === kind);

async function everything(): Promise<unknown> {
  const tables = [
    'records.record',
    'records.change',
    'sync.pull',
    'sync.pulled',
    'sync.quarantine',
  ];
  const all: unknown[] = [];
  for (const table of [...tables, 'sync.run', 'sync.shape']) {
    all.push(
      await rows(database.kysely, sql`select * from ${sql.table(table)} t order by t::text`),
    );
  }
  return all;
}

test('before the first sync everything would be created, orders beside their suppliers', async () => {
  const before = await everything();
  const run = await dry();
  expect(run.whole).toBe(true);
  expect(of(run, 'supplier')).toMatchObject({ read: 5, created: 5 });
  expect(of(run, 'purchase-order')).toMatchObject({ read: 4, created: 4, quarantined: 0 });
  expect(await everything()).toEqual(before);
});

test('it says field by field what the sync then does', async () => {
  await startSync({ database, clock, adapters }, 'erp');
  source.put('parties', 's1', { code: 'C1', name: 'Another' });
  source.put('orders', 'o2', order('s2', '12.00'));
  source.put('orders', 'o3', { ...order('s3', '1.00'), total: '2.00' });
  source.put('orders', 'o9', order('s1', '3.00'));
  source.remove('orders', 'o4');
  const before = await everything();
  const run = await dry();
  expect(await everything()).toEqual(before);
  expect(run.samples).toMatchObject([
    {
      kind: 'supplier',
      key: 's1',
      what: 'changed',
      fields: [{ field: 'name', before: 'N1', after: 'Another' }],
    },
    { kind: 'purchase-order', key: 'o9', what: 'created' },
    {
      kind: 'purchase-order',
      key: 'o2',
      what: 'changed',
      fields: [
        { field: 'lines[1].netAmount', before: '10.00', after: '12.00' },
        { field: 'lines[1].unitPrice', before: '10.00', after: '12.00' },
        { field: 'netAmount', before: '10.00', after: '12.00' },
      ],
    },
    {
      kind: 'purchase-order',
      key: 'o3',
      what: 'quarantined',
      reasons: [{ field: 'netAmount', reason: 'the header says 2.00, its lines add up to 1.00' }],
    },
    { kind: 'purchase-order', key: 'o4', what: 'deleted' },
  ]);
  const { entities } = await startSync({ database, clock, adapters }, 'erp');
  for (const { kind, created, changed, deleted, quarantined } of entities) {
    expect(of(run, kind)).toMatchObject({ created, changed, deleted, quarantined });
  }
});

test('another mapping can be tried before it is used', async () => {
  await startSync({ database, clock, adapters }, 'erp');
  const mappings = DOCUMENT_PACK.mappings.map((mapping) =>
    mapping.kind === 'supplier'
      ? { ...mapping, fields: { ...mapping.fields, city: { column: 'name' } } }
      : mapping,
  );
  const run = await dry({ pack: { ...DOCUMENT_PACK, mappings }, samplesMax: 2 });
  expect(of(run, 'supplier')).toMatchObject({ changed: 5, created: 0, deleted: 0 });
  expect(of(run, 'purchase-order')).toMatchObject({ unchanged: 4 });
  expect(run.samples).toHaveLength(2);
  expect(run.samples[0]?.fields).toEqual([{ field: 'city', after: 'N1' }]);
});

test('a look at the first documents says that it is not the whole, and tells of no deletions', async () => {
  await startSync({ database, clock, adapters }, 'erp');
  const run = await dry({ documentsMax: 3 });
  expect(run.whole).toBe(false);
  expect(of(run, 'supplier')).toMatchObject({ read: 3, unchanged: 3, deleted: 0 });
});

test('records of one kind out of two entities: none goes because the other does not have it', async () => {
  const suppliers = DOCUMENT_PACK.mappings.filter(({ kind }) => kind === 'supplier');
  const pack = {
    ...DOCUMENT_PACK,
    mappings: [
      ...DOCUMENT_PACK.mappings,
      ...suppliers.map((mapping) => ({ ...mapping, name: 'carriers', from: 'carriers' })),
    ],
  };
  await createIntegration(database, {
    name: 'two',
    adapter: 'memory',
    settings: {},
    mapping: pack,
  });
  const deps = {
    database,
    clock,
    adapters: () => source.adapter(['parties', 'carriers', 'orders']),
  };
  for (let n = 1; n <= 3; n += 1) source.put('carriers', `c${n}`, { code: `T${n}`, name: `N${n}` });
  await startSync(deps, 'two');
  expect(of(await dryRun(deps, 'two'), 'supplier')).toMatchObject({ unchanged: 8, deleted: 0 });
  source.remove('carriers', 'c2');
  expect(of(await dryRun(deps, 'two'), 'supplier')).toMatchObject({ unchanged: 7, deleted: 1 });
  const part = await dryRun(deps, 'two', { documentsMax: 4 }); // All carriers, not all parties.
  expect(of(part, 'supplier')).toMatchObject({ read: 6, deleted: 0 });
});

test('records of one kind out of two files: none goes because the other does not have it', async () => {
  const files = { ...testFiles(6), carriers: ['91|Swift|', '92|Slow|'] };
  const suppliers = TEST_PACK.mappings.filter(({ kind }) => kind === 'supplier');
  const { entities } = TEST_PACK.layout;
  const pack = {
    ...TEST_PACK,
    layout: { entities: { ...entities, carriers: { columns: ['id', 'name', 'since'] } } },
    mappings: [
      ...TEST_PACK.mappings,
      ...suppliers.map((mapping) => ({ ...mapping, name: 'carriers', from: 'carriers' })),
    ],
  };
  await createIntegration(database, {
    name: 'two',
    adapter: 'file',
    settings: {},
    mapping: pack,
  });
  const deps = { database, clock, adapters: () => sourceOf(pack, files) };
  await startSync(deps, 'two');
  expect(of(await dryRun(deps, 'two'), 'supplier')).toMatchObject({ unchanged: 5, deleted: 0 });
  files.carriers = ['91|Swift|'];
  expect(of(await dryRun(deps, 'two'), 'supplier')).toMatchObject({ unchanged: 4, deleted: 1 });
});

test('files are weighed as a sync would read them, whatever is wrong with them', async () => {
  const files = testFiles(6);
  const wanted = { name: 'files', adapter: 'file', settings: {}, mapping: TEST_PACK };
  await createIntegration(database, wanted);
  const deps = { database, clock, adapters: () => sourceOf(TEST_PACK, files) };
  const compare = async (): Promise<DryRun> => {
    const before = await everything();
    const trial = await dryRun(deps, 'files');
    expect(await everything()).toEqual(before);
    const { entities } = await startSync(deps, 'files', { acceptDeletions: true });
    for (const { kind, created, changed, deleted, quarantined } of entities) {
      expect(of(trial, kind)).toMatchObject({ created, changed, deleted, quarantined });
    }
    return trial;
  };
  expect(of(await compare(), 'purchase-order')).toMatchObject({ read: 6, created: 6 });
  files['vendors'] = ['1|Allenson|2020-01-31', '2|Renamed|', '3|Cicle|', '4|New|'];
  files['orders'] = testFiles(6)['orders']?.slice(1) ?? [];
  files['orders'].push('9|77|2025-01-31|30.50', '10|4|2025-01-31|31.00');
  files['lines'] = testFiles(6)['lines']?.slice(2) ?? [];
  files['lines'].push('9|1|7|1|30.5|30.50', '10|1|7|1|30.5|30.50');
  const trial = await compare();
  const samples = trial.samples.map(({ kind, key, what }) => `${what} ${kind} ${key}`);
  expect(samples.toSorted()).toEqual([
    'changed supplier 2',
    'created supplier 4',
    'deleted purchase-order 1',
    'quarantined purchase-order 10',
    'quarantined purchase-order 9',
  ]);
  const staging = sql`select tablename from pg_tables where tablename like 'stage%'`;
  expect(await rows(database.kysely, staging)).toEqual([]);
});

test('a file that is not there is named, and only what needs it is left out', async () => {
  const { lines: _, ...files } = testFiles(6);
  await createIntegration(database, {
    name: 'files',
    adapter: 'file',
    settings: {},
    mapping: TEST_PACK,
  });
  const run = await dryRun(
    { database, clock, adapters: () => sourceOf(TEST_PACK, files) },
    'files',
  );
  expect(run.notReady).toEqual([{ entity: 'lines', reason: 'lines.csv is not there' }]);
  expect(run.whole).toBe(false);
  expect(of(run, 'supplier')?.created).toBeGreaterThan(0);
  expect(of(run, 'purchase-order')).toBeUndefined();
});
