import { setTimeout as sleep } from 'node:timers/promises';
import type { Rebuild } from '#api-contract';
import { mainError } from '../errors.ts';

type Work = Pick<Rebuild, 'status' | 'progress' | 'failure'>;

const LOOK_MS = 200;

/** Waits for long work to end, saying how far it is when a person looks on. Fails when it failed. */
export async function followWork<One extends Work>(
  look: () => Promise<{ readonly last: One | null }>,
  quiet: boolean,
): Promise<One> {
  const shows = !quiet && process.stderr.isTTY;
  for (;;) {
    const { last } = await look();
    if (last !== null && last.status !== 'running') {
      if (shows) process.stderr.write('\r\u001B[K');
      if (last.status === 'done') return last;
      const why = last.failure?.text ?? 'it was cancelled';
      throw mainError('unavailable', 'main.refused', why);
    }
    if (shows) process.stderr.write(`\r\u001B[K${stateOf(last?.progress)}`);
    await sleep(LOOK_MS);
  }
}

function stateOf(progress: Work['progress']): string {
  if (progress === undefined) return 'working …';
  const { what, done, expected } = progress;
  const all = expected === undefined ? '' : ` of ${expected.toLocaleString('en')}`;
  return `${what} ${done.toLocaleString('en')}${all}`;
}
