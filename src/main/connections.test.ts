import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabaseUrl } from '#database/testing';
import { instantOf, localDate } from '#kernel/time';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { withOwner } from './cli/client.ts';
import type { Client } from './cli/client.ts';
import { writeSampleCompany } from './sample-company/write-sample-company.ts';
import { readSettings } from './settings.ts';

let dataDir: string;
let app: App;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rialto-connections-'));
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  const clock = () => instantOf(1_760_000_000_000);
  const settings = readSettings({ dataDir, port: '0', empty: true }, env);
  app = await openApp(settings, () => undefined, { clock });
});
afterEach(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const asOwner = (work: (client: Client) => Promise<void>): Promise<void> =>
  withOwner(dataDir, work);

test('what each adapter asks for can be listed, as JSON Schema', () =>
  asOwner(async (client) => {
    const { items } = await client.call('listAdapters');
    expect(items.find(({ name }) => name === 'file')).toMatchObject({
      settings: { required: ['path'] },
      secrets: [],
    });
  }));

test('a mapping is edited, compared, tried and taken back', () =>
  asOwner(async (client) => {
    const folder = join(dataDir, 'files');
    mkdirSync(folder);
    await writeSampleCompany({ folder, seed: 7, asOf: localDate('2025-06-30') });
    const body = { name: 'shop', adapter: 'file', settings: { path: folder }, mapping: 'sample' };
    await client.call('connectIntegration', { body });
    const params = { name: 'shop' };
    const first = await client.call('getMapping', { params: { ...params, version: 1 } });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a pack of files, by its schema.
    const pack = first.pack as { title: string };
    const edited = { pack: { ...pack, title: 'Ours' }, note: 'a title', basedOn: 1 };
    expect(await client.call('saveMapping', { params, body: edited })).toEqual({ version: 2 });
    const between = { params: { ...params, version: 2 }, query: { from: 1 } };
    expect((await client.call('compareMappings', between)).items).toEqual([
      { part: 'title', before: pack.title, after: 'Ours' },
    ]);
    const back = await client.call('restoreMapping', { params: { ...params, version: 1 } });
    expect(back).toEqual({ version: 3 });
    const { items } = await client.call('listMappingVersions', { params });
    expect(items.map(({ version, inForce }) => [version, inForce])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
  }));
