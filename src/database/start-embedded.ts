import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { chooseAccount, giveTo } from './embedded-account.ts';
import type { Account } from './embedded-account.ts';
import { findBinaries } from './embedded-binaries.ts';
import type { Binaries } from './embedded-binaries.ts';
import { stopLeftover } from './embedded-leftover.ts';
import { databaseError, sqlStateOf } from './errors.ts';

/** A running PostgreSQL of our own. */
export type Embedded = { readonly url: string; stop(): Promise<void> };

type Options = {
  /** Holds `cluster/`, `postgres.log` and `connection.json`; made when missing. */
  readonly folder: string;
  readonly log?: (line: string) => void;
  /** Off only for tests: a power cut may then lose the cluster. */
  readonly durable?: boolean;
};
type Connection = { readonly port: number; readonly password: string };
type Place = Options & { readonly binaries: Binaries; readonly account: Account };

const FREE_BYTES_MIN = 200_000_000;
const START_MS_MAX = 120_000; // Recovery after a crash reads the whole write-ahead log.
const STOP_MS_MAX = 20_000;
const PORT_ATTEMPTS_MAX = 3;

/**
 * Starts PostgreSQL from the npm package in `folder`, on 127.0.0.1 at a free port, making the
 * cluster the first time. The caller holds the folder's lock: a server found running there is a
 * dead owner's and is stopped first.
 */
export async function startEmbedded(options: Options): Promise<Embedded> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const place = { ...options, binaries: findBinaries(), account: chooseAccount() };
  const cluster = clusterOf(options);
  if (existsSync(cluster)) await stopLeftover(cluster, options.log);
  else createCluster(place);
  checkVersion(place);
  for (let attempt = 1; ; attempt += 1) {
    const connection = {
      ...readConnection(options),
      port: await freePort(readConnection(options)),
    };
    writeConnection(options, connection);
    const server = launch(place, connection.port);
    const url = `postgresql://rialto:${connection.password}@127.0.0.1:${connection.port}/postgres`;
    if (await isReady(server, url)) return { url, stop: () => stopServer(server, place) };
    const said = lastLines(options);
    await stopServer(server, place);
    const portTaken = /could not bind|Address already in use/i.test(said);
    if (!portTaken || attempt >= PORT_ATTEMPTS_MAX) throw couldNotStart(options, said);
  }
}

function clusterOf(options: Options): string {
  return join(options.folder, 'cluster');
}

function createCluster(place: Place): void {
  const { folder, binaries, account, durable = true } = place;
  checkSpace(folder);
  place.log?.('making a new database');
  const unfinished = join(folder, 'cluster.unfinished');
  const secret = join(folder, 'password.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  writeFileSync(secret, password, { mode: 0o600 });
  if (account.uid !== undefined) {
    giveTo(account, folder);
  }
  const [command = '', ...rest] = [
    ...account.prefix,
    binaries.initdb,
    `--pgdata=${unfinished}`,
    '--username=rialto',
    '--auth=scram-sha-256',
    `--pwfile=${secret}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ];
  const done = spawnSync(command, rest, {
    encoding: 'utf8',
    env: environment(),
    cwd: folder,
    ...account.spawnAs,
  });
  rmSync(secret, { force: true });
  if (done.status !== 0) throw couldNotStart(place, `${done.stdout}${done.stderr}`, done.error);
  writeConnection(place, { port: 0, password });
  renameSync(unfinished, clusterOf(place)); // Last: a half-made cluster is never taken for one.
}

function launch(place: Place, port: number): ChildProcess {
  const { folder, binaries, account, durable = true } = place;
  giveTo(account, clusterOf(place));
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    wal_level: 'logical',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    dynamic_shared_memory_type: process.platform === 'linux' ? 'mmap' : undefined,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const [command = '', ...rest] = [
    ...account.prefix,
    binaries.postgres,
    '-D',
    clusterOf(place),
    ...Object.entries(settings).flatMap(([name, value]) =>
      value === undefined ? [] : ['-c', `${name}=${value}`],
    ),
  ];
  const log = openSync(join(folder, 'postgres.log'), 'w', 0o600);
  const server = spawn(command, rest, {
    stdio: ['ignore', log, log],
    detached: true, // Ctrl-C in the terminal is for us; we then stop it in order.
    env: environment(),
    cwd: folder,
    ...account.spawnAs,
  });
  server.on('error', () => undefined); // Seen as an early exit.
  closeSync(log);
  return server;
}

async function isReady(server: ChildProcess, url: string): Promise<boolean> {
  const until = performance.now() + START_MS_MAX;
  while (performance.now() < until) {
    if (hasEnded(server)) return false;
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch (error) {
      // A stranger may answer at a port that was just taken: our password is not its.
      if (sqlStateOf(error) === '28P01') return false;
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(40);
  }
  return false;
}

async function stopServer(server: ChildProcess, place: Place): Promise<void> {
  if (hasEnded(server)) return;
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
  });
  if (process.platform === 'win32') {
    spawnSync(place.binaries.pgCtl, ['stop', '-D', clusterOf(place), '-m', 'fast']);
  } else {
    server.kill('SIGINT'); // PostgreSQL's "fast": ends sessions, writes a checkpoint.
  }
  const patience = new AbortController();
  const late = sleep(STOP_MS_MAX, 'late', { signal: patience.signal }).catch(() => 'done');
  if ((await Promise.race([ended, late])) === 'late') server.kill('SIGQUIT');
  patience.abort();
  await ended;
}

function hasEnded(server: ChildProcess): boolean {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
}

/** The port of last time when nobody sits there, else any free one. */
async function freePort(connection: Connection): Promise<number> {
  return (await tryPort(connection.port)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      probe.close(() => resolve(found));
    });
  });
}

function readConnection(options: Options): Connection {
  const path = join(options.folder, 'connection.json');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by us alone.
  return JSON.parse(readFileSync(path, 'utf8')) as Connection;
}

function writeConnection(options: Options, connection: Connection): void {
  const path = join(options.folder, 'connection.json');
  writeFileSync(`${path}.new`, JSON.stringify(connection), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function checkVersion(place: Place): void {
  const is = readFileSync(join(clusterOf(place), 'PG_VERSION'), 'utf8').trim();
  const told = spawnSync(place.binaries.postgres, ['--version'], { encoding: 'utf8' });
  const needs = /\) (\d+)/.exec(told.stdout)?.[1] ?? is;
  if (is === needs) return;
  const message = `opening ${place.folder}: made by PostgreSQL ${is}, here is PostgreSQL ${needs}`;
  throw databaseError('conflict', 'database.newer', message, {
    remedy: 'Start the Rialto that made this folder, or choose another with --data-dir.',
  });
}

function checkSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= FREE_BYTES_MIN) return;
  const message = `making a database in ${folder}: ${Math.round(free / 1e6)} MB are free`;
  throw databaseError('unavailable', 'database.disk-full', message, {
    remedy: `Free ${FREE_BYTES_MIN / 1e6} MB there, or choose another folder with --data-dir.`,
  });
}

function couldNotStart(options: Options, said: string, cause?: Error): Error {
  const reason = cause ?? new Error(said.trim().split('\n').slice(-3).join(' '));
  if (/No space left on device/.test(said)) {
    return databaseError('unavailable', 'database.disk-full', `starting in ${options.folder}`, {
      cause: reason,
      remedy: 'Free some disk space there, then start again.',
    });
  }
  if (/Permission denied/.test(said)) {
    return databaseError(
      'unavailable',
      'database.could-not-start',
      `starting in ${options.folder}`,
      {
        cause: reason,
        remedy:
          'PostgreSQL cannot run as root, and other users cannot enter this folder: choose one they can with --data-dir, or start as a plain user.',
      },
    );
  }
  return databaseError(
    'unavailable',
    'database.could-not-start',
    `starting PostgreSQL in ${options.folder}`,
    {
      cause: reason,
      remedy: `Read ${join(options.folder, 'postgres.log')}, or set DATABASE_URL to a PostgreSQL of your own.`,
    },
  );
}

function lastLines(options: Options): string {
  return readFileSync(join(options.folder, 'postgres.log'), 'utf8').slice(-4_000);
}

/** Ours, without settings of another PostgreSQL on this machine. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(own), LC_ALL: 'C' };
}
