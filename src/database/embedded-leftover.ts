import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FAST_MS_MAX = 10_000;
const IMMEDIATE_MS_MAX = 10_000;

/** Ends a server that outlived its killed owner, and clears a lock file nobody holds. */
export async function stopLeftover(
  cluster: string,
  log: ((line: string) => void) | undefined,
): Promise<void> {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (isServerOf(cluster, pid)) {
    log?.('stopping the database of an owner that was killed');
    await end(cluster, pid);
  }
  rmSync(lock, { force: true });
}

async function end(cluster: string, pid: number): Promise<void> {
  const steps = [
    ['SIGINT', FAST_MS_MAX],
    ['SIGQUIT', IMMEDIATE_MS_MAX],
    ['SIGKILL', IMMEDIATE_MS_MAX],
  ] as const;
  for (const [signal, patienceMs] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // Gone meanwhile.
    }
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
      if (!isServerOf(cluster, pid)) return;
      await sleep(25);
    }
  }
}

/** Whether this process is a PostgreSQL on this cluster: a number in an old file proves nothing. */
function isServerOf(cluster: string, pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const command = commandLine(pid);
  return command.includes('postgres') && command.includes(cluster);
}

function commandLine(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  }
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout;
}
