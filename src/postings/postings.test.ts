import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkContent } from '#canonical';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { intend, listPostings, postingsMigrations, runPoster } from './index.ts';
import {
  dismissPosting,
  editPayload,
  holdPostings,
  releasePostings,
  retryAll,
  retryPosting,
  settlePosting,
} from './decisions.ts';
import type { Posting, PostingDraft } from './index.ts';
import type { PosterDeps } from './destination.ts';
import { countPostings } from './list-postings.ts';
import { depsFor, handClock, openSystem, policy, postAllDue } from './testing.ts';
import type { HandClock, System } from './testing.ts';
import { journalOf, update } from './testing/journal.ts';

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

const { draft, ask, now, stateOf, story } = journalOf(() => ({ database, clock }));
const booked = (): string[] =>
  system.bookings.map(({ payload }) =>
    typeof payload['name'] === 'string' ? payload['name'] : '',
  );

test('asking twice for the same thing is asking once', async () => {
  const [one, two] = [await ask('A'), await ask('A', { payload: { name: 'Other' } })];
  expect(two).toEqual(one);
  expect(one.reference).toMatch(/^RI-[A-Z0-9]{26}$/);
  expect((await ask('A', { integration: 'other' })).reference).not.toBe(one.reference);
  await postAllDue(deps);
  await ask('A');
  await postAllDue(deps);
  expect(booked()).toEqual(['Supplier A', 'Supplier A']); // One to each integration.
});

test('a posting stands or falls with the transaction that asked for it', async () => {
  const attempt = transact(database, async (tx) => {
    await intend(tx, draft('A'), clock());
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  expect(await postAllDue(deps)).toBe(0);
});

test('it is at sending in the journal before anything leaves', async () => {
  const posting = await ask('A');
  let seen: string[] = [];
  system.fates.push(async () => {
    seen = [await stateOf(posting), ...(await story(posting))];
    return { outcome: 'accepted', key: 'K', version: '1' };
  });
  await postAllDue(deps);
  expect(seen).toEqual(['sending', 'send ?']);
  expect(await story(posting)).toEqual(['send accepted']);
  expect((await now(posting)).progress.result).toMatchObject({ key: 'K', version: '1' });
});

test('an answer that was lost is found by looking, and nothing is sent twice', async () => {
  system.fates.push('lost');
  const posting = await ask('A');
  await postAllDue(deps);
  expect(await story(posting)).toEqual(['send uncertain', 'look found']);
  expect(await stateOf(posting)).toBe('accepted');
  expect(booked()).toHaveLength(1);
});

test('a booking that comes in late is waited for; only then would it be sent again', async () => {
  system.fates.push({ lateMs: policy.settleMs });
  const posting = await ask('A');
  for (let ms = 0; ms <= policy.settleMs; ms += 100) {
    await postAllDue(deps);
    clock.forward(100);
  }
  expect(await stateOf(posting)).toBe('accepted');
  expect(booked()).toHaveLength(1);
});

test('what is not there after the settle window is sent again', async () => {
  system.fates.push({ outcome: 'uncertain', reason: 'cut before it arrived' });
  const posting = await ask('A');
  await postAllDue(deps);
  clock.forward(policy.settleMs - 1);
  await postAllDue(deps);
  expect(booked()).toEqual([]);
  clock.forward(1);
  await postAllDue(deps);
  expect(await stateOf(posting)).toBe('accepted');
  expect(booked()).toHaveLength(1);
});

test('while the system cannot be asked, an uncertain posting stays so; a person may settle it', async () => {
  system.fates.push('lost');
  system.canBeAsked = false;
  const [posting, other] = [await ask('A'), await ask('B')];
  await postAllDue(deps);
  clock.forward(10 * policy.settleMs);
  await postAllDue(deps);
  expect(await stateOf(posting)).toBe('uncertain');
  expect(booked()).toHaveLength(2);
  const deed = { by: 'Ada', at: clock(), reason: 'I looked' };
  await expect(
    transact(database, (tx) => settlePosting(tx, other.id, 'not-booked', deed)),
  ).rejects.toMatchObject({ code: 'postings.wrong-state' });
  await transact(database, (tx) => settlePosting(tx, posting.id, { key: 'K-77' }, deed));
  expect((await now(posting)).progress).toMatchObject({
    state: 'accepted',
    result: { key: 'K-77' },
  });
});

test('a worker that is lost while sending leaves a question, which the next one asks', async () => {
  const posting = await ask('A');
  const lostWorker = new Promise<never>(() => undefined);
  let left = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    left = resolve;
  });
  system.fates.push(() => {
    system.bookings.push(posting);
    left();
    return lostWorker;
  });
  void postAllDue(deps); // It will never come back.
  await gone;
  expect(await postAllDue({ ...deps, worker: 'worker-2' })).toBe(0); // The lease still holds.
  clock.forward(3 * policy.sendMsMax + 1);
  await postAllDue({ ...deps, worker: 'worker-2' });
  expect(await story(posting)).toEqual(['send ?', 'lost uncertain', 'look found']);
  expect(system.bookings).toHaveLength(1);
});

test('a worker that was overtaken writes nothing any more', async () => {
  const posting = await ask('A');
  system.fates.push(async () => {
    clock.forward(3 * policy.sendMsMax + 1); // It slept through its lease.
    await postAllDue({ ...deps, worker: 'worker-2' });
    return { outcome: 'accepted', key: 'too late', version: '9' };
  });
  await postAllDue(deps);
  expect(await stateOf(posting)).toBe('uncertain');
  expect(await story(posting)).toEqual(['send ?', 'lost uncertain', 'look not-found']);
});

test('limited and away are tried again later, never before they said; the rest waits with them', async () => {
  const limited = { outcome: 'rejected', why: 'limited', code: '429', reason: 'slow' } as const;
  system.fates.push({ ...limited, retryAfterMs: 2_000 });
  const [first, second] = [await ask('A', { priority: 1 }), await ask('B')];
  const rests = new Map();
  await postAllDue(deps, rests);
  expect(booked()).toEqual([]);
  clock.forward(1_999);
  await postAllDue(deps, rests);
  expect(booked()).toEqual([]);
  clock.forward(2);
  await postAllDue(deps, rests);
  expect(booked()).toEqual(['Supplier A', 'Supplier B']);
  expect((await now(first)).progress.attempts).toBe(2);
  expect((await now(second)).progress.attempts).toBe(1);
});

test('a refused posting is a dead letter: edited, checked, and retried, alone or with others', async () => {
  system.refuses = ({ payload }) => payload['name'] !== 'Good';
  const [one, two, three] = [await ask('A'), await ask('B'), await ask('C')];
  await postAllDue(deps);
  const dead = await listPostings(database.kysely, { states: ['dead'], offset: 0, limit: 2 });
  expect([dead.total, dead.rows.length]).toEqual([3, 2]);
  expect(dead.rows[0]?.progress.refusal).toEqual({
    why: 'invalid',
    code: '422',
    reason: 'no supplier has this name',
    field: 'name',
  });
  const check = (_operation: string, payload: object) => {
    const checked = checkContent('supplier', payload);
    return checked.ok ? [] : checked.problems;
  };
  const deed = { by: 'Ada', at: clock() };
  const edit = (payload: PostingDraft['payload']): Promise<void> =>
    transact(database, (tx) => editPayload(tx, one.id, payload, { ...deed, check }));
  await expect(edit({ name: 'Good' })).rejects.toMatchObject({ code: 'postings.invalid-payload' });
  await edit({ name: 'Good', number: '1', status: 'active' });
  await transact(database, (tx) => retryPosting(tx, one.id, deed));
  await postAllDue(deps);
  expect(await story(one)).toEqual(['send invalid', 'edit ?', 'retry ?', 'send accepted']);
  system.refuses = () => false;
  const retried = await transact(database, (tx) => retryAll(tx, { search: 'supplier' }, deed));
  expect(retried).toBe(2);
  await postAllDue(deps);
  expect([await stateOf(two), await stateOf(three)]).toEqual(['accepted', 'accepted']);
  await expect(transact(database, (tx) => retryPosting(tx, one.id, deed))).rejects.toMatchObject({
    code: 'postings.wrong-state',
  });
});

test('changes of one document go out in order; one that waits holds those behind it', async () => {
  system.documents.set('S1', { key: 'S1', version: '1', content: { name: 'Old' } });
  system.refuses = ({ payload }) => payload['name'] === 'Second';
  const [first, second, third] = [
    await ask('1', update('S1', 'First')),
    await ask('2', { ...update('S1', 'Second'), priority: 5 }),
    await ask('3', update('S1', 'Third')),
  ];
  await postAllDue(deps);
  expect(booked()).toEqual(['First']);
  expect(await stateOf(third)).toBe('intent');
  const reason = 'not wanted any more';
  await transact(database, (tx) =>
    dismissPosting(tx, second.id, { by: 'Ada', at: clock(), reason }),
  );
  await postAllDue(deps);
  expect(booked()).toEqual(['First', 'Third']);
  expect((await now(first)).preImage).toMatchObject({ version: '1', content: { name: 'Old' } });
  expect((await now(third)).preImage).toMatchObject({ version: '2' });
});

test('a target that has moved on is a conflict with both versions; gone, a dead letter', async () => {
  system.documents.set('S1', { key: 'S1', version: '4', content: { name: 'Theirs' } });
  const moved = await ask('1', update('S1', 'Ours', '3'));
  const gone = await ask('2', update('S9', 'Ours'));
  await postAllDue(deps);
  expect(booked()).toEqual([]);
  expect(await now(moved)).toMatchObject({
    progress: { state: 'conflict' },
    target: { version: '3' },
    preImage: { version: '4', content: { name: 'Theirs' } },
  });
  expect((await now(gone)).progress).toMatchObject({
    state: 'dead',
    refusal: { why: 'not-found' },
  });
  await transact(database, (tx) => retryPosting(tx, moved.id, { by: 'Ada', at: clock() }));
  await postAllDue(deps);
  expect(booked()).toEqual(['Ours']);
});

test('an operation that the system lacks is refused before anything is sent', async () => {
  const posting = await ask('A', { operation: 'post-stock-count' });
  await postAllDue(deps);
  expect((await now(posting)).progress).toMatchObject({
    state: 'dead',
    attempts: 1,
    refusal: { why: 'unsupported' },
  });
  expect(system.requests).toBe(0);
});

test('a batch that is refused because of one is halved until the one is found', async () => {
  system = openSystem(clock, 50);
  deps = depsFor(database, clock, system);
  system.refuses = ({ payload }) => payload['name'] === 'Supplier 13';
  const postings: Posting[] = [];
  for (let at = 0; at < 32; at += 1) postings.push(await ask(String(at)));
  await postAllDue(deps);
  expect(booked()).toHaveLength(31);
  const states = await Promise.all(postings.map(stateOf));
  expect(states.map((state, at) => (state === 'dead' ? at : -1)).filter((at) => at >= 0)).toEqual([
    13,
  ]);
  expect(system.requests).toBe(11); // 1 + 2 for each of five halvings.
});

test('several workers share the work and never the same posting', async () => {
  for (let at = 0; at < 40; at += 1) await ask(String(at));
  const workers = ['a', 'b', 'c', 'd'].map((worker) => postAllDue({ ...deps, worker }));
  expect((await Promise.all(workers)).reduce((sum, done) => sum + done, 0)).toBe(40);
  expect(new Set(booked()).size).toBe(40);
  expect(booked()).toHaveLength(40);
});

test('an integration that cannot be connected keeps its postings, and says why', async () => {
  const posting = await ask('A', { target: { key: 'S1' }, operation: 'update-supplier' });
  const broken = { ...deps, destinationOf: () => Promise.reject(new Error('no credentials')) };
  await postAllDue(broken);
  expect((await now(posting)).progress).toMatchObject({
    state: 'intent',
    refusal: { why: 'unavailable', reason: "connecting 'erp': no credentials" },
  });
});

test('a held integration is left alone until it is released', async () => {
  await ask('A');
  const hold = { integration: 'erp', reason: 'year-end closing', by: 'Ada', since: clock() };
  await holdPostings(database.kysely, hold);
  expect(await postAllDue(deps)).toBe(0);
  await releasePostings(database.kysely, 'erp');
  expect(await postAllDue(deps)).toBe(1);
});

test('a running poster is woken by the commit that asks, and ends what it began', async () => {
  let sent = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    sent = resolve;
  });
  system.fates.push(() => {
    sent();
    return Promise.resolve({ outcome: 'accepted', key: 'K', version: '1' });
  });
  const poster = await runPoster(deps, { atOnce: 2, pollMs: 60_000 });
  const posting = await ask('A');
  await done;
  await poster.close();
  expect(await stateOf(posting)).toBe('accepted');
  expect(await countPostings(database.kysely)).toMatchObject([{ state: 'accepted', count: 1 }]);
});
