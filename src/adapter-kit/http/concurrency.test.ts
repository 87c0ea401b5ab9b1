import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createConcurrency } from './concurrency.ts';
import type { Concurrency } from './concurrency.ts';
import { stillClock } from './testing.ts';

const never = new AbortController().signal;

/** A host that refuses more than `most` at once; gives the limit after each round of requests. */
async function rounds(concurrency: Concurrency, most: number, count: number): Promise<number[]> {
  const limits: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const { limit } = concurrency.state();
    const turns = await Promise.all(
      Array.from({ length: limit }, async () => await concurrency.acquire(never)),
    );
    for (const [at, over] of turns.entries()) {
      over({ verdict: at >= most ? 'limited' : 'answered' });
    }
    limits.push(limit);
  }
  return limits;
}

test('it finds how many a host takes at once, and stays there', async () => {
  const time = stillClock();
  const concurrency = createConcurrency({ ...time, most: 32 });
  const limits = await rounds(concurrency, 7, 60);
  expect(limits.slice(-20).every((limit) => limit >= 4 && limit <= 7)).toBe(true);
  expect(limits.filter((limit) => limit > 7).length).toBeLessThanOrEqual(3);
});

test('a host that counts only as it answers is found out as well', async () => {
  const concurrency = createConcurrency({ ...stillClock(), most: 32 });
  const limits: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    const { limit } = concurrency.state();
    limits.push(limit);
    const turns = await Promise.all(
      Array.from({ length: limit }, async () => await concurrency.acquire(never)),
    );
    // The first to come is the first to be judged, when all are there.
    for (const over of turns) {
      over({ verdict: concurrency.state().inFlight > 8 ? 'limited' : 'answered' });
    }
  }
  expect(limits.slice(-10)).toEqual(Array.from({ length: 10 }, () => 8));
});

test('a host that never refuses is asked by as many as allowed', async () => {
  const concurrency = createConcurrency({ ...stillClock(), most: 16 });
  expect((await rounds(concurrency, 99, 20)).at(-1)).toBe(16);
});

test('a refusal halves it once, however many were under way', async () => {
  const concurrency = createConcurrency({ ...stillClock(), first: 8, most: 8 });
  const turns = await Promise.all(
    Array.from({ length: 8 }, async () => await concurrency.acquire(never)),
  );
  for (const over of turns) over({ verdict: 'limited' });
  expect(concurrency.state().limit).toBe(4);
});

test('after a while without refusals it tries whether more is taken', async () => {
  const time = stillClock();
  const concurrency = createConcurrency({ ...time, most: 32 });
  await rounds(concurrency, 4, 20);
  const learned = concurrency.state().limit;
  time.pass(31_000);
  await rounds(concurrency, 99, 2);
  expect(concurrency.state().limit).toBe(learned + 1);
});

test('a host that asks for quiet is left in quiet', async () => {
  const time = stillClock();
  const concurrency = createConcurrency(time);
  const over = await concurrency.acquire(never);
  over({ verdict: 'limited', pauseMs: 5000 });
  expect(concurrency.pausedMs()).toBe(5000);
  await concurrency.acquire(never);
  expect(time.slept).toEqual([5000]);
});

test('no more are sent than the host says it will take', async () => {
  const concurrency = createConcurrency({ ...stillClock(), first: 8 });
  const over = await concurrency.acquire(never);
  over({ verdict: 'answered', remaining: 3 });
  expect(concurrency.state().limit).toBe(3);
});

test('who stops waiting leaves the line, and the next one gets the turn', async () => {
  const concurrency = createConcurrency({ ...stillClock(), first: 1 });
  const over = await concurrency.acquire(never);
  const leaving = new AbortController();
  const left = concurrency.acquire(leaving.signal);
  const next = concurrency.acquire(never);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  over({ verdict: 'answered' });
  expect(typeof (await next)).toBe('function');
});

test('whatever happens, never more are under way than the limit was, and none waits for ever', async () => {
  const verdict = fc.constantFrom('answered' as const, 'limited' as const, 'failed' as const);
  await fc.assert(
    fc.asyncProperty(fc.array(verdict, { maxLength: 60 }), async (verdicts) => {
      const concurrency = createConcurrency({ ...stillClock(), most: 6 });
      let peak = 0;
      await Promise.all(
        verdicts.map(async (one) => {
          const over = await concurrency.acquire(never);
          peak = Math.max(peak, concurrency.state().inFlight);
          await Promise.resolve();
          over({ verdict: one });
        }),
      );
      expect(peak).toBeLessThanOrEqual(6);
      expect(concurrency.state().inFlight).toBe(0);
    }),
  );
});
