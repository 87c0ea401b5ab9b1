import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { giveTo } from './embedded-account.ts';
import type { Account } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';
import { sqlStateOf } from './errors.ts';

/** Where and how an embedded PostgreSQL runs. */
export type Place = {
  /** Holds `cluster/`, `postgres.log` and `connection.json`. */
  readonly folder: string;
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly account: Account;
  /** Off only for tests: a power cut may then lose the cluster. */
  readonly durable: boolean;
  /** Where its socket is; undefined: it is spoken to by TCP alone. */
  readonly socketFolder?: string | undefined;
  readonly log: (line: string) => void;
};

const START_MS_MAX = 120_000; // Recovery after a crash reads the whole write-ahead log.
const STOP_MS_MAX = 20_000;

/** Runs PostgreSQL on the cluster; its words go to `postgres.log`. */
export function launch(place: Place, port: number): ChildProcess {
  const { binaries, account, durable, socketFolder = '' } = place;
  giveTo(account, place.cluster);
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    wal_level: 'logical',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // Samples of growing tables are sorted column by column: after each tenth more, as by default, that
    // took a third of the processor time of bulk loads. Row counts are reckoned from file sizes anyway.
    autovacuum_analyze_scale_factor: '0.5',
    dynamic_shared_memory_type: process.platform === 'linux' ? 'mmap' : undefined,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const [command = '', ...rest] = [
    ...account.prefix,
    binaries.postgres,
    '-D',
    place.cluster,
    ...Object.entries(settings).flatMap(([name, value]) =>
      value === undefined ? [] : ['-c', `${name}=${value}`],
    ),
  ];
  const log = openLog(place);
  const server = spawn(command, rest, {
    stdio: ['ignore', log, log],
    detached: true, // Ctrl-C in the terminal is for us; we then stop it in order.
    env: environment(),
    cwd: place.folder,
    ...account.spawnAs,
  });
  server.on('error', () => undefined); // Seen as an early exit.
  closeSync(log);
  return server;
}

/** A new log for each start; the one before is kept, since it may say why it ended. */
function openLog({ folder }: Place): number {
  const file = join(folder, 'postgres.log');
  if (existsSync(file)) renameSync(file, join(folder, 'postgres.before.log'));
  return openSync(file, 'w', 0o600);
}

/** Waits until it answers to our password. False: it ended, or a stranger sits at its port. */
export async function isReady(server: ChildProcess, url: string): Promise<boolean> {
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

/** Ends it in order; at once when that takes too long. */
export async function stopServer(server: ChildProcess, place: Place): Promise<void> {
  if (hasEnded(server)) return;
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
  });
  if (process.platform === 'win32') {
    spawnSync(place.binaries.pgCtl, ['stop', '-D', place.cluster, '-m', 'fast']);
  } else {
    server.kill('SIGINT'); // PostgreSQL's "fast": ends sessions, writes a checkpoint.
  }
  const patience = new AbortController();
  const late = sleep(STOP_MS_MAX, 'late', { signal: patience.signal }).catch(() => 'done');
  if ((await Promise.race([ended, late])) === 'late') server.kill('SIGQUIT');
  patience.abort();
  await ended;
}

/** Whether there is nothing left to stop. */
export function hasEnded(server: ChildProcess): boolean {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
}

/** Our environment, without settings of another PostgreSQL on this machine. */
export function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(own), LC_ALL: 'C' };
}
