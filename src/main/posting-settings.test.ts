import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BodyOf } from '#api-contract';
import { testDatabaseUrl } from '#database/testing';
import { POSTING_POLICY } from '#postings';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { withOwner } from './cli/client.ts';
import type { Client } from './cli/client.ts';
import { readSettings } from './settings.ts';

let dataDir: string;
let app: App;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rialto-posting-'));
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  app = await openApp(readSettings({ dataDir, port: '0', empty: true }, env), () => undefined);
});
afterEach(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const asOwner = (work: (client: Client) => Promise<void>): Promise<void> =>
  withOwner(dataDir, work);

const erp = (name: string) => ({
  name,
  adapter: 'tryton',
  settings: { url: 'http://127.0.0.1:9', database: 'company', username: 'rialto' },
  secrets: { password: 'correct-horse-battery' },
  mapping: 'tryton',
});
const params = { name: 'erp' };

test('how patient postings are is set when connecting or later, and shown with what is in force', () =>
  asOwner(async (client) => {
    const posting = { policy: { settleMs: 300_000 } };
    await client.call('connectIntegration', { body: { ...erp('erp'), posting } });
    expect((await client.call('getIntegration', { params })).posting).toEqual({
      policy: { settleMs: 300_000 },
      inForce: { ...POSTING_POLICY, settleMs: 300_000 },
      standsInFor: [],
    });
    const body = { policy: { lookMs: 60_000 } };
    expect((await client.call('setPosting', { params, body })).posting).toMatchObject({
      policy: { lookMs: 60_000 },
      inForce: { ...POSTING_POLICY, lookMs: 60_000 },
    });
    const { items } = await client.call('listAuditEvents');
    expect(JSON.stringify(items)).toContain('"lookMs":60000');
  }));

test('what cannot be is refused, and nothing is kept of it', () =>
  asOwner(async (client) => {
    await client.call('connectIntegration', { body: erp('erp') });
    const set = (body: BodyOf<'setPosting'>) => client.call('setPosting', { params, body });
    await expect(set({ policy: { settleMs: 1, attemptsMax: 0 } })).rejects.toMatchObject({
      kind: 'invalid',
      remedy: expect.stringMatching(/settleMs has to be.*\nattemptsMax has to be/) as unknown,
    });
    await expect(set({ policy: {}, fallback: 'nobody' })).rejects.toMatchObject({
      remedy: expect.stringContaining('no connection of this name') as unknown,
    });
    await client.call('connectIntegration', { body: erp('other') });
    await expect(set({ policy: {}, fallback: 'other' })).rejects.toMatchObject({
      remedy: expect.stringContaining('does not hand over') as unknown,
    });
    await expect(set({ policy: {}, fallback: 'erp' })).rejects.toMatchObject({ kind: 'invalid' });
    expect((await client.call('getIntegration', { params })).posting.policy).toEqual({});
    const bad = { ...erp('third'), posting: { policy: { settleMs: -5 } } };
    const connecting = client.call('connectIntegration', { body: bad });
    await expect(connecting).rejects.toMatchObject({ kind: 'invalid' });
    const { items } = await client.call('listIntegrations');
    expect(items.map(({ name }) => name)).toEqual(['erp', 'other']);
  }));
