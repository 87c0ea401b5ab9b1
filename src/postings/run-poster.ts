import { setTimeout as pause } from 'node:timers/promises';
import { listen } from '#database';
import type { PosterDeps } from './destination.ts';
import { POSTINGS_CHANNEL } from './intend.ts';
import { postNext } from './post-due.ts';
import type { Rests } from './rest.ts';

/** A worker that can be put down; it finishes what it is sending. */
export type Poster = { close(): Promise<void> };

type Options = {
  readonly atOnce: number; // Postings under way at the same time.
  readonly pollMs?: number;
  readonly onTrouble?: (error: unknown) => void; // The database was away, or a bug. It goes on.
};

const POLL_MS = 1_000;

/** Sends what is due, for as long as it runs; the doorbell wakes it, and a poll in case it was missed. */
export async function runPoster(deps: PosterDeps, options: Options): Promise<Poster> {
  const { atOnce, pollMs = POLL_MS, onTrouble = () => undefined } = options;
  const rests: Rests = new Map();
  const closing = new AbortController();
  let alarms = new AbortController();
  const wake = (): void => {
    alarms.abort();
    alarms = new AbortController();
  };
  const listening = await listen(deps.database, POSTINGS_CHANNEL, wake);

  async function slot(): Promise<void> {
    while (!closing.signal.aborted) {
      const { signal } = alarms; // Taken before looking: a ring meanwhile is not missed.
      const busy = await postNext(deps, rests).catch((error: unknown) => {
        onTrouble(error);
        return false;
      });
      if (!busy && !closing.signal.aborted)
        await pause(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
  const slots = Array.from({ length: atOnce }, slot);
  return {
    async close() {
      closing.abort();
      wake();
      await Promise.all(slots);
      await listening.close();
    },
  };
}
