/** A company is founded over the API, stopped, gone on with, and taken up; its oddities are kept. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { migrate, openDatabase, rows, sql } from '#database';
import { testDatabaseUrl } from '#database/testing';
import { instantOf, localDate } from '#kernel/time';
import { NEEDED_TABLES, writeHistory } from '#living-company';
import { openApp } from './app.ts';
import { withOwner } from './cli/client.ts';
import type { Client } from './cli/client.ts';
import { readSettings } from './settings.ts';

/** Waits until something has come about. */
async function until(
  client: Client,
  has: (standing: Awaited<ReturnType<typeof stand>>) => boolean,
): Promise<Awaited<ReturnType<typeof stand>>> {
  for (;;) {
    const standing = await stand(client);
    if (has(standing)) return standing;
    await pause(100);
  }
}
const stand = (client: Client) => client.call('getLivingCompany');

test('a company is founded once, rests where it is stopped, and trades on when it is told to', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rialto-living-'));
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  let nowMs = 1_730_000_000_000; // 2024-10-27.
  const clock = () => instantOf(nowMs);
  const settings = readSettings({ dataDir, port: '0', empty: true }, env);
  const app = await openApp(settings, () => undefined, { clock, background: true });
  try {
    await withOwner(dataDir, async (client) => {
      expect(await stand(client)).toEqual({ company: null, last: null });
      const body = { size: 'small', years: 1, seed: 3 } as const;
      expect(await client.call('simulateCompany', { body })).toMatchObject({ status: 'running' });
      await until(client, ({ last }) => last?.progress !== undefined);
      const { company, last } = await client.call('cancelSimulation');
      expect(last).toMatchObject({ status: 'cancelled' });
      expect(company).toMatchObject({ status: 'resting', refused: {}, startedOn: '2023-11-01' });
      const file = join(dataDir, 'living-company', 'truth.jsonl');
      const { items } = await client.call('listOddities', { query: {} });
      expect(items.length).toBeGreaterThan(0);
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      expect(lines.map((line): unknown => JSON.parse(line))).toEqual(items);
      await expect(client.call('simulateCompany', { body })).rejects.toMatchObject({
        kind: 'conflict',
      });
      await tradeOn(client, company?.livedUntil ?? '');
    });
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  expect(existsSync(dataDir)).toBe(false);

  /** The clock is put on the day after; what happened then is booked by itself. */
  async function tradeOn(client: Client, livedUntil: string): Promise<void> {
    nowMs = Date.parse(`${livedUntil}T12:00:00Z`) + 2 * 86_400_000;
    await client.call('setLivingCompany', { body: { isLive: true } });
    const { company } = await until(
      client,
      (standing) => standing.company?.livedUntil !== livedUntil,
    );
    expect(company).toMatchObject({ isLive: true, livedMinute: 0, refused: {} });
    const rested = await client.call('setLivingCompany', { body: { isLive: false } });
    expect(rested.company).toMatchObject({ isLive: false });
  }
}, 120_000);

test('what an earlier version founded is not lived on: it comes to rest by itself', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rialto-living-'));
  const url = await testDatabaseUrl();
  const clock = () => instantOf(1_730_000_000_000); // 2024-10-27.
  const database = await openDatabase({ url, poolSizeMax: 1 });
  const env = { DATABASE_URL: url, RIALTO_TIME_ZONE: 'UTC' };
  const settings = readSettings({ dataDir, port: '0', empty: true }, env);
  try {
    await migrate(database, NEEDED_TABLES);
    const plan = { size: 'small', seed: 3, startedOn: localDate('2024-10-01') } as const;
    const wish = { plan, until: localDate('2024-10-05'), by: 'ada' };
    await writeHistory({ database, clock }, wish);
    await rows(
      database.kysely,
      sql`update living_company.company set world = world - 1, is_live = true`,
    );
    const app = await openApp(settings, () => undefined, { clock, background: true });
    await withOwner(dataDir, async (client) => {
      await until(client, ({ company }) => company?.isLive === false);
      const trading = client.call('setLivingCompany', { body: { isLive: true } });
      await expect(trading).rejects.toMatchObject({ kind: 'conflict' });
    }).finally(() => app.close());
  } finally {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);

test('a history that a stop of the server broke off is gone on with, whoever asks for one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rialto-living-'));
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  const clock = () => instantOf(1_730_000_000_000); // 2024-10-27.
  const settings = readSettings({ dataDir, port: '0', empty: true }, env);
  const briefly = async (work: (client: Client) => Promise<void>): Promise<void> => {
    const app = await openApp(settings, () => undefined, { clock });
    await withOwner(dataDir, work).finally(() => app.close());
  };
  const startedOn = '2023-11-01';
  try {
    await briefly(async (client) => {
      const body = { size: 'small', years: 1, seed: 3, live: true } as const;
      await client.call('simulateCompany', { body });
      await until(client, ({ last }) => last?.progress !== undefined);
    });
    await briefly(async (client) => {
      const { company } = await stand(client);
      expect(company).toMatchObject({ status: 'writing', isLive: true, seed: 3, startedOn });
      const work = await client.call('simulateCompany', { body: { size: 'large', seed: 9 } });
      expect(work).toMatchObject({ status: 'running' });
      await until(client, ({ last }) => last?.progress !== undefined);
      const rested = await client.call('cancelSimulation');
      expect(rested.company).toMatchObject({ status: 'resting', isLive: true, seed: 3, startedOn });
      expect(rested.company?.livedUntil).not.toBe(company?.livedUntil);
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
