import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { assert } from '#kernel';
import { connectTo, makePurchasing } from './testing/purchasing.ts';
import { startMariadb } from './testing/mariadb.ts';
import type { TestMariadb } from './testing/mariadb.ts';
import type { TestDatabase } from './testing/test-database.ts';

let folder: string;
let mariadb: TestMariadb;

function openssl(...words: readonly string[]): void {
  const done = spawnSync('/usr/bin/openssl', words, { cwd: folder, encoding: 'utf8' });
  assert(done.status === 0, `openssl ends well: ${done.stderr}`);
}

/** A server with a certificate of the authority for one name, which takes no open line. */
async function startFor(name: string): Promise<TestMariadb> {
  const file = (kind: string): string => `${name}.${kind}`;
  const request = ['-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`];
  openssl('req', ...request, '-keyout', file('key'), '-out', file('csr'));
  writeFileSync(join(folder, file('names')), `subjectAltName=DNS:${name}`);
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
  const names = ['-extfile', file('names')];
  openssl('x509', '-req', '-in', file('csr'), ...signed, ...names, '-out', file('pem'));
  for (const kind of ['key', 'pem']) chmodSync(join(folder, file(kind)), 0o644);
  return await startMariadb([
    `--ssl-cert=${join(folder, file('pem'))}`,
    `--ssl-key=${join(folder, file('key'))}`,
    '--require-secure-transport=on',
  ]);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-tls-'));
  chmodSync(folder, 0o755);
  const authority = ['-subj', '/CN=Test authority', '-days', '2'];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem'];
  openssl('req', '-x509', ...made, ...authority);
  mariadb = await startFor('localhost');
}, 120_000);
afterAll(async () => {
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
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
  const tls = { certificateAuthority: readFileSync(join(folder, 'ca.pem'), 'utf8') };
  const checks = await testOf(database, { host: 'localhost', tls });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.find(({ check }) => check === 'TLS')?.detail).toContain('encrypted');
});

test('an authority that nobody knows, a host by its number, and an open line are refused', async () => {
  const database = await opened();
  const tls = { certificateAuthority: readFileSync(join(folder, 'ca.pem'), 'utf8') };
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
  const tls = { certificateAuthority: readFileSync(join(folder, 'ca.pem'), 'utf8') };
  const checks = await testOf(await opened(elsewhere), { host: 'localhost', tls });
  expect(checks.at(-1)).toMatchObject({ check: 'sign in', ok: false });
}, 120_000);
