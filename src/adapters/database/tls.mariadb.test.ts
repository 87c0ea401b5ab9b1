import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeAuthority } from './testing/certificates.ts';
import type { TestAuthority } from './testing/certificates.ts';
import { connectTo, makePurchasing } from './testing/purchasing.ts';
import { startMariadb } from './testing/mariadb.ts';
import type { TestMariadb } from './testing/mariadb.ts';
import type { TestDatabase } from './testing/test-database.ts';

let authority: TestAuthority;
let mariadb: TestMariadb;

/** A server with a certificate of the authority for one name, which takes no open line. */
async function startFor(name: string): Promise<TestMariadb> {
  const { certificate, key } = authority.certify(name);
  return await startMariadb([
    `--ssl-cert=${certificate}`,
    `--ssl-key=${key}`,
    '--require-secure-transport=on',
  ]);
}

beforeAll(async () => {
  authority = makeAuthority();
  mariadb = await startFor('localhost');
}, 120_000);
afterAll(async () => {
  await mariadb.stop();
  authority.remove();
});

async function opened(server = mariadb): Promise<TestDatabase> {
  const database = await server.database();
  onTestFinished(async () => await database.stop());
  await makePurchasing(database, 1);
  return database;
}

const testOf = async (database: TestDatabase, more: Partial<TestDatabase['settings']>) =>
  await connectTo({ ...database, settings: { ...database.settings, ...more } }).test(
    AbortSignal.timeout(30_000),
  );

test('the line is encrypted, and the certificate of the named host verified', async () => {
  const database = await opened();
  const tls = { certificateAuthority: authority.pem };
  const checks = await testOf(database, { host: 'localhost', tls });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.find(({ check }) => check === 'TLS')?.detail).toContain('encrypted');
});

test('an authority that nobody knows, a host by its number, and an open line are refused', async () => {
  const database = await opened();
  const tls = { certificateAuthority: authority.pem };
  for (const more of [{ host: 'localhost', tls: {} }, { tls: 'off' }] as const) {
    const checks = await testOf(database, more);
    expect(checks.at(-1)).toMatchObject({ check: 'sign in', ok: false });
  }
  await expect(testOf(database, { host: '127.0.0.1', tls })).rejects.toMatchObject({
    code: 'database.settings-invalid',
  });
});

test('a certificate for another host is refused', async () => {
  const elsewhere = await startFor('elsewhere.test');
  onTestFinished(async () => await elsewhere.stop());
  const tls = { certificateAuthority: authority.pem };
  const checks = await testOf(await opened(elsewhere), { host: 'localhost', tls });
  expect(checks.at(-1)).toMatchObject({ check: 'sign in', ok: false });
}, 120_000);
