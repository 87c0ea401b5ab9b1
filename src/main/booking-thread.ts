import { Worker } from 'node:worker_threads';
import type { Booked, Booking, Services } from '#api';
import { mainError } from './errors.ts';

/** What the thread says: that it is ready, or what came of a booking. */
export type Said = 'ready' | { readonly number: number; readonly booked: Booked };
/** What it is told: to run one, or to end once it has none in hand. */
export type Told = 'end' | { readonly number: number; readonly booking: Booking };

/** A thread that books. */
export type BookingThread = {
  readonly run: NonNullable<Services['runApart']>;
  start(): void;
  close(): Promise<void>;
};

const AGAIN_MS = 2_000;

/**
 * A thread that runs the bookings of a database. While there is none, not ready yet or lost, `run`
 * answers undefined. Whether what a lost one had in hand was booked, nobody knows.
 */
export function openBookingThread(
  url: string,
  { onError }: { readonly onError: (error: unknown) => void },
): BookingThread {
  let isClosing = false;
  let again: NodeJS.Timeout | undefined;
  let desk: Desk | undefined;
  const start = (): void => {
    desk = openDesk(url, onError, () => {
      if (!isClosing) again = setTimeout(start, AGAIN_MS);
    });
  };
  return {
    run: (booking) => desk?.run(booking),
    start,
    async close() {
      isClosing = true;
      clearTimeout(again);
      await desk?.end();
    },
  };
}

/** One thread, from its start to its end. */
type Desk = { readonly run: BookingThread['run']; end(): Promise<void> };

function openDesk(url: string, onError: (error: unknown) => void, onGone: () => void): Desk {
  const worker = new Worker(new URL('booking-worker.ts', import.meta.url), { workerData: url });
  const inHand = new Map<number, PromiseWithResolvers<Booked>>();
  const gone = Promise.withResolvers<void>();
  let isReady = false;
  let count = 0;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none.
  const tell = (told: Told): void => worker.postMessage(told);
  worker.on('message', (said: Said) => {
    if (said === 'ready') {
      isReady = true;
      return;
    }
    inHand.get(said.number)?.resolve(said.booked);
    inHand.delete(said.number);
  });
  worker.on('error', onError);
  worker.on('exit', () => {
    isReady = false;
    for (const { reject } of inHand.values()) reject(lost());
    gone.resolve();
    onGone();
  });
  return {
    run(booking) {
      if (!isReady) return undefined;
      count += 1;
      const waits = Promise.withResolvers<Booked>();
      inHand.set(count, waits);
      tell({ number: count, booking });
      return waits.promise;
    },
    end() {
      if (isReady) tell('end');
      else void worker.terminate(); // It has nothing in hand, and would first load all of its code.
      isReady = false;
      return gone.promise;
    },
  };
}

const lost = () =>
  mainError('uncertain', 'main.booking-lost', 'booking: the thread that does it ended', {
    remedy: 'Look whether it is booked, or send it again with the same Idempotency-Key.',
  });
