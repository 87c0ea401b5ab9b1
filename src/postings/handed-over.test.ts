/** Postings that lie where the system will fetch them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeWriterContract } from '#adapter-kit/testing';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { newId } from '#kernel';
import { postingsMigrations } from './index.ts';
import { dismissPosting, retryPosting, settlePosting, withdrawPosting } from './decisions.ts';
import type { PosterDeps } from './destination.ts';
import { referenceOf } from './reference.ts';
import { depsFor, handClock, openSystem, policy, postAllDue } from './testing.ts';
import type { HandClock, System } from './testing.ts';
import { journalOf } from './testing/journal.ts';
import { openOutbox } from './testing/outbox.ts';
import type { Outbox } from './testing/outbox.ts';

let database: Database;
let clock: HandClock;
let system: System;
let outbox: Outbox;
let deps: PosterDeps;
beforeEach(async () => {
  database = await testDatabase([postingsMigrations]);
  clock = handClock();
  system = openSystem(clock);
  outbox = openOutbox(system.book, ['create-supplier', 'update-supplier'], 50);
  deps = {
    ...depsFor(database, clock, system),
    destinationOf: () =>
      Promise.resolve({ adapter: outbox.adapter, policy, entityOf: () => undefined }),
  };
});
afterEach(() => database.close());

const { ask, now, stateOf, story } = journalOf(() => ({ database, clock }), 'files');
const A_DAY_MS = 86_400_000;
const deed = (reason: string): { by: string; at: ReturnType<HandClock>; reason: string } => ({
  by: 'Ada',
  at: clock(),
  reason,
});

test('what is handed over waits until it is taken up and answered, however long that takes', async () => {
  const posting = await ask('A');
  await postAllDue(deps);
  expect((await now(posting)).progress).toMatchObject({
    state: 'handed-over',
    place: `out/${posting.reference}.json`,
    refusal: { why: 'waiting' },
  });
  for (let day = 0; day < 3; day += 1) {
    clock.forward(A_DAY_MS);
    await postAllDue(deps);
  }
  expect(await stateOf(posting)).toBe('handed-over');
  expect(system.bookings).toHaveLength(0);
  outbox.takeUp();
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect((await now(posting)).progress).toMatchObject({
    state: 'accepted',
    result: { key: `K-${posting.reference}` },
  });
  expect(system.bookings).toHaveLength(1);
  expect(await story(posting)).toEqual(['send handed-over', 'look waiting', 'look found']);
});

test('what was refused after it was taken up is a dead letter, and may be handed over again', async () => {
  system.refuses = ({ payload }) => payload['name'] === 'Supplier A';
  const posting = await ask('A');
  await postAllDue(deps);
  outbox.takeUp();
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect((await now(posting)).progress).toMatchObject({
    state: 'dead',
    refusal: { why: 'invalid', field: 'name' },
  });
  system.refuses = () => false;
  await transact(database, (tx) => retryPosting(tx, posting.id, deed('the name is theirs now')));
  await postAllDue(deps);
  expect(await stateOf(posting)).toBe('handed-over');
  outbox.takeUp();
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect(await stateOf(posting)).toBe('accepted');
});

test('what is gone and not answered is never sent again by machine; a person settles it', async () => {
  const [posting, other] = [await ask('A'), await ask('B')];
  await postAllDue(deps);
  outbox.vanish();
  for (let day = 0; day < 3; day += 1) {
    clock.forward(A_DAY_MS);
    await postAllDue(deps);
  }
  expect((await now(posting)).progress).toMatchObject({
    state: 'handed-over',
    refusal: { why: 'uncertain', reason: expect.stringContaining('not there') as unknown },
  });
  expect(outbox.lying.size).toBe(0);
  const retry = transact(database, (tx) => retryPosting(tx, posting.id, deed('again')));
  await expect(retry).rejects.toMatchObject({ code: 'postings.wrong-state' });
  const seen = deed('I looked');
  await transact(database, (tx) => settlePosting(tx, posting.id, { key: 'K-7' }, seen));
  await transact(database, (tx) => settlePosting(tx, other.id, 'not-booked', seen));
  expect([await stateOf(posting), await stateOf(other)]).toEqual(['accepted', 'dead']);
});

test('one whose handing over was lost is found lying there; one that is gone is left to a person', async () => {
  outbox.losesAnswers = true;
  const found = await ask('A');
  await postAllDue(deps);
  expect(await stateOf(found)).toBe('handed-over');
  expect(await story(found)).toEqual(['send uncertain', 'look waiting']);
  const gone = await ask('B');
  outbox.canBeAsked = false;
  await postAllDue(deps);
  outbox.vanish();
  outbox.canBeAsked = true;
  for (let day = 0; day < 3; day += 1) {
    clock.forward(A_DAY_MS);
    await postAllDue(deps);
  }
  expect(await stateOf(gone)).toBe('uncertain');
  expect(await story(gone)).not.toContain('send handed-over');
});

test('one that certainly was never handed over is sent, after the settle window and no sooner', async () => {
  outbox.losesCommands = true;
  const [told, untold] = [await ask('A'), await ask('B')];
  await postAllDue(deps);
  outbox.losesCommands = false;
  expect(await stateOf(told)).toBe('uncertain');
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect([await stateOf(told), await stateOf(untold)]).toEqual(['uncertain', 'uncertain']);
  outbox.noted = true;
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect([await stateOf(told), await stateOf(untold)]).toEqual(['handed-over', 'handed-over']);
  outbox.vanish();
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect(await stateOf(told)).toBe('handed-over'); // It was laid down: only a person settles it.
  expect(outbox.lying.size).toBe(0);
});

test('a person withdraws what lies there still, and is told when it is too late', async () => {
  const [posting, late] = [await ask('A'), await ask('B')];
  await postAllDue(deps);
  outbox.takeUp(late.reference);
  const wish = { by: 'Ada', reason: 'ordered by telephone' };
  await withdrawPosting(deps, posting.id, wish);
  await expect(withdrawPosting(deps, late.id, wish)).rejects.toMatchObject({
    code: 'postings.taken',
  });
  outbox.takeUp();
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect([await stateOf(posting), await stateOf(late)]).toEqual(['dead', 'accepted']);
  expect(system.bookings.map(({ reference }) => reference)).toEqual([late.reference]);
  expect(await story(posting)).toEqual(['send handed-over', 'withdraw withdrawn']);
  await transact(database, (tx) => dismissPosting(tx, posting.id, deed('ordered by telephone')));
  await expect(withdrawPosting(deps, posting.id, wish)).rejects.toMatchObject({
    code: 'postings.wrong-state',
  });
});

test('what is behind a posting that is handed over waits for it', async () => {
  const change = { operation: 'update-supplier', target: { key: 'S1' } } as const;
  const [first, second] = [await ask('1', change), await ask('2', change)];
  await postAllDue(deps);
  expect([await stateOf(first), await stateOf(second)]).toEqual(['handed-over', 'intent']);
  outbox.takeUp();
  clock.forward(A_DAY_MS);
  await postAllDue(deps);
  expect([await stateOf(first), await stateOf(second)]).toEqual(['accepted', 'handed-over']);
});

describeWriterContract('the outbox of these tests', () => {
  const books = openSystem(handClock());
  books.refuses = ({ payload }) => payload['name'] === 'Bad';
  const box = openOutbox(books.book, ['create-supplier'], 50);
  const { writer, capabilities } = box.adapter;
  if (writer === undefined) throw new Error('it is written to');
  const command = (name: string) => ({
    operation: 'create-supplier' as const,
    reference: referenceOf('files', 'create-supplier', newId('posting', 1)),
    payload: { name },
  });
  return Promise.resolve({
    writer,
    capabilities,
    good: [command('Good'), command('Better')],
    refused: command('Bad'),
    takeUp: () => Promise.resolve(box.takeUp()),
    booked: () => Promise.resolve(books.bookings.length),
  });
});
