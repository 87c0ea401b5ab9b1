import { expect, test } from 'vitest';
import { instantOf } from '#kernel/time';
import { mainError } from './errors.ts';
import { openLongWork } from './long-work.ts';

const works = () => openLongWork<number>(() => instantOf(1_760_000_000_000));

test('work goes on by itself, is asked how far it is, and keeps its result', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { begin, last } = works();
  const begun = begin('a', 'Ada', async ({ tell }) => {
    tell({ what: 'changes', done: 3, expected: 7 });
    await gate.promise;
    return 42;
  });
  expect(begun).toMatchObject({ status: 'running', by: 'Ada' });
  expect(last('a')).toMatchObject({ status: 'running', progress: { done: 3, expected: 7 } });
  expect(begin('a', 'Bob', () => Promise.resolve(1))).toBeUndefined(); // One at a time of a name.
  gate.resolve(undefined);
  await expect.poll(() => last('a')?.status).toBe('done');
  expect(last('a')).toMatchObject({ result: 42, by: 'Ada' });
  expect(last('b')).toBeUndefined();
});

test('cancelling waits until it has stopped; what failed says why, with its code', async () => {
  const { begin, cancel, last } = works();
  begin('a', 'Ada', async ({ signal }) => {
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return 1;
  });
  expect(await cancel('a')).toMatchObject({ status: 'cancelled' });
  begin('a', 'Ada', () =>
    Promise.reject(mainError('unavailable', 'main.no-space', 'writing', { remedy: 'Make room.' })),
  );
  await expect.poll(() => last('a')?.status).toBe('failed');
  expect(last('a')?.failure).toMatchObject({ text: 'writing. Make room.', code: 'main.no-space' });
  expect(await cancel('nobody')).toBeUndefined();
});
