import { afterEach, beforeEach, expect, test } from 'vitest';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { intend } from './intend.ts';
import { findPosting } from './list-postings.ts';
import { postingsMigrations } from './migrations.ts';
import type { Posting, PostingDraft } from './posting.ts';
import { noteOvertaken, standingOf, writingsOn } from './standing.ts';
import { supersedePosting } from './supersede.ts';
import { depsFor, handClock, openSystem, postAllDue } from './testing.ts';
import type { HandClock, System } from './testing.ts';

let database: Database;
let clock: HandClock;
let system: System;
beforeEach(async () => {
  database = await testDatabase([postingsMigrations]);
  clock = handClock();
  system = openSystem(clock);
  system.documents.set('7', { key: '7', version: '1', content: { name: 'First' } });
});
afterEach(() => database.close());

const rename = (name: string, version?: string): PostingDraft => ({
  integration: 'erp',
  operation: 'update-supplier',
  businessKey: name,
  payload: { name },
  target: { key: '7', ...(version === undefined ? {} : { version }) },
  cause: { by: 'Ada' },
});
const ask = async (draft: PostingDraft): Promise<Posting> =>
  (await transact(database, (tx) => intend(tx, draft, clock()))).posting;
const stateOf = async ({ id }: Posting) => (await findPosting(database.kysely, id))?.progress.state;
const standing = () => {
  const documents = [...system.documents.values()];
  const page = { integration: 'erp', kinds: ['supplier'], documents };
  return standingOf(database.kysely, page, (_kind, { content }) => Object(content));
};

test.for([true, false])(
  'our own write is an echo, what is edited there is not (versions: %s)',
  async (versions) => {
    system.versions = versions;
    expect((await standing()).echoes).toEqual(new Set());
    await ask(rename('Ours'));
    await postAllDue(depsFor(database, clock, system));
    expect((await standing()).echoes).toEqual(new Set(['7']));
    const written = await writingsOn(database.kysely, {
      integration: 'erp',
      kind: 'supplier',
      key: '7',
    });
    expect(written.map(({ payload }) => payload)).toEqual([{ name: 'Ours' }]);
    const edited = versions ? { version: '3' } : {};
    system.documents.set('7', { key: '7', content: { name: 'Theirs' }, ...edited });
    expect((await standing()).echoes).toEqual(new Set());
  },
);

test('what waits to change a document that was read anew is held up, once, with the reason', async () => {
  const seen = await ask(rename('Saw the first', '1'));
  const blind = await ask(rename('Saw nothing'));
  expect((await standing()).overtaken).toEqual([]);
  system.documents.set('7', { key: '7', version: '2', content: { name: 'Theirs' } });
  const { overtaken } = await standing();
  expect(overtaken).toEqual([seen.id]);
  for (const _ of [1, 2]) {
    await transact(database, (tx) => noteOvertaken(tx, overtaken, { by: 'run', at: clock() }));
  }
  expect(await findPosting(database.kysely, seen.id)).toMatchObject({
    progress: { state: 'conflict', attempts: 1, refusal: { why: 'conflict' } },
  });
  await postAllDue(depsFor(database, clock, system));
  expect(system.bookings).toEqual([]); // It holds up what is behind it.
  expect(await stateOf(blind)).toBe('intent');
});

test('what takes the place of a posting goes out before what waited behind it', async () => {
  const first = await ask(rename('One', '0'));
  await ask(rename('Two'));
  await ask(rename('Three'));
  await postAllDue(depsFor(database, clock, system));
  expect(await stateOf(first)).toBe('conflict');
  const anew = await transact(database, (tx) =>
    supersedePosting(
      tx,
      first.id,
      { ...rename('One, merged', '1'), target: { key: '7', version: '1' } },
      { by: 'Ada', at: clock(), reason: 'merged' },
    ),
  );
  expect(anew).toMatchObject({ lane: first.lane, progress: { state: 'intent' } });
  await postAllDue(depsFor(database, clock, system));
  expect(system.bookings.map(({ payload }) => payload['name'])).toEqual([
    'One, merged',
    'Two',
    'Three',
  ]);
  expect(await stateOf(first)).toBe('dismissed');
});
