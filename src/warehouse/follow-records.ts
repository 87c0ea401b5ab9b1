import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#database';
import { describeError, RialtoError } from '#kernel';
import type { Clock, Instant } from '#kernel/time';
import { lastPosition, onChanges, readChanges } from '#records';
import type { WarehouseErrorCode } from './errors.ts';
import type { Warehouse } from './open-warehouse.ts';

/** Whether the warehouse keeps up with the log, and why not. */
export type FollowState =
  | { readonly kind: 'following' }
  | { readonly kind: 'retrying'; readonly since: Instant; readonly because: string };

/** The loop that carries the change log into the warehouse. */
export type Following = {
  /** Resolves when the star holds everything up to this log position. */
  caughtUp(position: bigint): Promise<void>;
  state(): FollowState;
  /** Ends after the batch under way. Whoever still waits is refused. */
  close(): Promise<void>;
};

export type FollowSettings = {
  readonly database: Database;
  readonly warehouse: Pick<Warehouse, 'position' | 'apply' | 'reset' | 'onLoaded'>;
  readonly clock: Clock;
  /** Hears of every failure; the loop then tries again, at most 30 seconds later. */
  readonly onError?: (error: unknown) => void;
  readonly pollMs?: number; // Should the doorbell not ring. Default one second.
  readonly retryMs?: number; // The first pause after a failure; it doubles. Default 200.
};

/** Changes read and loaded at a time: what bounds the memory of a long catch-up. */
export const BATCH_CHANGES = 2_000;

const RETRY_MS_MAX = 30_000;

type Waiter = {
  readonly position: bigint;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Follows the log from where the warehouse stands, until closed. Failures do not end it. */
export async function followRecords(settings: FollowSettings): Promise<Following> {
  const { database, warehouse, clock, onError, pollMs = 1_000, retryMs = 200 } = settings;
  const stop = new AbortController();
  const bell = doorbell();
  let waiters: readonly Waiter[] = [];
  let state: FollowState = { kind: 'following' };
  let checked = false;

  function settle(position: bigint): void {
    state = { kind: 'following' };
    const ready = waiters.filter((waiter) => waiter.position <= position);
    waiters = waiters.filter((waiter) => waiter.position > position);
    for (const waiter of ready) waiter.resolve();
  }

  /** A star that knows more than the log belongs to another log. */
  async function resetIfForeign(): Promise<void> {
    if (checked) return;
    const end = await lastPosition(database.kysely);
    if ((await warehouse.position()) > end) await warehouse.reset();
    checked = true;
  }

  async function loadBatch(): Promise<boolean> {
    await resetIfForeign();
    const after = await warehouse.position();
    const changes = await readChanges(database.kysely, { after, limit: BATCH_CHANGES });
    if (changes.length > 0) await warehouse.apply(changes, after);
    settle(await warehouse.position());
    return changes.length === BATCH_CHANGES;
  }

  async function follow(): Promise<void> {
    let pauseMs = retryMs;
    while (!stop.signal.aborted) {
      bell.reset(); // Before reading: what is written from now on rings again.
      try {
        const more = await loadBatch();
        pauseMs = retryMs;
        if (!more) await bell.rung(pollMs, stop.signal);
      } catch (error) {
        const since = state.kind === 'retrying' ? state.since : clock();
        state = { kind: 'retrying', since, because: describeError(error) };
        onError?.(error);
        await pause(pauseMs, stop.signal);
        pauseMs = Math.min(pauseMs * 2, RETRY_MS_MAX);
      }
    }
  }

  const listening = await onChanges(database, bell.ring);
  const unsubscribe = warehouse.onLoaded(settle); // A rebuild gets there too.
  const following = follow();
  return {
    caughtUp: (position) =>
      new Promise((resolve, reject) => {
        if (stop.signal.aborted) return reject(closed());
        waiters = [...waiters, { position, resolve, reject }];
        bell.ring();
      }),
    state: () => state,
    async close() {
      stop.abort();
      unsubscribe();
      await listening.close();
      await following;
      for (const waiter of waiters) waiter.reject(closed());
      waiters = [];
    },
  };
}

/** A bell that remembers having rung until it is reset. */
function doorbell(): {
  readonly ring: () => void;
  readonly reset: () => void;
  rung(timeoutMs: number, stop: AbortSignal): Promise<void>;
} {
  let heard = new AbortController();
  return {
    ring: () => heard.abort(),
    reset() {
      heard = new AbortController();
    },
    rung: (timeoutMs, stop) => pause(timeoutMs, AbortSignal.any([heard.signal, stop])),
  };
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
}

const closed = (): RialtoError<WarehouseErrorCode> =>
  new RialtoError('unavailable', 'warehouse.closed', 'following the change log');
