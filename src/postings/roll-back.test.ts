import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import {
  contentHashOf,
  dryRun,
  isEcho,
  listBatches,
  listPostings,
  openBatch,
  postingsMigrations,
  rollBackBatch,
} from './index.ts';
import type { PostingDraft } from './index.ts';
import type { PosterDeps } from './destination.ts';
import { weighLooked } from './roll-back.ts';
import { depsFor, handClock, openSystem, postAllDue } from './testing.ts';
import type { HandClock, System } from './testing.ts';
import { cause, journalOf, update } from './testing/journal.ts';

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

const { draft, ask, now } = journalOf(() => ({ database, clock }));

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
  const tooSoon = await rollBackBatch(context, batchId, cause);
  expect(tooSoon.batchId).toBeUndefined();
  const whyOf = ({ refused }: typeof rollback) =>
    refused.map(({ why }) => why.replace(/posting_\w+/, 'it'));
  const others = whyOf(rollback);
  const soon = Array<string>(2).fill('it is being taken back, by it');
  expect(whyOf(tooSoon).toSorted()).toEqual([...others, ...soon].toSorted());
  await postAllDue(deps);
  expect(system.documents.get('S1')?.content).toEqual({ name: 'Old' });
  expect(system.documents.get('S2')?.content).toEqual({ name: 'Theirs' });
  expect(system.bookings.slice(-2).map(({ operation }) => operation)).toEqual([
    'update-supplier',
    'cancel-purchase-order',
  ]);
  const again = await rollBackBatch(context, batchId, cause);
  expect(again.undone).toEqual([]);
  const done = Array<string>(2).fill('it is taken back already, by it');
  expect(whyOf(again).toSorted()).toEqual([...others, ...done].toSorted());
  const { rows, total } = await listBatches(database.kysely, { offset: 0, limit: 5 });
  expect(total).toBe(2);
  expect(rows.find(({ id }) => id === batchId)).toMatchObject({
    title: 'Renaming',
    cause,
    counts: { accepted: 4 },
  });
  expect(rows.find(({ undoes }) => undoes === batchId)).toMatchObject({
    title: 'Taking back Renaming',
    counts: { accepted: 2 },
  });
});

/** A batch of one change whose answer is lost; `meddle` happens before it is looked for. */
async function lostChange(businessKey: string, meddle: () => void): Promise<string> {
  const content = { name: 'Old', city: 'Kiel', lines: [{ number: '1', price: '1.50' }] };
  system.documents.set('S1', { key: 'S1', version: '1', content });
  const what = { integration: 'erp', title: 'Renaming', cause };
  const batchId = await openBatch(database.kysely, what, clock());
  system.fates.push(() => Promise.resolve('lost'));
  const lines = [{ number: '1', price: '2.0' }];
  const payload = { name: 'New', lines };
  await ask(businessKey, { batchId, ...update('S1', 'New'), payload });
  system.canBeAsked = false;
  await postAllDue(deps);
  meddle();
  system.canBeAsked = true;
  clock.forward(60_000);
  await postAllDue(deps);
  return batchId;
}
const edit = (fields: JsonObject): void => {
  const there = system.documents.get('S1');
  const version = String(Number(there?.version) + 1);
  system.documents.set('S1', { key: 'S1', version, content: { ...there?.content, ...fields } });
};
const rollBackOf = (batchId: string, confirmed?: ReadonlyMap<string, string>) =>
  rollBackBatch(
    {
      ...deps,
      canonicalOf: (_kind, { content }) => content,
      stop: AbortSignal.timeout(5_000),
    },
    batchId,
    cause,
    confirmed,
  );

test('what was found by looking is taken back only by a person who has seen what is there', async () => {
  const batchId = await lostChange('1', () => edit({ city: 'Ulm' }));
  const first = await rollBackOf(batchId);
  expect(first).toMatchObject({
    undone: [],
    refused: [],
    asks: [{ there: { name: 'New', city: 'Ulm' }, restores: { name: 'Old' }, seen: '3' }],
  });
  const [question] = first.asks;
  if (question === undefined) throw new Error('it asks');
  const { posting, seen, restores } = question;
  expect(restores).toEqual({ name: 'Old', lines: [{ number: '1', price: '1.50' }] });
  const other = await rollBackOf(batchId, new Map([[posting.id, '2']]));
  expect(other).toMatchObject({ undone: [], asks: [{ seen }] }); // A yes to something else.
  const done = await rollBackOf(batchId, new Map([[posting.id, seen]]));
  expect(done.undone).toHaveLength(1);
  await postAllDue(deps);
  expect(system.documents.get('S1')?.content).toMatchObject({ name: 'Old', city: 'Ulm' });
});

test('what was found changed, or was changed since the look, is refused with both versions', async () => {
  const batchId = await lostChange('1', () => edit({ name: 'Theirs' }));
  expect(await rollBackOf(batchId)).toMatchObject({
    asks: [],
    refused: [{ why: "it was found with another 'name' than we sent", there: { name: 'Theirs' } }],
  });
  const later = await lostChange('2', () => undefined);
  const [question] = (await rollBackOf(later)).asks;
  edit({ city: 'Bonn' });
  const yes = new Map([[question?.posting.id ?? '', question?.seen ?? '']]);
  expect(await rollBackOf(later, yes)).toMatchObject({
    undone: [],
    refused: [{ why: 'it has moved on to version 3', there: { city: 'Bonn' } }],
  });
});

test('whoever changes what, before or after the look: only our own fields are ever given back', () => {
  const word = fc.constantFrom('a', 'b', '1.0', '1.00', '1', '01');
  const fields = fc.dictionary(fc.constantFrom('name', 'city', 'price', 'note'), word);
  const document = (content: JsonObject, version: string | undefined) => ({
    key: 'S1',
    content,
    ...(version === undefined ? {} : { version }),
  });
  const counts = { asked: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.record({
        before: fields,
        sent: fields,
        early: fields,
        late: fields,
        versions: fc.boolean(),
      }),
      ({ before, sent, early, late, versions }) => {
        const booked = { ...before, ...sent };
        const atLook = { ...booked, ...early };
        const present = { ...atLook, ...late };
        const touched = Object.keys(late).length > 0;
        const weighed = weighLooked(
          {
            posting: {
              kind: 'supplier',
              operation: 'update-supplier',
              payload: sent,
              looked: document(atLook, versions ? '2' : undefined),
            },
            restores: before,
            now: document(present, versions ? (touched ? '3' : '2') : undefined),
          },
          (_kind, { content }) => content,
        );
        if ('why' in weighed) {
          counts.refused += 1;
          return;
        }
        counts.asked += 1;
        const { restores } = weighed.question;
        expect(canonicalJson(present)).toBe(canonicalJson(atLook)); // Nothing has changed since.
        for (const [field, value] of Object.entries(sent)) {
          expect(sameWorth(value, present[field] ?? '')).toBe(true); // And what we wrote is there.
        }
        expect(Object.keys(restores).toSorted()).toEqual(Object.keys(sent).toSorted());
        const after: JsonObject = { ...present, ...restores };
        for (const field of Object.keys(after)) {
          expect(after[field]).toBe(field in sent ? before[field] : present[field]);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  expect(Math.min(counts.asked, counts.refused)).toBeGreaterThan(20);
});
/** As a person would: '1', '1.0' and '1.00' are one amount; '01' is a number of something else. */
const sameWorth = (a: string, b: string): boolean =>
  a === b || ([a, b].every((one) => /^1(\.0+)?$/.test(one)) && `${a}${b}`.includes('.'));

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
