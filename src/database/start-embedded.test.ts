/**
 * Starts PostgreSQL itself, in folders made as `mktemp -d` makes them (others cannot enter), and
 * treats it as machines treat it: killed, killed with its owner, interrupted while being made.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase, rows, sql, startEmbedded } from './index.ts';
import { chooseAccount } from './embedded-account.ts';
import { findBinaries } from './embedded-binaries.ts';
import { readConnection } from './embedded-connection.ts';
import { launch } from './embedded-server.ts';
import type { Embedded } from './index.ts';

const folders: string[] = [];
const started: Embedded[] = [];

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-embedded-'));
  folders.push(folder);
  return folder;
}

async function start(folder: string): Promise<Embedded> {
  const embedded = await startEmbedded({ folder, durable: false });
  started.push(embedded);
  return embedded;
}

async function ask(url: string, ...statements: string[]): Promise<unknown> {
  const database = await openDatabase({ url, poolSizeMax: 1 });
  try {
    let found: unknown[] = [];
    for (const statement of statements) found = await rows(database.kysely, sql.raw(statement));
    return found;
  } finally {
    await database.close();
  }
}

function serverPid(folder: string): number {
  return Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

afterEach(async () => {
  for (const embedded of started.splice(0)) await embedded.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('a second start finds what the first one kept, at the same address', async () => {
  const folder = freshFolder();
  const first = await start(folder);
  await ask(first.url, 'create table kept as select 1 as n');
  await first.stop();
  expect(existsSync(join(folder, 'cluster', 'postmaster.pid'))).toBe(false);
  const second = await start(folder);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
  expect(await ask(second.url, 'show wal_level')).toEqual([{ wal_level: 'logical' }]);
  await second.stop();
});

test('after kill -9 of PostgreSQL the next start recovers what was committed', async () => {
  const folder = freshFolder();
  const first = await start(folder);
  await ask(first.url, 'create table kept as select 1 as n', 'checkpoint');
  process.kill(serverPid(folder), 'SIGKILL');
  await first.stop();
  const second = await start(folder);
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
});

test('while sessions of a killed PostgreSQL still end, the next start waits for them', async () => {
  const folder = freshFolder();
  const first = await start(folder);
  const found = await ask(
    first.url,
    "select pid from pg_stat_activity where backend_type = 'checkpointer'",
  );
  const [{ pid }] = z.tuple([z.object({ pid: z.number() })]).parse(found);
  process.kill(pid, 'SIGSTOP'); // It notices nothing for now.
  process.kill(serverPid(folder), 'SIGKILL');
  await first.stop();
  const late = setTimeout(() => process.kill(pid, 'SIGKILL'), 1_500);
  const second = await start(folder);
  clearTimeout(late);
  expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('a server left running by a dead owner is stopped and started anew', async () => {
  const folder = freshFolder();
  await (await start(folder)).stop();
  const { port } = readConnection(folder);
  const cluster = join(folder, 'cluster');
  const account = chooseAccount();
  const place = { folder, cluster, account, binaries: findBinaries(), durable: false };
  launch({ ...place, log: () => undefined }, port);
  await expect
    .poll(() => existsSync(join(cluster, 'postmaster.pid')), { timeout: 20_000 })
    .toBe(true);
  const before = serverPid(folder);
  const second = await start(folder);
  expect(serverPid(folder)).not.toBe(before);
  expect(() => process.kill(before, 0)).toThrow('ESRCH');
  expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('an owner killed with -9 leaves a folder that starts again', async () => {
  const folder = freshFolder();
  const module = JSON.stringify(join(import.meta.dirname, 'index.ts'));
  const script = `const { startEmbedded } = await import(${module});
    const { url } = await startEmbedded({ folder: ${JSON.stringify(folder)} });
    console.log(url); setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: unknown[] = await once(owner.stdout.setEncoding('utf8'), 'data');
  await ask(String(said[0]).trim(), 'create table kept as select 1 as n');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const second = await start(folder);
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
});

test('a lock file whose number belongs to a stranger harms nobody', async () => {
  const folder = freshFolder();
  await (await start(folder)).stop();
  writeFileSync(
    join(folder, 'cluster', 'postmaster.pid'),
    `${process.pid}\n${join(folder, 'cluster')}\n`,
  );
  const second = await start(folder);
  expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

const ADDRESS = 'select inet_server_addr()::text as address';

test('it is spoken to by a socket that is open to its user alone, where the path is short', async () => {
  const folder = freshFolder();
  const { url } = await start(folder);
  expect(await ask(url, ADDRESS)).toEqual([{ address: null }]);
  const { port } = readConnection(folder);
  expect(statSync(join(folder, `.s.PGSQL.${port}`)).mode & 0o777).toBe(0o700);
  const long = join(freshFolder(), 'a-long-name-'.repeat(8));
  expect(await ask((await start(long)).url, ADDRESS)).toEqual([{ address: '127.0.0.1/32' }]);
});

test("a socket's lock that was left behind, and names a stranger, harms nobody", async () => {
  const folder = freshFolder();
  await (await start(folder)).stop();
  const lock = `.s.PGSQL.${readConnection(folder).port}.lock`;
  writeFileSync(join(folder, lock), `${process.pid}\n${join(folder, 'cluster')}\n`);
  expect(await ask((await start(folder)).url, ADDRESS)).toEqual([{ address: null }]);
});

test('a cluster whose making was interrupted is made again', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'cluster.unfinished'));
  writeFileSync(join(folder, 'cluster.unfinished', 'PG_VERSION'), '18\n');
  const embedded = await start(folder);
  expect(await ask(embedded.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test("another PostgreSQL version's folder is refused with what helps", async () => {
  const folder = freshFolder();
  await (await start(folder)).stop();
  writeFileSync(join(folder, 'cluster', 'PG_VERSION'), '99\n');
  await expect(startEmbedded({ folder })).rejects.toMatchObject({
    code: 'database.newer',
    remedy: 'Start the Rialto that made this folder, or choose another with --data-dir.',
  });
});

test('PostgreSQL that is killed under a living owner runs again at the same address', async () => {
  const folder = freshFolder();
  const said: string[] = [];
  const back = Promise.withResolvers<void>();
  const embedded = await startEmbedded({
    folder,
    durable: false,
    log: (line) => said.push(line),
    onBack: back.resolve,
    onLost: back.reject,
  });
  started.push(embedded);
  const database = await openDatabase({ url: embedded.url });
  try {
    await rows(database.kysely, sql`create table kept as select 1 as n`);
    await rows(database.kysely, sql`checkpoint`);
    process.kill(serverPid(folder), 'SIGKILL');
    await back.promise;
    expect(await rows(database.kysely, sql`select n from kept`)).toEqual([{ n: 1 }]);
    expect(said.join('\n')).toContain('PostgreSQL ended by itself');
  } finally {
    await database.close();
  }
});

test('PostgreSQL that cannot be started again is given up, and says why', async () => {
  const folder = freshFolder();
  const lost = Promise.withResolvers<unknown>();
  const embedded = await startEmbedded({ folder, durable: false, onLost: lost.resolve });
  started.push(embedded);
  writeFileSync(join(folder, 'cluster', 'PG_VERSION'), '99\n');
  process.kill(serverPid(folder), 'SIGKILL');
  expect(await lost.promise).toMatchObject({ code: 'database.could-not-start' });
  expect(existsSync(join(folder, 'postgres.before.log'))).toBe(true);
});
