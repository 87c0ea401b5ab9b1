/**
 * The API of the hostile ERP is down: what waits goes out as files, the ERP's own import takes some of
 * them, the API comes back. Everything is real but the ERP; its ledger says how often each was booked.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { connectFile, localFolder, parseFileLayout } from '#adapters/file';
import { transact } from '#database';
import { testDatabase } from '#database/testing';
import { systemClock } from '#kernel/time';
import {
  intend,
  listAttempts,
  listOutages,
  listPostings,
  POSTING_POLICY,
  postingsMigrations,
  runPoster,
} from '#postings';
import type { Destination, Posting, PostingState } from '#postings';
import { COLLECTION_OF, connectHostileErp } from '../../simulators/hostile-erp/connect.ts';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';

const POLICY = {
  ...POSTING_POLICY,
  sendMsMax: 3_000,
  settleMs: 500,
  retryBaseMs: 20,
  retryMsMax: 500,
  lookMs: 100,
  fallbackAfterMs: 300,
};

const LAYOUT = parseFileLayout({
  entities: {},
  outbound: {
    folder: 'out',
    books: 'rialto',
    takenByRenaming: true,
    operations: {
      'create-supplier': {
        format: 'csv',
        file: 'suppliers-{sequence}.csv',
        delimiter: ';',
        encoding: 'utf-8',
        header: true,
        columns: [
          { name: 'reference', path: '@reference' },
          { name: 'name', path: 'name', required: true },
        ],
      },
    },
    answers: {
      folder: 'in',
      archive: 'in/read',
      name: 'answer-{sequence}.csv',
      layout: {
        delimiter: ';',
        encoding: 'utf-8',
        header: true,
        columns: ['reference', 'status', 'key', 'reason'],
      },
      reference: 'reference',
      status: 'status',
      key: 'key',
      reason: 'reason',
      booked: ['OK'],
      refused: ['NO'],
    },
  },
});

const supplier = (name: string) => ({ name, status: 'active', country: 'DE', currency: 'EUR' });

async function house() {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-api-down-'));
  for (const name of ['out', 'in', 'taken']) mkdirSync(join(folder, name));
  const erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 6 });
  const api = connectHostileErp({ url: erp.url });
  const files = connectFile({ folder: localFolder(folder), layout: LAYOUT, stabilityMs: 0 });
  const database = await testDatabase([postingsMigrations]);
  const destinations: Record<string, Destination> = {
    erp: {
      adapter: api,
      policy: POLICY,
      entityOf: (kind) => COLLECTION_OF[kind],
      fallback: 'files',
    },
    files: { adapter: files, policy: POLICY, entityOf: () => undefined },
  };
  const destinationOf = (name: string): Promise<Destination> => {
    const found = destinations[name];
    return found === undefined ? Promise.reject(new Error(`no ${name}`)) : Promise.resolve(found);
  };
  const worker = { worker: 'worker-1', sendMsMax: POLICY.sendMsMax, random: Math.random };
  const poster = await runPoster(
    { database, clock: systemClock, destinationOf, ...worker },
    { atOnce: 2, pollMs: 30 },
  );
  onTestFinished(async () => {
    await poster.close();
    await api.close();
    await database.close();
    await erp.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, erp, database };
}

type House = Awaited<ReturnType<typeof house>>;

const ask = async ({ database }: House, name: string): Promise<Posting> => {
  const draft = {
    integration: 'erp',
    operation: 'create-supplier',
    businessKey: name,
    payload: supplier(name),
    cause: { by: 'Ada' },
  } as const;
  return (await transact(database, (tx) => intend(tx, draft, systemClock()))).posting;
};

async function until({ database }: House, states: readonly PostingState[], count: number) {
  for (;;) {
    const query = { states, offset: 0, limit: 100 };
    const { rows, total } = await listPostings(database.kysely, query);
    if (total === count) return rows;
    await pause(50);
  }
}

/** The ERP's import: takes the oldest file at once, books it when the ERP is up, and never answers. */
function takeOldest({ folder }: House): readonly { reference: string; name: string }[] {
  const [oldest = ''] = readdirSync(join(folder, 'out'))
    .filter((name) => name.endsWith('.csv'))
    .toSorted();
  renameSync(join(folder, 'out', oldest), join(folder, 'taken', oldest));
  const [, ...lines] = readFileSync(join(folder, 'taken', oldest), 'utf8')
    .trim()
    .split('\r\n');
  return lines.map((line) => {
    const [reference = '', name = ''] = line.split(';');
    return { reference, name };
  });
}

test('what went out as files while the API was down is booked once, whichever way it came in', async () => {
  const here = await house();
  const { erp, folder, database } = here;
  await erp.goDown();
  const early = await Promise.all(['A', 'B', 'C', 'D'].map((name) => ask(here, name)));
  await until(here, ['handed-over'], 4);
  const imported = takeOldest(here);
  expect(imported.length).toBeGreaterThan(0);
  const late = await Promise.all(['E', 'F', 'G'].map((name) => ask(here, name)));
  await until(here, ['handed-over'], 7);
  expect(readdirSync(join(folder, 'out')).some((name) => name.endsWith('.csv'))).toBe(true);
  expect(await listOutages(database.kysely)).toMatchObject([{ integration: 'erp' }]);

  await erp.comeBack();
  const importer = connectHostileErp({ url: erp.url });
  for (const { reference, name } of imported) {
    const command = { operation: 'create-supplier', reference, payload: supplier(name) } as const;
    const outcome = await importer.writer?.write(command, AbortSignal.timeout(20_000));
    expect(outcome).toMatchObject({ outcome: 'accepted' });
  }
  await importer.close();
  await until(here, ['accepted'], 7);
  const booked = erp.bookings().map(({ reference = '' }) => reference);
  const wanted = [...early, ...late].map(({ reference }) => reference);
  expect(booked.toSorted()).toEqual(wanted.toSorted());
  expect(await listOutages(database.kysely)).toEqual([]);
  const taken = new Set(imported.map(({ reference }) => reference));
  for (const { id, reference } of [...early, ...late]) {
    const story = (await listAttempts(database.kysely, id)).map(({ action }) => action);
    expect(story.includes('withdraw')).toBe(!taken.has(reference)); // What lay there came back.
  }
}, 240_000);
