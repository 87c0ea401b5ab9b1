import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { systemClock } from '#kernel/time';
import { open, seal } from './envelope.ts';
import { openVault, Secret, vaultMigrations } from './index.ts';
import type { Vault } from './index.ts';
import { makeNext } from './master-key.ts';

let database: Database;
let folder: string;

beforeEach(async () => {
  database = await testDatabase([vaultMigrations]);
  folder = await mkdtemp(join(tmpdir(), 'rialto-vault-'));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const opened = (fromEnvironment?: string): Promise<Vault> =>
  openVault({ database, clock: systemClock, keys: { folder, fromEnvironment } });

const put = (vault: Vault, name: string, text: string): Promise<void> =>
  transact(database, (transaction) => vault.put(transaction, name, new Secret(text)));

const masterKey = (): Promise<string> => readFile(join(folder, 'master.key'), 'utf8');

test('what is sealed opens with the same key and the same words, and with no others', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
  const cases = fc
    .record({
      key,
      other: key,
      plain: fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all)),
      about: fc.string(),
      elsewhere: fc.string(),
      at: fc.nat(),
    })
    .filter(({ key: one, other, about, elsewhere }) => !one.equals(other) && about !== elsewhere);
  fc.assert(
    fc.property(cases, ({ key: one, other, plain, about, elsewhere, at }) => {
      const sealed = seal(one, plain, about);
      expect(open(one, sealed, about)).toEqual(plain);
      expect(open(other, sealed, about)).toBeUndefined();
      expect(open(one, sealed, elsewhere)).toBeUndefined();
      const altered = Buffer.from(sealed);
      const place = at % altered.length;
      altered[place] = (altered[place] ?? 0) ^ 1;
      expect(open(one, altered, about)).toBeUndefined();
      expect(open(one, sealed.subarray(0, at % sealed.length), about)).toBeUndefined();
    }),
  );
});

test('a secret comes back as it was given, also after a restart, and replaces the one before', async () => {
  const vault = await opened();
  await put(vault, 'integration/erp/password', 'one');
  await put(vault, 'integration/erp/password', 'zwölf ✓');
  expect((await (await opened()).get('integration/erp/password')).reveal()).toBe('zwölf ✓');
  expect(await vault.names('integration/erp/')).toEqual(['integration/erp/password']);
  await transact(database, (transaction) => vault.forget(transaction, 'integration/erp/'));
  await expect(vault.get('integration/erp/password')).rejects.toMatchObject({
    code: 'vault.no-secret',
  });
});

test('neither the database nor a log shows a secret', async () => {
  const vault = await opened();
  await put(vault, 'a', 'correct horse');
  const stored = await rows(database.kysely, sql`select * from vault.secret, vault.data_key`);
  expect(inspect(stored, { depth: 9, maxArrayLength: null })).not.toContain('correct horse');
  const bytes = await rows<{ raw: string }>(
    database.kysely,
    sql`select encode(sealed, 'escape') as raw from vault.secret`,
  );
  expect(bytes[0]?.raw).not.toContain('horse');
  const secret = await vault.get('a');
  expect(`${String(secret)} ${JSON.stringify({ secret })} ${inspect({ secret })}`).not.toMatch(
    /horse/,
  );
});

test('only its owner can read the master key', async () => {
  await opened();
  const { mode } = await stat(join(folder, 'master.key'));
  expect(mode & 0o777).toBe(0o600);
});

test('a secret moved to another name does not open', async () => {
  const vault = await opened();
  await put(vault, 'mine', 'one');
  await put(vault, 'yours', 'two');
  await rows(
    database.kysely,
    sql`update vault.secret set sealed = (select sealed from vault.secret where name = 'yours')
      where name = 'mine'`,
  );
  await expect(vault.get('mine')).rejects.toMatchObject({ code: 'vault.tampered' });
});

test('another master key is refused, with what to do', async () => {
  await put(await opened(), 'a', 'one');
  await writeFile(join(folder, 'master.key'), Buffer.alloc(32, 7).toString('base64'));
  await expect(opened()).rejects.toMatchObject({ code: 'vault.wrong-key' });
  await writeFile(join(folder, 'master.key'), 'short');
  await expect(opened()).rejects.toMatchObject({ code: 'vault.bad-key' });
});

test('rotation changes the keys and every sealed byte, and keeps every secret', async () => {
  const vault = await opened();
  for (const name of ['a', 'b', 'c']) await put(vault, name, `secret ${name}`);
  const before = await masterKey();
  const sealed = sql`select name, encode(sealed, 'hex') as sealed from vault.secret order by name`;
  const sealedBefore = await rows(database.kysely, sealed);
  const other = await opened(); // As another process, which does not hear of it.
  expect(await vault.rotate()).toBe(3);
  expect(await masterKey()).not.toBe(before);
  expect(await rows(database.kysely, sealed)).not.toEqual(sealedBefore);
  for (const each of [vault, other, await opened()]) {
    expect((await each.get('b')).reveal()).toBe('secret b');
  }
});

test('a rotation killed before its transaction leaves the old key in force', async () => {
  await put(await opened(), 'a', 'one');
  const before = await masterKey();
  await makeNext({ folder });
  expect((await (await opened()).get('a')).reveal()).toBe('one');
  expect(await masterKey()).toBe(before);
  await expect(stat(join(folder, 'master.key.next'))).rejects.toThrow('ENOENT');
});

test('a rotation killed after its transaction is finished by the next start', async () => {
  const vault = await opened();
  await put(vault, 'a', 'one');
  const before = await masterKey();
  await vault.rotate();
  const after = await masterKey();
  await writeFile(join(folder, 'master.key.next'), after);
  await writeFile(join(folder, 'master.key'), before);
  expect((await (await opened()).get('a')).reveal()).toBe('one');
  expect(await masterKey()).toBe(after);
});

test('a master key of the environment is used and never changed', async () => {
  const key = Buffer.alloc(32, 3).toString('base64');
  const vault = await opened(key);
  await put(vault, 'a', 'one');
  expect((await (await opened(key)).get('a')).reveal()).toBe('one');
  await expect(vault.rotate()).rejects.toMatchObject({ code: 'vault.key-from-environment' });
  await expect(stat(join(folder, 'master.key'))).rejects.toThrow('ENOENT');
});
