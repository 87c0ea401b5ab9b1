/** Waits; ends early, by throwing, when stopped. Handed in, so that tests do not wait. */
export type Sleep = (ms: number, stop: AbortSignal) => Promise<void>;

/** A number from 0 up to, never reaching, 1. */
export type Random = () => number;

const BASE_MS = 250;
const MOST_MS = 20_000;

/**
 * How long to wait after so many failed attempts: anything up to a bound that doubles each time.
 * Full jitter keeps many callers that failed together from coming back together.
 */
export function backoffMs(failedAttempts: number, random: Random): number {
  const bound = Math.min(MOST_MS, BASE_MS * 2 ** Math.min(failedAttempts - 1, 20));
  return Math.ceil(random() * bound);
}

/** Waits by the machine's own timers. */
export const systemSleep: Sleep = async (ms, stop) => {
  stop.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const ended = (): void => {
      clearTimeout(timer);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the stopper's reason.
      reject(stop.reason);
    };
    const timer = setTimeout(() => {
      stop.removeEventListener('abort', ended);
      resolve();
    }, ms);
    stop.addEventListener('abort', ended, { once: true });
  });
};
