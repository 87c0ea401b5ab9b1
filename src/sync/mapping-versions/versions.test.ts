import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import { createIntegration, loadIntegration, loadPack, syncMigrations } from '../index.ts';
import {
  diffPacks,
  followShippedMapping,
  listMappingVersions,
  readMapping,
  restoreMapping,
  saveMapping,
} from './index.ts';
import type { AnyPack } from '../load-pack.ts';
import { DOCUMENT_PACK } from '../pull/testing.ts';

let database: Database;
const at = instantOf(1_700_000_000_000);
const edit = { integration: 'shop', author: 'per_ada', at };

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  const wanted = { name: 'shop', adapter: 'file', settings: {}, mapping: 'sample' };
  await createIntegration(database, wanted);
});
afterEach(() => database.close());

async function renamed(title: string): Promise<AnyPack> {
  return { ...(await loadPack('sample')), title };
}

test('an edit becomes a version with its author, and stays in force when Rialto is upgraded', async () => {
  const pack = await renamed('Ours');
  expect(await saveMapping(database, { ...edit, pack, note: 'a better title' })).toBe(2);
  expect(await listMappingVersions(database, 'shop')).toMatchObject([
    { version: 2, author: 'per_ada', note: 'a better title', inForce: true },
    { version: 1, author: null, note: null, inForce: false },
  ]);
  expect((await loadIntegration(database, 'shop')).pack.title).toBe('Ours');
});

test('saving what is in force already makes no version', async () => {
  const pack = await loadPack('sample');
  expect(await saveMapping(database, { ...edit, pack })).toBe(1);
});

test('a mapping with a mistake is refused, and what is in force stays', async () => {
  const pack = await loadPack('sample');
  const [first, ...others] = pack.mappings;
  const broken = { ...pack, mappings: [{ ...first, key: { column: 'nowhere' } }, ...others] };
  await expect(saveMapping(database, { ...edit, pack: broken })).rejects.toMatchObject({
    code: 'sync.bad-mapping',
  });
  await expect(saveMapping(database, { ...edit, pack: 'nonsense' })).rejects.toMatchObject({
    code: 'sync.bad-mapping',
  });
  const other = { ...edit, pack: DOCUMENT_PACK };
  await expect(saveMapping(database, other)).rejects.toMatchObject({ code: 'sync.bad-mapping' });
  expect(await listMappingVersions(database, 'shop')).toHaveLength(1);
});

test('of two people who edit the same version, the second is told', async () => {
  await saveMapping(database, { ...edit, pack: await renamed('First'), basedOn: 1 });
  const late = saveMapping(database, { ...edit, pack: await renamed('Second'), basedOn: 1 });
  await expect(late).rejects.toMatchObject({ code: 'sync.mapping-moved-on' });
});

test('an earlier version comes back as a new one, and the shipped one can be followed again', async () => {
  await saveMapping(database, { ...edit, pack: await renamed('Two') });
  await saveMapping(database, { ...edit, pack: await renamed('Three') });
  expect(await restoreMapping(database, { ...edit, version: 2 })).toBe(4);
  expect((await readMapping(database, 'shop')).pack.title).toBe('Two');
  expect((await readMapping(database, 'shop', 3)).pack.title).toBe('Three');
  await expect(readMapping(database, 'shop', 9)).rejects.toMatchObject({
    code: 'sync.no-mapping-version',
  });
  expect(await followShippedMapping(database, 'shop')).toBe(5);
  expect((await readMapping(database, 'shop')).pack).toEqual(await loadPack('sample'));
});

test('two versions are compared field by field', () => {
  const mappings = DOCUMENT_PACK.mappings.map((mapping) =>
    mapping.kind === 'supplier'
      ? {
          ...mapping,
          fields: { number: { column: 'id' }, name: { column: 'name' }, city: { column: 'town' } },
        }
      : mapping,
  );
  const after = { ...DOCUMENT_PACK, title: 'Another', version: 7, mappings };
  expect(diffPacks(DOCUMENT_PACK, after)).toEqual([
    { part: 'title', before: 'A source of documents', after: 'Another' },
    {
      mapping: 'supplier',
      part: 'fields.number',
      before: { column: 'code' },
      after: { column: 'id' },
    },
    { mapping: 'supplier', part: 'fields.status', before: { const: 'active' } },
    { mapping: 'supplier', part: 'fields.city', after: { column: 'town' } },
  ]);
  expect(diffPacks(after, after)).toEqual([]);
});
