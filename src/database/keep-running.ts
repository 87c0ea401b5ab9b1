import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded } from './embedded-server.ts';
import { databaseError } from './errors.ts';

/** What keeping a server running takes. */
type Keeping = {
  /** Starts it once more, at the same address. */
  readonly startAgain: () => Promise<ChildProcess>;
  readonly stop: (server: ChildProcess) => Promise<void>;
  readonly log: (line: string) => void;
  readonly onBack: () => void;
  /** It cannot be brought back: nothing more is tried. */
  readonly onLost: (why: unknown) => void;
};

const ATTEMPTS_MAX = 20; // Sessions of the dead server take a moment to notice.
const PAUSE_MS = 500;
const ENDINGS_MAX = 5;
const ENDINGS_WITHIN_MS = 600_000;

/**
 * Starts a server again when it ends by itself: when someone kills it, or the system for want of
 * memory. One that ends over and over is given up.
 */
export function keepRunning(server: ChildProcess, how: Keeping): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let current = server;
  let recovering: Promise<void> = Promise.resolve();
  let endings: number[] = [];

  function watch(): void {
    if (hasEnded(current)) onEnd();
    else current.once('exit', onEnd);
  }

  function onEnd(): void {
    if (!stopping.signal.aborted) recovering = recover().catch(how.onLost);
  }

  async function recover(): Promise<void> {
    how.log('PostgreSQL ended by itself: starting it again');
    const now = performance.now();
    endings = [...endings.filter((at) => at > now - ENDINGS_WITHIN_MS), now];
    if (endings.length > ENDINGS_MAX) throw keepsEnding();
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      try {
        current = await how.startAgain();
        how.log('PostgreSQL runs again');
        how.onBack();
        return watch();
      } catch (error) {
        if (attempt >= ATTEMPTS_MAX) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  watch();
  return {
    async stop() {
      stopping.abort();
      await recovering;
      await how.stop(current);
    },
  };
}

const keepsEnding = (): Error =>
  databaseError('unavailable', 'database.could-not-start', 'keeping PostgreSQL running', {
    cause: new Error(`it ended by itself more than ${ENDINGS_MAX} times in ten minutes`),
    remedy: 'Look into postgres.log and postgres.before.log, and whether memory or disk runs out.',
  });
