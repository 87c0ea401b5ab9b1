/** A data folder with three years of a living company in it, kept for the next run, and a server on it. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { migrate, openDatabase, rows, sql, startEmbedded, transact } from '#database';
import { assert } from '#kernel';
import { addDays, addMonths, dateOf, localDate, partsOf, systemClock } from '#kernel/time';
import { NEEDED_TABLES, setLive, writeHistory } from '#living-company';
import {
  familyMegabytes,
  familySeconds,
  megabytes,
  postmasterIn,
  secondsOf,
} from '../process-family.ts';

const YEARS = 3;
const READY = 'history-is-written';
const START_MS_MAX = 300_000;
const SEED = 7;
const ServerFile = z.object({ pid: z.number(), address: z.string(), token: z.string() });

/** Writes the history, unless the folder holds it. */
export async function prepare(folder: string, size: 'small' | 'medium'): Promise<void> {
  if (existsSync(join(folder, READY))) return;
  const server = await startEmbedded({ folder: join(folder, 'postgres') });
  const database = await openDatabase({ url: server.url, poolSizeMax: 4 });
  try {
    await migrate(database, NEEDED_TABLES);
    const until = addDays(localDate(systemClock().slice(0, 10)), -1);
    const [year, month] = partsOf(until);
    const startedOn = addMonths(dateOf(year, month, 1), 1 - YEARS * 12);
    const began = performance.now();
    const history = await writeHistory(
      { database, clock: systemClock },
      {
        plan: { size, seed: SEED, startedOn },
        until,
        by: 'bench',
        tell: ({ what }) => {
          if (what.endsWith('-12')) console.log(`written up to ${what}`);
        },
      },
    );
    await transact(database, (tx) => setLive(tx, false));
    await rows(database.kysely, sql`vacuum analyze`); // As autovacuum soon would.
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    console.log(`${size}: ${history.documents} documents written in ${seconds} s`);
    writeFileSync(join(folder, READY), `${size}\n`);
  } finally {
    await database.close();
    await server.stop();
  }
}

/** A server as a process of its own. */
export type Serving = {
  readonly address: string;
  readonly token: string;
  /** Processor seconds so far: of Node, and of PostgreSQL with all its processes (Linux). */
  readonly spent: () => { readonly node: number; readonly postgres: number };
  /** Megabytes now: resident of Node, and PostgreSQL's share of what it has in memory. */
  readonly memory: () => { readonly node: number; readonly postgres: number };
  /** Of its main thread, since this was asked before: how busy, and how long what was ready waited. */
  readonly loop: () => Promise<Readonly<Record<string, number>>>;
  readonly stop: () => Promise<void>;
};

/** Starts it on a folder and waits until it answers. Its profile is written where `profile` says. */
export async function serve(folder: string, profile?: string): Promise<Serving> {
  const script = join(import.meta.dirname, '../../src/main/serve.ts');
  const args = [
    '--batch', // As the launcher starts it.
    '0',
    process.execPath,
    '--max-semi-space-size=16',
    '--heap-growing-percent=200',
    '--import',
    import.meta.resolve('./watch.ts'),
    ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
    script,
    '--empty',
    '--port',
    '0',
    '--data-dir',
    folder,
  ];
  const child = spawn('chrt', args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const { stdout } = child;
  assert(stdout !== null, 'it is piped');
  let printed = '';
  stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  for (let waited = 0; !printed.includes('Ctrl-C stops it.'); waited += 100) {
    assert(child.exitCode === null && waited < START_MS_MAX, `it did not start:\n${printed}`);
    await pause(100);
  }
  const found = ServerFile.parse(JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')));
  const postmaster = () => postmasterIn(join(folder, 'postgres', 'cluster'));
  return {
    address: found.address,
    token: found.token,
    spent: () => ({ node: secondsOf(found.pid), postgres: familySeconds(postmaster()) }),
    memory: () => ({
      node: megabytes(found.pid, 'status', /VmRSS:\s+(\d+)/),
      postgres: familyMegabytes(postmaster()),
    }),
    loop: async () => {
      const told = new Promise<unknown>((resolve) => {
        child.once('message', resolve);
      });
      child.send('tell');
      return z.record(z.string(), z.number()).parse(await told);
    },
    stop: async () => {
      const gone = new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
      });
      child.kill('SIGTERM');
      await gone;
    },
  };
}
