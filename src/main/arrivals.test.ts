import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabaseUrl } from '#database/testing';
import type { Adapter, Arrivals } from '#adapter-kit';
import { systemClock } from '#kernel/time';
import { createIntegration, updateIntegration } from '#sync';
import { runArrivals } from './arrivals.ts';
import { openStore } from './open-store.ts';
import { undoList } from './opening.ts';
import { readSettings } from './settings.ts';

const PACE = { listMs: 50, restMs: 0, stirMs: 0 };
const jobs = async (database: Database): Promise<number> =>
  (await rows(database.kysely, sql`select 1 as one from workflow.job`)).length;

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await is()); tries += 1) {
    if (tries > 1500) throw new Error('it never came to that');
    await pause(20);
  }
}

/** A place whose look is what one says; undefined: another at every look. */
function placeOf(look: string | undefined) {
  const place = { look, looks: 0, watching: 0, fails: false };
  const arrivals: Arrivals = {
    everyMs: 1,
    look() {
      place.looks += 1;
      if (place.fails) return Promise.reject(new Error('the server is away'));
      return Promise.resolve(place.look ?? `${place.looks}`);
    },
    watch() {
      place.watching += 1;
      return () => {
        place.watching -= 1;
      };
    },
  };
  const more = async (): Promise<void> => {
    const { looks } = place;
    await until(() => place.looks > looks + 10);
  };
  return { place, arrivals, more };
}

async function open() {
  const undo = undoList();
  const url = await testDatabaseUrl();
  const dataDir = mkdtempSync(join(tmpdir(), 'rialto-arrivals-'));
  undo.add(() => rmSync(dataDir, { recursive: true }));
  const settings = readSettings({ dataDir, empty: true }, { DATABASE_URL: url });
  const stop = new AbortController().signal;
  const onLost = (): void => undefined;
  const opening = { say: onLost, clock: systemClock, stop, undo, onLost, background: false };
  const database = await openStore(settings, opening);
  const wanted = { name: 'shop', adapter: 'file', mapping: 'sample' };
  await createIntegration(database, { ...wanted, settings: { path: '/x', onArrival: true } });
  return { undo, database };
}

const adapterWith = (arrivals: Arrivals): Adapter => ({
  name: 'file',
  capabilities: { reads: {}, writes: [], deletions: 'invisible' },
  arrivals,
  test: () => Promise.resolve([]),
  survey: () => Promise.resolve([]),
  // oxlint-disable-next-line typescript/require-await -- nothing is read here.
  async *read() {
    yield* [];
  },
});

test('what has come to rest is read once; what keeps changing, and what was read, is not', async () => {
  const { undo, database } = await open();
  const { place, arrivals, more } = placeOf(undefined);
  const errors: unknown[] = [];
  try {
    const adapters = (): Promise<Adapter> => Promise.resolve(adapterWith(arrivals));
    const onError = (error: unknown): void => void errors.push(error);
    runArrivals({ database, clock: systemClock, adapters }, { undo, onError }, PACE);
    await until(() => place.looks > 10);
    expect(await jobs(database)).toBe(0);
    place.look = 'as it is';
    await until(async () => (await jobs(database)) === 1);
    await more();
    place.look = 'changed while that waits to be read';
    await more();
    expect(await jobs(database)).toBe(1);
    await rows(database.kysely, sql`update workflow.job set state = 'done'`);
    await until(async () => (await jobs(database)) === 2);
    await rows(database.kysely, sql`update workflow.job set state = 'done'`);
    await more();
    expect(await jobs(database)).toBe(2);
    place.fails = true;
    await until(() => errors.length > 0);
    place.fails = false;
    await more();
    expect(await jobs(database)).toBe(2);
    expect(place.watching).toBe(1);
    await updateIntegration(database, 'shop', { path: '/x' }, () => Promise.resolve());
    await until(() => place.watching === 0);
  } finally {
    await undo.run();
  }
  expect(place.watching).toBe(0);
}, 120_000);
