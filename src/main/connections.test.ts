import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { BodyOf } from '#api-contract';
import { testDatabaseUrl } from '#database/testing';
import { instantOf, localDate } from '#kernel/time';
import { parsePack } from '#sync';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { withOwner } from './cli/client.ts';
import type { Client } from './cli/client.ts';
import { writeWorkshop } from './workshop/write-workshop.ts';
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

const TRYTON = {
  name: 'erp',
  adapter: 'tryton',
  settings: { url: 'http://127.0.0.1:9', database: 'company', username: 'rialto' },
  secrets: { password: 'correct-horse-battery' },
  mapping: 'tryton',
};

test('what each adapter asks for can be listed, as JSON Schema', () =>
  asOwner(async (client) => {
    const { items } = await client.call('listAdapters');
    const tryton = items.find(({ name }) => name === 'tryton');
    expect(tryton).toMatchObject({
      title: 'Tryton',
      secrets: [{ name: 'password', optional: false }],
    });
    expect(tryton?.settings).toMatchObject({ required: ['url', 'database', 'username'] });
  }));

test('a secret goes in and never comes out again', () =>
  asOwner(async (client) => {
    const replies = [
      await client.call('connectIntegration', { body: TRYTON }),
      await client.call('getIntegration', { params: { name: 'erp' } }),
      await client.call('testIntegration', { params: { name: 'erp' } }),
      await client.call('listIntegrations'),
      await client.call('listAuditEvents'),
    ];
    expect(replies[1]).toMatchObject({ secrets: ['password'], settings: TRYTON.settings });
    expect(JSON.stringify(replies)).not.toContain('correct-horse');
    expect(readFileSync(join(dataDir, 'log', 'rialto.log'), 'utf8')).not.toContain('correct-horse');
  }));

test('what is wrong or missing is named, and no value is shown', () =>
  asOwner(async (client) => {
    const { url: _, ...settings } = TRYTON.settings;
    const secrets = { pasword: 'correct-horse-battery' };
    const call = client.call('connectIntegration', { body: { ...TRYTON, settings, secrets } });
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(String(error)).toContain('connecting through tryton');
    const words = String(error instanceof Error && 'remedy' in error ? error.remedy : '');
    expect(words).toContain("'url' is missing");
    expect(words).toContain("secret 'pasword' is not asked for");
    expect(words).toContain("secret 'password' is missing");
    expect(words).not.toContain('correct-horse');
    const other = client.call('connectIntegration', { body: { ...TRYTON, mapping: 'sample' } });
    await expect(other).rejects.toMatchObject({ kind: 'invalid' });
    expect((await client.call('listIntegrations')).items).toEqual([]);
  }));

test('a connection is changed without giving its secret again, and is forgotten with it', () =>
  asOwner(async (client) => {
    await client.call('connectIntegration', { body: TRYTON });
    const settings = { ...TRYTON.settings, database: 'other' };
    const body = { settings, secrets: {} };
    const changed = await client.call('updateIntegration', { params: { name: 'erp' }, body });
    expect(changed).toMatchObject({ settings: { database: 'other' }, secrets: ['password'] });
    expect(await client.call('rotateVault')).toEqual({ secrets: 1 });
    await client.call('deleteIntegration', { params: { name: 'erp' } });
    const gone = client.call('getIntegration', { params: { name: 'erp' } });
    await expect(gone).rejects.toMatchObject({ kind: 'not-found' });
    expect(await client.call('rotateVault')).toEqual({ secrets: 0 });
  }));

test('a mapping is edited, compared, tried and taken back', () =>
  asOwner(async (client) => {
    const folder = join(dataDir, 'files');
    mkdirSync(folder);
    await writeWorkshop({ folder, seed: 7, asOf: localDate('2025-06-30') });
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

const OWN = {
  name: 'our-erp',
  version: 1,
  title: 'Our ERP',
  adapter: 'tryton',
  mappings: [{ kind: 'supplier', from: 'parties', fields: { name: { column: 'name' } } }],
};

const Pack = z.record(z.string(), z.json());

const refusal = async (
  client: Client,
  mapping: BodyOf<'connectIntegration'>['mapping'],
): Promise<string> => {
  const body = { ...TRYTON, mapping };
  const error: unknown = await client
    .call('connectIntegration', { body })
    .catch((reason: unknown) => reason);
  return String(error instanceof Error && 'remedy' in error ? error.remedy : '');
};

test("a pack of one's own is given at connecting, and is a version with its author", () =>
  asOwner(async (client) => {
    const made = await client.call('connectIntegration', { body: { ...TRYTON, mapping: OWN } });
    expect(made.integration.mapping).toBe('our-erp');
    const params = { name: 'erp' };
    expect(await client.call('getIntegration', { params })).toMatchObject({ ownMapping: true });
    expect((await client.call('getMapping', { params: { ...params, version: 1 } })).pack).toEqual(
      OWN,
    );
    const [version] = (await client.call('listMappingVersions', { params })).items;
    expect(version).toMatchObject({ version: 1, inForce: true });
    expect(version?.author).not.toBeNull(); // Nobody else made it.
  }));

test("a pack that ships is shown, and one's own may begin from it", () =>
  asOwner(async (client) => {
    const names = (await client.call('listAdapters')).items.flatMap(({ mappings }) => mappings);
    expect(names).toContain('tryton');
    for (const name of names) {
      const { pack } = await client.call('getShippedMapping', { params: { name } });
      expect(() => parsePack(name, pack)).not.toThrow();
    }
    const { pack } = await client.call('getShippedMapping', { params: { name: 'tryton' } });
    const mapping = { ...Pack.parse(pack), title: 'Ours' };
    const made = await client.call('connectIntegration', { body: { ...TRYTON, mapping } });
    expect(made.integration.mapping).toBe('tryton');
    const params = { name: 'erp', version: 1 };
    expect((await client.call('getMapping', { params })).pack).toEqual(mapping);
    const nowhere = client.call('getShippedMapping', { params: { name: '../pull' } });
    const remedy = 'Name a mapping that ships with Rialto, such as adventureworks.';
    await expect(nowhere).rejects.toMatchObject({ remedy });
  }));

test("what is wrong with a pack of one's own is said before anything is connected", () =>
  asOwner(async (client) => {
    const [supplier] = OWN.mappings;
    expect(await refusal(client, { ...OWN, adapter: 'http' })).toContain("is for 'http'");
    expect(await refusal(client, { ...OWN, mapping: [] })).toContain('"mapping"');
    expect(await refusal(client, { ...OWN, mappings: [{ ...supplier, kind: 'boat' }] })).toContain(
      'mappings[0].kind',
    );
    const elsewhere = { ...OWN, mappings: [{ ...supplier, from: 'vendors' }] };
    expect(await refusal(client, elsewhere)).toMatch(/reads from vendors; there is .*parties/);
    expect((await client.call('listIntegrations')).items).toEqual([]);
  }));

test('settings that an adapter cannot be made of are refused, when connecting and when changing', () =>
  asOwner(async (client) => {
    const files = {
      name: 'db',
      adapter: 'database',
      settings: {
        profile: 'purchasing-tables',
        server: 'postgresql',
        host: 'erp.example',
        database: 'erp',
        user: 'rialto',
      },
      secrets: { password: 'correct-horse-battery' },
      mapping: 'purchasing-tables',
    };
    const broken = { ...files, settings: { ...files.settings, profile: '{"name": 1' } };
    const call = client.call('connectIntegration', { body: broken });
    await expect(call).rejects.toMatchObject({ kind: 'invalid' });
    await client.call('connectIntegration', { body: files });
    const body = { settings: { ...files.settings, networks: ['all of them'] }, secrets: {} };
    const changed = client.call('updateIntegration', { params: { name: 'db' }, body });
    await expect(changed).rejects.toMatchObject({ kind: 'invalid' });
    const kept = await client.call('getIntegration', { params: { name: 'db' } });
    expect(kept.settings).toEqual(files.settings);
  }));
