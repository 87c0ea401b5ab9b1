/** The thread that books: it has connections of its own, and nothing else of the house. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { runBooking } from '#api';
import { openDatabase } from '#database';
import { assert } from '#kernel';
import { systemClock } from '#kernel/time';
import type { Said, Told } from './booking-thread.ts';

const POOL_SIZE_MAX = 8; // Most wait for each other's numbers anyway.

const port = parentPort;
assert(port !== null, 'it is started as a thread');
const database = await openDatabase({
  url: z.string().parse(workerData),
  poolSizeMax: POOL_SIZE_MAX,
  byKeys: true,
  locksEndEarly: true,
});
const services = { database, clock: systemClock };
const say = (said: Said): void => port.postMessage(said);
const inHand = new Set<Promise<void>>();

async function run({ number, booking }: Exclude<Told, 'end'>): Promise<void> {
  say({ number, booked: await runBooking(services, booking) });
}

port.on('message', (told: Told) => {
  if (told === 'end') {
    port.removeAllListeners('message');
    void Promise.all(inHand)
      .then(() => database.close())
      .finally(() => port.close());
    return;
  }
  const running = run(told).finally(() => inHand.delete(running));
  inHand.add(running);
});
say('ready');
