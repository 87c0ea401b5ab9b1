/** Bars are drawn as shares of the highest; what is below nothing has none. */
import { expect, test } from 'vitest';
import { heightOf } from './bars.ts';

test('the highest bar fills its room, others stand beside it by their share', () => {
  const sums = ['50.00', '200.00', '0'];
  expect(sums.map((sum) => heightOf(sum, sums))).toEqual(['25%', '100%', '0%']);
});

test('where nothing is above nothing no bar is drawn', () => {
  expect(heightOf('-5', ['-5', '0'])).toBe('0%');
});
