/** Starts Rialto as `npm start` does, through its launcher, and looks at what it leaves behind. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const LOOK_MS = 100;
const READY_MS_MAX = 90_000;
const GONE_MS_MAX = 30_000;
const POLICY_AFTER_NAME = 38; // The 41st field of /proc/pid/stat; its name is the second.
const SCHED_BATCH = '3';

const ServerFile = z.object({ pid: z.number(), address: z.string(), token: z.string() });

type Env = Readonly<Record<string, string | undefined>>;

export type Launched = {
  readonly child: ChildProcess;
  readonly printed: () => string;
  readonly exitCode: () => Promise<number>;
};

/** A new data folder; call the second to remove it. */
export function dataFolder(): readonly [string, () => void] {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-launched-'));
  return [folder, () => rmSync(folder, { recursive: true, force: true })];
}

/** Runs `npm start -- <flags>` without npm. */
export function launch(flags: readonly string[], env: Env = {}): Launched {
  return run([join(ROOT, 'launcher/launch.mjs'), 'start', ...flags], env);
}

/** Runs `npx rialto <words>` without npx. */
export function command(words: readonly string[], env: Env = {}): Launched {
  return run([join(ROOT, 'launcher/rialto.mjs'), ...words], env);
}

function run(args: readonly string[], env: Env): Launched {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: undefined, ...env },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code, signal) => resolve(signal === null ? (code ?? -1) : -1));
  });
  return { child, printed: () => printed, exitCode: () => ended };
}

/** Waits for the line that says it is ready. */
export async function untilReady({ child, printed }: Launched): Promise<void> {
  for (let waitedMs = 0; waitedMs < READY_MS_MAX; waitedMs += LOOK_MS) {
    if (printed().includes('Ctrl-C stops it.')) return;
    if (child.exitCode !== null) break;
    await pause(LOOK_MS);
  }
  throw new Error(`Rialto did not become ready:\n${printed()}`);
}

/** What runs on a data folder now: the server and its PostgreSQL. */
export function processesOf(dataDir: string): {
  readonly server: number;
  readonly postgres: number;
} {
  const lock = readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  return { server: serverFile(dataDir).pid, postgres: Number(lock.split('\n')[0]) };
}

export function serverFile(dataDir: string): z.infer<typeof ServerFile> {
  return ServerFile.parse(JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')));
}

/** How its system gives a process its turns (sched(7)). */
export function schedulingOf(pid: number): 'batch' | 'as others' {
  if (process.platform !== 'linux') return 'as others';
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return afterName[POLICY_AFTER_NAME] === SCHED_BATCH ? 'batch' : 'as others';
}

/** Waits until none of these processes is left; answers those that stay. */
export async function survivors(processes: Readonly<Record<string, number>>): Promise<string[]> {
  const alive = (): string[] =>
    Object.entries(processes).flatMap(([name, pid]) => (isAlive(pid) ? [name] : []));
  for (let waitedMs = 0; alive().length > 0 && waitedMs < GONE_MS_MAX; waitedMs += LOOK_MS) {
    await pause(LOOK_MS);
  }
  return alive();
}

/** The files of a running Rialto that a stopped one must not leave. */
export function leftBehind(dataDir: string): string[] {
  const files = ['owner.lock', 'server.json', 'postgres/cluster/postmaster.pid'];
  return files.filter((file) => existsSync(join(dataDir, file)));
}

/** A zombie, which waits for its parent to look, counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
