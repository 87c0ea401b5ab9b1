/**
 * Starts PostgreSQL itself, in folders made as `mktemp -d` makes them (others cannot enter), and
 * treats it as machines treat it: killed, killed with its owner, interrupted while being made.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDatabase, rows, sql, startEmbedded } from './index.ts';
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

test('a server left running by a dead owner is stopped and started anew', async () => {
  const folder = freshFolder();
  await start(folder);
  const before = serverPid(folder);
  const second = await start(folder);
  expect(serverPid(folder)).not.toBe(before);
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
