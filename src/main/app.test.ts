import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { testDatabaseUrl } from '#database/testing';
import { openApp } from './app.ts';
import { withOwner } from './cli/client.ts';
import type { Client } from './cli/client.ts';
import { readSettings } from './settings.ts';
import { writeWorkshop } from './workshop/write-workshop.ts';
import { instantOf, localDate } from '#kernel/time';

const flags = (dataDir: string) => ({ dataDir, port: '0', empty: true });

/** Connects a folder of a workshop's purchasing and reads it. Answers whether the sample retired. */
async function connectWorkshop(client: Client, name: string, dataDir: string): Promise<boolean> {
  const folder = join(dataDir, `${name}-files`);
  await writeWorkshop({ folder, seed: 7, asOf: localDate('2025-06-30') });
  const settings = { path: folder };
  const body = { name, adapter: 'file', settings, mapping: 'sample' };
  const { retiredSample } = await client.call('connectIntegration', { body });
  expect((await client.call('getOverview')).counts.purchaseOrders).toBe(0); // None of another.
  let run = await client.call('startRun', { params: { name } });
  while (run.status === 'running') run = await client.call('getRun', { params: { id: run.id } });
  expect(run.status).toBe('done');
  return retiredSample;
}

test('what was read is asked for; a sample company of former days retires for a real source', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rialto-app-'));
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  const clock = () => instantOf(1_760_000_000_000);
  const app = await openApp(readSettings(flags(dataDir), env), () => undefined, { clock });
  try {
    await withOwner(dataDir, async (client) => {
      await connectWorkshop(client, 'sample', dataDir);
      const before = await client.call('getOverview');
      expect(before.integrations).toMatchObject([{ name: 'sample', sample: true }]);
      expect(before.counts.purchaseOrders).toBeGreaterThan(1000);
      expect(before.freshness.behind).toBe(false);
      const answer = await client.call('askQuestion', {
        body: { question: 'top 3 vendors by spend' },
      });
      expect(answer).toMatchObject({ status: 'answered' });
      expect(answer.rows).toHaveLength(3);
      const { query } = answer;
      const after = z.record(z.string(), z.json()).parse(query);
      const question = 'only the top 2';
      const further = await client.call('askQuestion', { body: { question, after } });
      expect(further.rows).toEqual(answer.rows.slice(0, 2));
      expect(further.assumptions.join(' ')).toContain('going on from');
      const forged = { question, after: { metrics: ['drop table'] } };
      await expect(client.call('askQuestion', { body: forged })).rejects.toThrow(/question before/);
      const steps = await client.call('askQuestion', {
        body: { question: 'spend per fiscal quarter in 2024' },
      });
      expect(steps.columns[0]).toMatchObject({ name: 'fiscal_quarter', fiscalYearStartMonth: 1 });

      expect(await connectWorkshop(client, 'real', dataDir)).toBe(true);
      const now = await client.call('getOverview');
      expect(now.freshness.behind).toBe(false);
      expect(now.integrations.map(({ name }) => name)).toEqual(['real']);

      await client.call('startRebuild');
      const rebuilt = () => client.call('getRebuild').then(({ last }) => last);
      await expect.poll(async () => (await rebuilt())?.status, { timeout: 60_000 }).toBe('done');
      const tables = (await rebuilt())?.result?.tables ?? [];
      expect(tables.length).toBeGreaterThan(3);
      expect(tables.filter(({ same }) => same !== true)).toEqual([]);

      const params = { name: 'real' };
      await client.call('startDryRun', { params, body: {} });
      const tried = () => client.call('getDryRun', { params }).then(({ last }) => last);
      await expect.poll(async () => (await tried())?.status, { timeout: 60_000 }).toBe('done');
      expect((await tried())?.result).toMatchObject({ whole: true, samples: [] });
      await client.call('startDryRun', { params, body: {} });
      const { last } = await client.call('cancelDryRun', { params });
      expect(['cancelled', 'done']).toContain(last?.status); // However fast the machine is.

      const { items } = await client.call('listItems', { query: { pageSize: 1 } });
      const item = await client.call('getItem', { params: { id: items[0]?.id ?? '' } });
      const days = item.recentOrders.map(({ issuedOn }) => issuedOn);
      expect(days).toHaveLength(10);
      expect(days).toEqual(days.toSorted((a, b) => b.localeCompare(a)));
      expect(await client.call('verifyAudit')).toMatchObject({ ok: true, events: 20 });
    });
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);
