import { expect, test } from 'vitest';
import { InFlight } from './in-flight.ts';

test('so many pieces run at a time, and no more', async () => {
  const work = new InFlight(2);
  const gates = [0, 1, 2].map(() => Promise.withResolvers<undefined>());
  const begun: number[] = [];
  const piece = (at: number) => async (): Promise<void> => {
    begun.push(at);
    await gates[at]?.promise;
  };
  await work.start(piece(0));
  await work.start(piece(1));
  const third = work.start(piece(2));
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve(undefined); // Whichever ends first makes room.
  await third;
  expect(begun).toEqual([0, 1, 2]);
  gates[0]?.resolve(undefined);
  gates[2]?.resolve(undefined);
  await work.all();
});

test('what a piece failed with is told by the next start, after all have ended', async () => {
  const work = new InFlight(2);
  const slow = Promise.withResolvers<undefined>();
  let ended = false;
  await work.start(async () => {
    await slow.promise;
    ended = true;
  });
  await work.start(() => Promise.reject(new Error('the disk is full')));
  await expect(work.start(() => Promise.resolve())).rejects.toThrow('the disk is full');
  slow.resolve(undefined);
  await work.settled(); // Does not fail: it was told.
  expect(ended).toBe(true);
  await expect(work.all()).rejects.toThrow('the disk is full');
});
