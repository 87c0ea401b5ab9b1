/** Through the product, to an ERP that gives a new refresh token each time and voids the old. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabaseUrl } from '#database/testing';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';
import { openApp } from '../../src/main/app.ts';
import { withOwner } from '../../src/main/cli/client.ts';
import { readSettings } from '../../src/main/settings.ts';

const ERP = join(import.meta.dirname, '..', '..', 'simulators', 'hostile-erp');

function profileText(): string {
  const profile = JSON.parse(readFileSync(join(ERP, 'profile.json'), 'utf8')) as object;
  const auth = { kind: 'refresh-token', tokenUrl: '/oauth/token', proof: 'body' };
  return JSON.stringify({ ...profile, auth });
}

test('a connection signs in again and again, across restarts, with the token it was given last', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-refresh-'));
  const erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 2 });
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  const dataDir = join(folder, 'data');
  onTestFinished(async () => {
    await erp.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = async (work: Parameters<typeof withOwner>[1]): Promise<void> => {
    const settings = readSettings({ dataDir, port: '0', empty: true }, env);
    const app = await openApp(settings, () => undefined);
    await withOwner(dataDir, work).finally(() => app.close());
  };
  const body = {
    name: 'erp',
    adapter: 'http',
    settings: { profile: profileText(), baseUrl: erp.url, networks: ['127.0.0.0/8'] },
    secrets: {
      clientId: 'rialto',
      clientSecret: 'secret',
      refreshToken: 'first-refresh-token',
    },
    mapping: 'impact',
  };
  const testAll: Parameters<typeof withOwner>[1] = async (client) => {
    for (let round = 0; round < 3; round += 1) {
      // Each makes an adapter of its own, which has to sign in; two of them at once.
      const call = () => client.call('testIntegration', { params: { name: 'erp' } });
      for (const { items } of await Promise.all([call(), call()])) {
        expect(items.filter(({ check, ok }) => !ok && /sign|health/i.test(check))).toEqual([]);
        expect(items.some(({ ok }) => ok)).toBe(true);
      }
    }
  };
  await run(async (client) => {
    await client.call('connectIntegration', { body });
    await testAll(client);
  });
  await run(testAll);
  const log = readFileSync(join(dataDir, 'log', 'rialto.log'), 'utf8');
  expect(log).not.toContain('first-refresh-token');
}, 120_000);
