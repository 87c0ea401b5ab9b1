import { afterEach, beforeEach, expect, test } from 'vitest';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import {
  contentHashOf,
  dryRun,
  findPosting,
  intend,
  isEcho,
  listBatches,
  listPostings,
  openBatch,
  postingsMigrations,
  rollBackBatch,
} from './index.ts';
import type { Posting, PostingDraft } from './index.ts';
import type { PosterDeps } from './destination.ts';
import { depsFor, handClock, openSystem, postAllDue } from './testing.ts';
import type { HandClock, System } from './testing.ts';

let database: Database;
let clock: HandClock;
let system: System;
let deps: PosterDeps;
beforeEach(async () => {
  database = await testDatabase([postingsMigrations]);
  clock = handClock();
  system = openSystem(clock);
  deps = depsFor(database, clock, system);
});
afterEach(() => database.close());

const cause = { by: 'Ada', because: 'a test' };

const draft = (businessKey: string, more: Partial<PostingDraft> = {}): PostingDraft => ({
  integration: 'erp',
  operation: 'create-supplier',
  businessKey,
  payload: { name: `Supplier ${businessKey}` },
  cause,
  ...more,
});

async function ask(businessKey: string, more: Partial<PostingDraft> = {}): Promise<Posting> {
  const { posting } = await transact(database, (tx) =>
    intend(tx, draft(businessKey, more), clock()),
  );
  return posting;
}

const now = async ({ id }: Posting): Promise<Posting> => {
  const found = await findPosting(database.kysely, id);
  if (found === undefined) throw new Error(`${id} is gone`);
  return found;
};
const update = (key: string, name: string, version?: string): Partial<PostingDraft> => ({
  operation: 'update-supplier',
  payload: { name },
  target: { key, ...(version === undefined ? {} : { version }) },
});

test('a dry run shows the request and what would change, and does nothing', async () => {
  system.documents.set('S1', { key: 'S1', version: '2', content: { name: 'Old', city: 'Kiel' } });
  const destination = await deps.destinationOf('erp');
  const run = await dryRun(database.kysely, draft('1', update('S1', 'New', '1')), {
    destination,
    canonicalOf: (_kind, { content }) => content,
    stop: AbortSignal.timeout(1_000),
  });
  expect(run).toMatchObject({
    supported: true,
    preview: { operation: 'update-supplier', payload: { name: 'New' } },
    target: { key: 'S1', found: true, version: '2', movedOn: true },
    changes: [{ field: 'name', before: 'Old', after: 'New' }],
  });
  expect(system.requests).toBe(0);
  expect((await listPostings(database.kysely, { offset: 0, limit: 1 })).total).toBe(0);
});

test('a finished batch is taken back in reverse; what moved on since is refused', async () => {
  system.documents.set('S1', { key: 'S1', version: '1', content: { name: 'Old' } });
  system.documents.set('S2', { key: 'S2', version: '1', content: { name: 'Old 2' } });
  const batchId = await openBatch(
    database.kysely,
    { integration: 'erp', title: 'Renaming', cause },
    clock(),
  );
  const order = { operation: 'create-purchase-order', payload: { name: 'Order' } } as const;
  await ask('1', { batchId, ...order });
  await ask('2', { batchId, ...update('S1', 'New') });
  await ask('3', { batchId, ...update('S2', 'New 2') });
  await ask('4', { batchId });
  const context = {
    ...deps,
    canonicalOf: (_kind: string, { content }: { content: PostingDraft['payload'] }) => content,
    stop: AbortSignal.timeout(5_000),
  };
  await expect(rollBackBatch(context, batchId, cause)).rejects.toMatchObject({
    code: 'postings.batch-unfinished',
  });
  await postAllDue(deps);
  system.documents.set('S2', { key: 'S2', version: '3', content: { name: 'Theirs' } });
  const rollback = await rollBackBatch(context, batchId, cause);
  expect(rollback.undone.map(({ by }) => by.operation)).toEqual([
    'update-supplier',
    'cancel-purchase-order',
  ]);
  expect(rollback.refused.map(({ why }) => why)).toEqual([
    'a create-supplier cannot be taken back by message',
    'it has moved on to version 3',
  ]);
  await postAllDue(deps);
  expect(system.documents.get('S1')?.content).toEqual({ name: 'Old' });
  expect(system.documents.get('S2')?.content).toEqual({ name: 'Theirs' });
  expect(system.bookings.slice(-2).map(({ operation }) => operation)).toEqual([
    'update-supplier',
    'cancel-purchase-order',
  ]);
  expect((await rollBackBatch(context, batchId, cause)).undone).toEqual([]);
  const { rows, total } = await listBatches(database.kysely, { offset: 0, limit: 5 });
  expect(total).toBe(2);
  expect(rows.find(({ id }) => id === batchId)).toMatchObject({
    title: 'Renaming',
    cause,
    counts: { accepted: 4 },
  });
  expect(rows.find(({ undoes }) => undoes === batchId)?.counts).toEqual({ accepted: 2 });
});

test('what we wrote ourselves is known when it comes back in, by version or by content', async () => {
  const posting = await ask('A');
  await postAllDue(deps);
  const key = (await now(posting)).progress.result?.key ?? '';
  const arrival = { integration: 'erp', kind: 'supplier', key };
  expect(await isEcho(database.kysely, { ...arrival, version: '1' })).toBe(true);
  expect(await isEcho(database.kysely, { ...arrival, version: '2' })).toBe(false);
  expect(await isEcho(database.kysely, { ...arrival, kind: 'item', version: '1' })).toBe(false);
  system.versions = false;
  const other = await ask('B');
  await postAllDue(deps);
  const second = { ...arrival, key: (await now(other)).progress.result?.key ?? '' };
  const contentHash = contentHashOf({ name: 'Supplier B' });
  expect(await isEcho(database.kysely, { ...second, contentHash })).toBe(true);
  const edited = contentHashOf({ name: 'Theirs' });
  expect(await isEcho(database.kysely, { ...second, contentHash: edited })).toBe(false);
});
