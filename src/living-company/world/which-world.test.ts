/** A world that is changed has another number: companies of the one before are not lived on in it. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { localDate } from '#kernel/time';
import { openWorld, WORLD } from './world.ts';

test('the same world makes the same company: another one has another number', () => {
  const world = openWorld({ size: 'small', seed: 7, startedOn: localDate('2024-01-01') });
  const days = Array.from({ length: 200 }, () => world.live());
  const lived = createHash('sha256')
    .update(JSON.stringify([world.opening, days]))
    .digest('hex');
  // Another hash? Then raise WORLD, and note both here.
  expect([WORLD, lived.slice(0, 12)]).toEqual([2, '565e614dc55a']);
});
