import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '#database/testing';
import { systemClock } from '#kernel/time';
import { openVault, Secret, vaultMigrations } from '#vault';
import { keepRefreshTokens } from './refresh-tokens.ts';

test('a new token that could not be kept is not lost while the process runs, nor put before a newer one', async () => {
  const database = await testDatabase([vaultMigrations]);
  const folder = mkdtempSync(join(tmpdir(), 'rialto-vault-'));
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const keys = { folder, fromEnvironment: undefined };
  const vault = await openVault({ database, clock: systemClock, keys });
  await vault.put(database.kysely, 't', new Secret('one'));
  let away = false;
  const flaky = {
    ...vault,
    put: (...given: Parameters<typeof vault.put>) =>
      away ? Promise.reject(new Error('the database is away')) : vault.put(...given),
  };
  const keeper = keepRefreshTokens(database, flaky).of('t');
  const rotate = (rotated: string) =>
    keeper.use((token) => Promise.resolve({ result: token, rotated }));
  expect(await rotate('two')).toBe('one');
  away = true;
  await expect(rotate('three')).rejects.toThrow('the database is away');
  away = false;
  expect(await rotate('four')).toBe('three');
  expect((await vault.get('t')).reveal()).toBe('four');
  away = true;
  await expect(rotate('five')).rejects.toThrow('the database is away');
  away = false;
  await vault.put(database.kysely, 't', new Secret('given by a person'));
  expect(await rotate('six')).toBe('given by a person');
});
