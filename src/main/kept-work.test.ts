import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '#database/testing';
import type { Database } from '#database';
import { instantOf } from '#kernel/time';
import { workflowMigrations } from '#workflow';
import { openKeptWork } from './kept-work.ts';
import type { KeptWork } from './kept-work.ts';

type Found = { readonly found: number };

const clock = () => instantOf(1_760_000_000_000);

let database: Database;
/** The books of work as a server opens them: those of one that ended know only what was kept. */
let opened: () => KeptWork<Found>;
beforeEach(async () => {
  database = await testDatabase([workflowMigrations]);
  opened = () => openKeptWork<Found>({ database, clock }, 'search');
});
afterEach(() => database.close());

test('what came of work is known after a restart, until the next of its name', async () => {
  const works = opened();
  works.begin('a', 'Ada', () => Promise.resolve({ found: 42 }));
  await expect.poll(async () => (await works.last('a'))?.status).toBe('done');
  await works.cancel('a'); // Waits until it is kept.
  expect(await opened().last('a')).toMatchObject({
    status: 'done',
    by: 'Ada',
    result: { found: 42 },
  });
  expect(await opened().last('b')).toBeUndefined();

  const again = opened();
  again.begin('a', 'Bob', () => Promise.reject(new Error('lost the way')));
  await expect.poll(async () => (await again.last('a'))?.status).toBe('failed');
  await again.cancel('a');
  expect(await opened().last('a')).toMatchObject({ status: 'failed', by: 'Bob' });
});

test('work that was under way when the server ended is said to have been interrupted', async () => {
  const begun = Promise.withResolvers<undefined>();
  const never = Promise.withResolvers<Found>();
  opened().begin('a', 'Ada', () => {
    begun.resolve(undefined);
    return never.promise;
  });
  await begun.promise;
  const after = opened();
  expect(await after.last('a')).toMatchObject({
    status: 'failed',
    by: 'Ada',
    failure: { code: 'main.work-interrupted' },
  });
  after.begin('a', 'Ada', () => Promise.resolve({ found: 1 }));
  await expect.poll(async () => (await after.last('a'))?.result?.found).toBe(1);
  never.resolve({ found: 0 });
});
