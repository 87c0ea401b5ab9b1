/** A MariaDB of Debian's on a folder of its own. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { freePort } from '#database/testing';
import { assert } from '#kernel';
import type { TestDatabase } from './test-database.ts';

/** A running MariaDB, in which databases are made. */
export type TestMariadb = {
  readonly port: number;
  database(): Promise<TestDatabase>;
  /** Ends the server at once, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const ANSWER_MS_MAX = 60_000;

/** Starts MariaDB on a free port; `more` are words for its command line. */
export async function startMariadb(more: readonly string[] = []): Promise<TestMariadb> {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-mariadb-'));
  const data = join(folder, 'data');
  const root = process.getuid?.() === 0 ? ['--user=root'] : [];
  const made = spawnSync(
    '/usr/bin/mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', ...root],
    { encoding: 'utf8' },
  );
  assert(made.status === 0, `mariadb-install-db ends well: ${made.stderr}${made.stdout}`);
  chmodSync(folder, 0o755);
  const socket = join(folder, 's');
  const port = await freePort();
  const words = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=64M',
    '--skip-log-bin',
    '--skip-name-resolve', // Else the anonymous user of localhost comes first.
    '--default-time-zone=+05:30', // Not ours: what depends on it would show.
    ...root,
    ...more,
  ];
  const [command, ...rest] = ['setpriv', '--pdeathsig', 'KILL', '/usr/sbin/mariadbd', ...words];
  const server = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  const admin = await answering(server, socket);
  return {
    port,
    database: async () => await newDatabase(admin, socket, port),
    kill: async () => await end(server),
    async stop() {
      await admin.end().catch(() => admin.destroy());
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(server: ChildProcess, socketPath: string): Promise<Connection> {
  let said = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  for (let waited = 0; waited < ANSWER_MS_MAX; waited += 100) {
    assert(server.exitCode === null, `mariadbd stays up: ${said}`);
    const admin = await createConnection({ socketPath, user: 'root' }).catch(() => undefined);
    if (admin !== undefined) {
      admin.on('error', () => undefined);
      return admin;
    }
    await pause(100);
  }
  await end(server);
  throw new Error(`mariadbd did not answer: ${said}`);
}

async function newDatabase(
  admin: Connection,
  socketPath: string,
  port: number,
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(8).toString('hex');
  await admin.query(`create database ${name} character set utf8mb4`);
  await admin.query(`create user ${name}@'%' identified by '${password}'`);
  await admin.query(`grant all on ${name}.* to ${name}@'%'`);
  const open = async (): Promise<Omit<TestDatabase, 'settings' | 'second'>> => {
    const connection = await createConnection({
      socketPath,
      user: 'root',
      database: name,
      multipleStatements: true,
      dateStrings: true,
      timezone: 'Z',
    });
    await connection.query("set time_zone = '+00:00'");
    return {
      run: async (statement) => {
        const [rows] = await connection.query(statement);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test wrote the query.
        return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
      },
      stop: async () => await connection.end(),
    };
  };
  return {
    ...(await open()),
    second: open,
    settings: {
      dialect: 'mysql',
      host: '127.0.0.1',
      port,
      database: name,
      user: name,
      password,
      networks: ['127.0.0.1'],
      tls: 'off',
    },
  };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
}
