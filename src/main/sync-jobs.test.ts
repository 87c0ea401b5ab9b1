import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, rows, sql } from '#database';
import { testDatabaseUrl } from '#database/testing';
import { instantOf, localDate } from '#kernel/time';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { withOwner } from './cli/client.ts';
import type { Client } from './cli/client.ts';
import { writeWorkshop } from './workshop/write-workshop.ts';
import { readSettings } from './settings.ts';

let dataDir: string;
let url: string;
let now = 1_760_000_000_000;
const params = { name: 'shop' };

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rialto-jobs-'));
  url = await testDatabaseUrl();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (): Promise<App> => {
  const env = { DATABASE_URL: url, RIALTO_TIME_ZONE: 'Europe/Vienna' };
  const settings = readSettings({ dataDir, port: '0', empty: true }, env);
  return openApp(settings, () => undefined, { clock: () => instantOf(now), background: true });
};

async function connectShop(client: Client): Promise<void> {
  const folder = join(dataDir, 'files');
  mkdirSync(folder);
  await writeWorkshop({ folder, seed: 7, asOf: localDate('2025-06-30') });
  const body = { name: 'shop', adapter: 'file', settings: { path: folder }, mapping: 'sample' };
  await client.call('connectIntegration', { body });
}

async function firstRunDone(client: Client): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { items } = await client.call('listRuns', { query: { pageSize: 1 } });
    const [run] = items;
    if (run !== undefined && run.status !== 'running' && run.status !== 'interrupted') {
      return run.status;
    }
    await sleep(100);
  }
  return 'never';
}

test("a schedule reads a source by itself, by the company's clock", async () => {
  const app = await open();
  try {
    await withOwner(dataDir, async (client) => {
      await connectShop(client);
      expect(await client.call('getSchedule', { params })).toEqual({ schedule: null });
      const body = { cron: '30 2 * * *' };
      const schedule = await client.call('putSchedule', { params, body });
      expect(schedule).toMatchObject({
        timeZone: 'Europe/Vienna',
        paused: false,
        nextAt: '2025-10-10T00:30:00.000Z', // 02:30 in Vienna, in summer.
      });
      now = Date.parse('2025-10-10T00:30:01Z');
      expect(await firstRunDone(client)).toBe('done');
      const wrong = client.call('putSchedule', { params, body: { cron: '99 2 * * *' } });
      await expect(wrong).rejects.toMatchObject({ kind: 'invalid' });
      await client.call('deleteSchedule', { params });
      expect(await client.call('getSchedule', { params })).toEqual({ schedule: null });
    });
  } finally {
    await app.close();
  }
}, 120_000);

test('a sync that a dead process left half done is gone on with at the next start', async () => {
  const first = await open();
  await withOwner(dataDir, connectShop);
  await first.close();
  const database = await openDatabase({ url });
  await rows(
    database.kysely,
    sql`insert into sync.run (id, integration, status, started_at, summary)
      values ('run_dead', 'shop', 'running', ${instantOf(now)},
        '{"entities": [], "notReady": []}')`,
  );
  await database.close();
  now += 60_000;
  const second = await open();
  try {
    await withOwner(dataDir, async (client) => {
      const dead = await client.call('getRun', { params: { id: 'run_dead' } });
      expect(dead.status).toBe('interrupted');
      expect(await firstRunDone(client)).toBe('done');
      expect((await client.call('getOverview')).counts.purchaseOrders).toBeGreaterThan(100);
    });
  } finally {
    await second.close();
  }
}, 120_000);
