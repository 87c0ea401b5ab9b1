/** Places that mean nothing any more, and runs that commit when nobody expects them to. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cursor } from '#adapter-kit';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { RialtoError } from '#kernel';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import { createIntegration, startSync, syncMigrations } from '../index.ts';
import type { RunSummary } from '../index.ts';
import { complete, openPull, step } from './pull-state.ts';
import type { PullState } from './pull-state.ts';
import { DOCUMENT_PACK, MemorySource } from './testing.ts';

let database: Database;
let source: MemorySource;
let now = 1_700_000_000_000;
const clock = () => instantOf((now += 1_000));

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  source = new MemorySource();
  const wanted = { name: 'erp', adapter: 'memory', settings: {}, mapping: DOCUMENT_PACK };
  await createIntegration(database, wanted);
  for (let n = 1; n <= 12; n += 1) {
    source.put('parties', `s${n}`, { code: `C${n}`, name: `Supplier ${n}` });
  }
});
afterEach(() => database.close());

/** Syncs; a source that has forgotten its places refuses every one that it gave before. */
function sync(forgetsWith?: string): Promise<RunSummary> {
  const adapter = source.adapter(['parties', 'orders']);
  const forgetful: typeof adapter = {
    ...adapter,
    async *pull(entity, from, signal) {
      if (from.after !== undefined && forgetsWith !== undefined) {
        throw new RialtoError('conflict', forgetsWith, `going on in '${entity}'`);
      }
      yield* adapter.pull(entity, from, signal);
    },
  };
  const adapters = () => forgetful;
  return startSync({ database, clock, adapters }, 'erp', { pageSize: 4 });
}

const suppliers = (run: RunSummary) => run.entities.find(({ kind }) => kind === 'supplier');

test.each(['memory.cursor-expired', 'memory.cursor-malformed', 'adapter-kit.changes-lost'])(
  'a place among changes that the source does not know any more (%s) makes it be read whole',
  async (code) => {
    await sync();
    source.put('parties', 's13', { code: 'C13', name: 'New' });
    const run = await sync(code);
    expect(run).toMatchObject({ status: 'done', notReady: [] });
    expect(run.message).toContain('parties was read whole');
    expect(suppliers(run)).toMatchObject({ read: 13, created: 1, unchanged: 12 });
    expect(suppliers(await sync())).toMatchObject({ created: 0 });
  },
);

test('so does a place in the middle of a snapshot', async () => {
  let answers = 0;
  source.mischief = { fails: () => (answers += 1) === 3 };
  expect(await sync()).toMatchObject({ status: 'failed' });
  source.mischief = {};
  const run = await sync('memory.cursor-expired');
  expect(run).toMatchObject({ status: 'done', notReady: [] });
  expect(suppliers(run)).toMatchObject({ read: 12 });
});

const wanted = { integration: 'erp', entity: 'parties', mapping: 'print', anew: false };
const place = (name: string): Cursor => name as Cursor;
const page = (cursor: Cursor) => ({ cursor, keys: ['a'], unreadable: 0, digest: Buffer.alloc(32) });
const move = (state: PullState, cursor: Cursor): Promise<PullState> =>
  transact(database, (tx) => step(tx, state, page(cursor)));
const finish = (state: PullState): Promise<void> =>
  transact(database, (tx) => complete(tx, state, clock(), place('changes from here')));

test('a run whose process was killed completes late: the run after it does not step back', async () => {
  const killed = await move(await openPull(database, wanted), place('the end'));
  const next = await openPull(database, wanted);
  await finish(killed);
  await expect(move(next, place('the end'))).rejects.toThrow('another run');
  await expect(finish(next)).rejects.toThrow('another run');
  const state = await openPull(database, wanted);
  expect(state).toMatchObject({ mode: 'changes', cursor: 'changes from here' });
});

test('it steps late: the run after it neither steps nor completes over it', async () => {
  const killed = await openPull(database, wanted);
  const next = await openPull(database, wanted);
  await move(killed, place('one'));
  await expect(move(next, place('two'))).rejects.toThrow('another run');
  await expect(finish(next)).rejects.toThrow('another run');
  expect(await openPull(database, wanted)).toMatchObject({ mode: 'snapshot', cursor: 'one' });
});
