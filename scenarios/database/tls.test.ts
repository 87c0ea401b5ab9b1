/** Encrypted lines to a real PostgreSQL; `src/adapters/database/tls.mariadb.test.ts` does so to a real MariaDB. */
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '#adapters/database';
import type { DatabaseSettings } from '#adapters/database';
import { startEmbedded } from '#database';
import { makeAuthority } from '../../src/adapters/database/testing/certificates.ts';
import type { TestAuthority } from '../../src/adapters/database/testing/certificates.ts';
import { purchasingProfile } from '../../src/adapters/database/testing/purchasing.ts';

let authority: TestAuthority;
let folder: string;
let server: Awaited<ReturnType<typeof startEmbedded>>;
let settings: DatabaseSettings;

beforeAll(async () => {
  authority = makeAuthority();
  folder = mkdtempSync(join(tmpdir(), 'rialto-tls-pg-'));
  server = await startEmbedded({ folder: join(folder, 'postgres'), durable: false });
  const cluster = join(folder, 'postgres', 'cluster');
  const url = new URL(server.url);
  settings = {
    profile: purchasingProfile(),
    dialect: 'postgresql',
    host: 'localhost',
    port: Number(url.port),
    database: url.pathname.slice(1),
    user: url.username,
    password: decodeURIComponent(url.password),
    networks: ['127.0.0.1', '::1'],
  };
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { certificate, key } = authority.certify('localhost');
  for (const [from, name] of [
    [certificate, 'own.pem'],
    [key, 'own.key'],
  ] as const) {
    copyFileSync(from, join(cluster, name));
    chownSync(join(cluster, name), statSync(cluster).uid, statSync(cluster).gid);
    chmodSync(join(cluster, name), 0o600);
  }
  await client.query("alter system set ssl_cert_file = 'own.pem'");
  await client.query("alter system set ssl_key_file = 'own.key'");
  await client.query("alter system set ssl = 'on'");
  await client.query('select pg_reload_conf()');
  for (let on = false; !on; await pause(50)) {
    const { rows } = await client.query<{ ssl: string }>('show ssl');
    on = rows[0]?.ssl === 'on';
  }
  await client.end();
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  authority.remove();
});

const checksOf = async (more: Partial<DatabaseSettings>) =>
  await connectDatabase({ ...settings, ...more }).test(AbortSignal.timeout(60_000));

test('the line is encrypted, and the certificate of the named host verified', async () => {
  const checks = await checksOf({ tls: { certificateAuthority: authority.pem } });
  expect(checks.find(({ check }) => check === 'TLS')).toMatchObject({ ok: true });
  expect(checks.find(({ check }) => check === 'TLS')?.detail).toContain('encrypted');
  expect(checks.find(({ check }) => check === 'sign in')).toMatchObject({ ok: true });
}, 120_000);

test('an authority that nobody knows is refused before anything is said', async () => {
  expect((await checksOf({ tls: {} })).at(-1)).toMatchObject({ check: 'sign in', ok: false });
}, 120_000);
