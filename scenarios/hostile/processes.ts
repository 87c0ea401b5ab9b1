/** What is killed: workers, the puller, PostgreSQL, the ERP. Each comes back by itself. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '#database';
import { parseWorkerSettings } from './worker-settings.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** Something that can be killed at any instant. */
export type Victim = {
  readonly name: 'worker' | 'puller' | 'database' | 'erp';
  /** False while it is coming back: there is nothing to kill. */
  isUp(): boolean;
  kill(): void;
  stop(): Promise<void>;
};

const ROOT = join(import.meta.dirname, '..', '..');

/** PostgreSQL, durable, killed by `kill -9` of its postmaster. */
export async function startDatabase(folder: string): Promise<Victim & { readonly url: string }> {
  let up = true;
  let ending = false;
  const start = (): ReturnType<typeof startEmbedded> =>
    startEmbedded({
      folder,
      onBack: () => {
        up = true;
      },
      // It is killed more often than is taken for bad luck: begin anew.
      onLost: () => {
        if (!ending) void start().then(take);
      },
    });
  let server = await start();
  function take(next: typeof server): void {
    server = next;
    up = true;
  }
  return {
    name: 'database',
    url: server.url,
    isUp: () => up,
    kill() {
      up = false;
      const [pid = ''] = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split(
        '\n',
      );
      process.kill(Number(pid), 'SIGKILL');
    },
    async stop() {
      ending = true;
      await server.stop();
    },
  };
}

/** The hostile ERP, always at the same address. */
export async function startErp(
  ledger: string,
  seed: number,
  faults: object,
): Promise<Victim & { readonly url: string }> {
  const script = join(ROOT, 'simulators', 'hostile-erp', 'serve.ts');
  let port = '0';
  const start = (): ChildProcess => {
    const flags = ['--ledger', ledger, '--seed', String(seed), '--port', port, '--leashed'];
    return spawn(process.execPath, [script, ...flags, '--faults', JSON.stringify(faults)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  };
  const child = start();
  const url = urlIn(await firstLine(child));
  port = new URL(url).port;
  return { url, ...keepUp('erp', child, start) };
}

/** A worker that posts. */
export const startWorker = (settings: WorkerSettings): Victim =>
  startScript('worker', 'poster.ts', settings);

/** The process that syncs in. */
export const startPuller = (settings: WorkerSettings): Victim =>
  startScript('puller', 'puller.ts', settings);

function startScript(name: Victim['name'], script: string, settings: WorkerSettings): Victim {
  const checked = parseWorkerSettings(JSON.stringify(settings));
  const start = (): ChildProcess =>
    spawn(process.execPath, [join(import.meta.dirname, script), JSON.stringify(checked)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  return keepUp(name, start(), start);
}

const FALLS_MAX = 40; // In a row, of its own: it cannot run at all.
const FALL_MS = 250; // Before it is started again when nobody killed it: the database may be away.

/** Starts it again whenever it ends, until it is stopped. Fails when it falls over and over by itself. */
function keepUp(name: Victim['name'], first: ChildProcess, start: () => ChildProcess): Victim {
  let child = first;
  let stopping = false;
  let falls = 0;
  watch();
  function watch(): void {
    child.once('exit', (_code, signal) => {
      if (stopping) return;
      falls = signal === null ? falls + 1 : 0;
      if (falls > FALLS_MAX) throw new Error(`the ${name} does not stay up`);
      setTimeout(again, falls === 0 ? 0 : FALL_MS);
    });
  }
  function again(): void {
    if (stopping) return;
    child = start();
    watch();
  }
  return {
    name,
    isUp: () => child.exitCode === null && child.signalCode === null,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const late = pause(10_000, 'late', { ref: false });
      if ((await Promise.race([gone, late])) === 'late') child.kill('SIGKILL');
      await gone;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('it says nothing');
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout) if (typeof text === 'string') return text;
  throw new Error('it ended before it said anything');
}

function urlIn(line: string): string {
  const told: unknown = JSON.parse(line);
  if (typeof told === 'object' && told !== null && 'url' in told && typeof told.url === 'string') {
    return told.url;
  }
  throw new Error(`no address in '${line}'`);
}
