import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DocumentAdapter } from '#adapter-kit';
import { migrate, rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { postingsMigrations } from '#postings';
import { listRecords, recordsMigrations } from '#records';
import { createIntegration, startSync, syncMigrations } from '../index.ts';
import type { RunSummary } from '../index.ts';
import { DOCUMENT_PACK, MemorySource } from '../pull/testing.ts';
import { decideDrift, listDrift } from './index.ts';
import { compareShapes } from './compare-shapes.ts';
import type { KnownPath } from './compare-shapes.ts';
import { lookAt } from './shape.ts';
import type { Shape } from './shape.ts';

type Capabilities = DocumentAdapter['capabilities'];

const shapeOf = (documents: Parameters<typeof lookAt>[0]): Shape => lookAt(documents).shape;

const known = (path: string, present: number, asked: number, absentInARow = 0): KnownPath => ({
  path,
  types: ['text'],
  present,
  asked,
  absentInARow,
});

describe('what documents look like', () => {
  test('a path counts once a document, against what could have held it', () => {
    const shape = shapeOf([
      { id: 1, lines: [{ price: '1' }, { price: null, text: 'a' }] },
      { id: '2', lines: [], party: { name: 'x' } },
    ]);
    expect(shape.get('id')).toEqual({ types: new Set(['number', 'text']), present: 2, asked: 2 });
    expect(shape.get('lines[].price')).toEqual({
      types: new Set(['text', 'nothing']),
      present: 1,
      asked: 1,
    });
    expect(shape.get('party.name')).toMatchObject({ present: 1, asked: 1 });
  });

  test('parts of what was always empty are no change of form; parts beside known ones are', () => {
    const empty = shapeOf([{ shipment: null, lines: [], party: { name: 'x' } }]);
    const paths = [...empty].map(([path, { types, present, asked }]) => {
      return { path, types: [...types], present, asked, absentInARow: 0 };
    });
    const { shape, holders } = lookAt([
      { shipment: { id: 7 }, lines: [{ price: { amount: '1' } }], party: { name: 'x', tax: 'y' } },
    ]);
    const told = compareShapes(paths, shape, holders).map(({ path, kind }) => [path, kind]);
    expect(told).toEqual([['party.tax', 'new']]);
  });

  test('documents compared with themselves never differ', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => ({ value }));
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 8 }), (documents) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made as JSON above.
        const contents = documents as Parameters<typeof shapeOf>[0];
        const { shape, holders } = lookAt(contents);
        const paths = [...shape].map(([path, { types, present, asked }]) => ({
          path,
          types: [...types],
          present,
          asked,
          absentInARow: 0,
        }));
        expect(compareShapes(paths, shape, holders)).toEqual([]);
      }),
    );
  });

  test('what was always there and is in none of four is gone; two say nothing yet', () => {
    const seen = shapeOf([{ b: 1 }]);
    const lacking = (n: number) => () => n;
    expect(compareShapes([known('a', 9, 9), known('b', 9, 9)], seen, lacking(2))).toMatchObject([
      { path: 'b', kind: 'type' },
    ]);
    expect(compareShapes([known('a', 9, 9)], seen, lacking(4))[0]).toMatchObject({
      path: 'a',
      kind: 'gone',
    });
  });

  test('what was there now and then may be lacking for long', () => {
    const seen = shapeOf([{ b: 'x' }]);
    expect(compareShapes([known('a', 5, 100), known('b', 9, 9)], seen, () => 50)).toEqual([]);
    expect(compareShapes([known('a', 50, 100), known('b', 9, 9)], seen, () => 20)).toHaveLength(1);
  });

  test('documents that come one by one add up', () => {
    const seen = shapeOf([{ b: 'x' }]);
    const b = known('b', 9, 9);
    expect(compareShapes([known('a', 90, 90, 1), b], seen, () => 1)).toEqual([]);
    expect(compareShapes([known('a', 90, 90, 2), b], seen, () => 1)).toHaveLength(1);
  });
});

describe('a source that comes to look otherwise', () => {
  let database: Database;
  let source: MemorySource;
  let now = 1_700_000_000_000;
  const clock = () => instantOf((now += 1_000));

  beforeEach(async () => {
    database = await testDatabase([recordsMigrations, syncMigrations]);
    source = new MemorySource();
    const wanted = { name: 'erp', adapter: 'memory', settings: {}, mapping: DOCUMENT_PACK };
    await createIntegration(database, wanted);
    for (let n = 0; n < 20; n += 1)
      source.put('parties', `s${n}`, { code: `C${n}`, name: `N${n}` });
    await sync();
  });
  afterEach(() => database.close());

  const sync = (): Promise<RunSummary> =>
    startSync({ database, clock, adapters: () => source.adapter(['parties', 'orders']) }, 'erp');
  const names = async (): Promise<unknown[]> => {
    const query = { kind: 'supplier' as const, filters: [], offset: 0, limit: 100 };
    const { rows: found } = await listRecords(database.kysely, query);
    return found.map(({ content }) => content['name']);
  };
  const rename = (): void => {
    for (let n = 0; n < 20; n += 1) source.put('parties', `s${n}`, { code: `C${n}`, title: 'T' });
  };

  test('a renamed field holds its entity up, and nothing is emptied', async () => {
    const before = await names();
    rename();
    const run = await sync();
    expect(run.notReady).toMatchObject([
      { entity: 'parties', reason: 'the source no longer sends name' },
    ]);
    expect(await names()).toEqual(before);
    const { rows: found } = await listDrift(database, { offset: 0, limit: 10 });
    expect(found.map(({ path, kind, mapped }) => [path, kind, mapped])).toEqual([
      ['name', 'gone', true],
      ['title', 'new', false],
    ]);
  });

  test('what we booked there has only what we send, and is no sign of drift', async () => {
    await migrate(database, [postingsMigrations]);
    const adapter = source.adapter(['parties', 'orders']);
    const writes: Capabilities['writes'] = ['create-supplier'];
    const adapters = () => ({ ...adapter, capabilities: { ...adapter.capabilities, writes } });
    for (let n = 20; n < 26; n += 1) source.put('parties', `s${n}`, { code: `C${n}` });
    const run = () => startSync({ database, clock, adapters }, 'erp');
    expect((await run()).notReady).toHaveLength(1); // Nobody knows who wrote them.
    for (let n = 20; n < 26; n += 1) {
      await rows(
        database.kysely,
        sql`insert into postings.posting (id, integration, operation, kind, reference, business_key,
            payload, lane, cause, state, next_try_at, created_at, updated_at, result_key)
          values (${`p${n}`}, 'erp', 'create-supplier', 'supplier', ${`r${n}`}, ${`b${n}`}, '{}',
            'lane', '{}', 'accepted', now(), now(), now(), ${`s${n}`})`,
      );
    }
    expect((await run()).notReady).toEqual([]);
    rename(); // What the source itself sends is looked at as ever.
    expect((await run()).notReady).toHaveLength(1);
  });

  test('the source as it was goes on by itself, and the drift has passed', async () => {
    rename();
    await sync();
    for (let n = 0; n < 20; n += 1) source.put('parties', `s${n}`, { code: `C${n}`, name: 'Back' });
    expect(await sync()).toMatchObject({ notReady: [] });
    expect(new Set(await names())).toEqual(new Set(['Back']));
    const passed = await listDrift(database, { status: 'passed', offset: 0, limit: 10 });
    expect(passed.rows.map(({ path }) => path)).toEqual(['name']);
  });

  test('accepted, the documents come in as they are now; what is needed waits in quarantine', async () => {
    rename();
    await sync();
    const { rows: found } = await listDrift(database, { offset: 0, limit: 10 });
    const id = found.find(({ kind }) => kind === 'gone')?.id ?? '';
    await decideDrift(database, { id, status: 'accepted', by: 'per_1', at: clock() });
    const run = await sync();
    expect(run.notReady).toEqual([]);
    const suppliers = run.entities.find(({ kind }) => kind === 'supplier');
    expect(suppliers).toMatchObject({ quarantined: 20, changed: 0, deleted: 0 });
  });

  test('refused, it goes on being held up', async () => {
    rename();
    await sync();
    const { rows: found } = await listDrift(database, { offset: 0, limit: 10 });
    const id = found.find(({ kind }) => kind === 'gone')?.id ?? '';
    await decideDrift(database, { id, status: 'refused', by: 'per_1', at: clock() });
    expect((await sync()).notReady).toHaveLength(1);
    await expect(
      decideDrift(database, { id: 'none', status: 'refused', by: 'per_1', at: clock() }),
    ).rejects.toMatchObject({ code: 'sync.no-drift' });
  });
});
