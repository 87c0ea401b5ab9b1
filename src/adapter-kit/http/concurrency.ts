import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import type { Sleep } from './backoff.ts';

/** What one request showed of its host's limits. */
export type Pressure = {
  readonly verdict: 'answered' | 'limited' | 'failed';
  readonly pauseMs?: number; // The host asks for quiet.
  readonly remaining?: number; // Requests it would still take, now.
};

/** Lets as many requests through at once as the host has shown it takes. */
export type Concurrency = {
  /** Waits for a turn. What it gives is called once, when the request is over. */
  acquire(stop: AbortSignal): Promise<(pressure: Pressure) => void>;
  /** How long the host has asked for quiet, from now. */
  pausedMs(): number;
  state(): ConcurrencyState;
};

export type ConcurrencyState = {
  readonly limit: number;
  readonly inFlight: number;
  readonly ceiling?: number; // Learned: one more at once was too many.
};

export type ConcurrencySettings = {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly first?: number; // 2.
  readonly most?: number; // 16.
};

/** How many were under way when a request began, itself counted, and how often it had been cut. */
type Begun = { readonly level: number; readonly cuts: number };

const PROBE_AFTER_MS = 30_000; // A learned ceiling is tried again after so long without a refusal.

/**
 * Grows by one while all goes well, halves on a refusal, and remembers where it was refused: it
 * then climbs back to just below and stays there, instead of running into the limit over and over.
 */
export function createConcurrency({
  clock,
  sleep,
  first = 2,
  most = 16,
}: ConcurrencySettings): Concurrency {
  let limit = Math.min(first, most);
  let ceiling = Infinity;
  let ceilingAtMs = 0;
  let cuts = 0; // Requests begun before a cut say nothing new about it.
  let inFlight = 0;
  let pausedUntilMs = 0;
  const waiting: (() => void)[] = [];
  const now = (): number => millisecondsOf(clock());
  const isFull = (): boolean => inFlight >= limit;
  const wake = (): void => {
    for (const go of waiting.splice(0, Math.max(1, limit - inFlight))) go();
  };

  const grow = (used: number): void => {
    if (now() - ceilingAtMs > PROBE_AFTER_MS && ceiling < most) {
      ceiling += 1;
      ceilingAtMs = now();
    }
    if (used >= limit) limit = Math.min(limit + 1, most, ceiling);
  };

  // A host may have counted as the request came or as it answered: the higher of both is too many.
  const cut = (level: number): void => {
    cuts += 1;
    ceiling = Math.max(1, level - 1);
    ceilingAtMs = now();
    limit = Math.max(1, Math.floor(limit / 2));
  };

  const released = (begun: Begun, { verdict, pauseMs = 0, remaining }: Pressure): void => {
    const used = inFlight;
    inFlight -= 1;
    if (verdict === 'answered') grow(used);
    if (verdict === 'limited' && begun.cuts === cuts) cut(Math.max(begun.level, used));
    if (remaining !== undefined) limit = Math.max(1, Math.min(limit, remaining));
    if (pauseMs > 0) pausedUntilMs = Math.max(pausedUntilMs, now() + pauseMs);
    wake();
  };

  return {
    async acquire(stop) {
      stop.throwIfAborted();
      while (isFull() || now() < pausedUntilMs) {
        if (now() < pausedUntilMs) await sleep(pausedUntilMs - now(), stop);
        else await turn(waiting, stop);
      }
      inFlight += 1;
      const begun = { level: inFlight, cuts };
      let over = false;
      return (pressure) => {
        if (over) return;
        over = true;
        released(begun, pressure);
      };
    },
    pausedMs: () => Math.max(0, pausedUntilMs - now()),
    state: () => ({ limit, inFlight, ...(ceiling === Infinity ? {} : { ceiling }) }),
  };
}

async function turn(waiting: (() => void)[], stop: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const go = (): void => {
      stop.removeEventListener('abort', ended);
      resolve();
    };
    const ended = (): void => {
      const at = waiting.indexOf(go);
      if (at >= 0) waiting.splice(at, 1);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the stopper's reason.
      reject(stop.reason);
    };
    stop.addEventListener('abort', ended, { once: true });
    waiting.push(go);
  });
}
