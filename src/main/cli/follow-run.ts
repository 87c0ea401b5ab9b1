import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '#api-contract';
import type { Client } from './client.ts';

const LOOK_MS = 150;
const BAR_WIDTH = 24;

/** Waits for a run to end, with a bar that moves when a person looks on. */
export async function followRun(client: Client, begun: Run, quiet: boolean): Promise<Run> {
  const shows = !quiet && process.stderr.isTTY;
  let run = begun;
  while (run.status === 'running') {
    if (shows) process.stderr.write(`\r\u001B[K${barOf(run)}`);
    await sleep(LOOK_MS);
    run = await client.call('getRun', { params: { id: run.id } });
  }
  if (shows) process.stderr.write('\r\u001B[K');
  return run;
}

/** `reading orders ██████░░░░ 1,200 of 4,012`. */
export function barOf({ progress }: Run): string {
  if (progress === undefined) return 'looking at the source …';
  const { phase, done, expected } = progress;
  const count = done.toLocaleString('en');
  if (expected === undefined || expected === 0) return `${phase} ${done === 0 ? '…' : count}`;
  const filled = Math.min(BAR_WIDTH, Math.round((done / expected) * BAR_WIDTH));
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  return `${phase} ${bar} ${count} of ${expected.toLocaleString('en')}`;
}
