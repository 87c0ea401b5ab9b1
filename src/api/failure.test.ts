import { expect, test } from 'vitest';
import { RialtoError } from '#kernel';
import { FieldRefusal } from './errors.ts';
import { errorFrom, failureOf } from './failure.ts';
import { problemOf } from './problem.ts';

/** As it comes out of another thread. */
const sent = (error: unknown): Error => errorFrom(structuredClone(failureOf(error)));

test.each([
  new FieldRefusal('conflict', 'sales.above-ordered', 'lines.0.quantity', 'more than was ordered'),
  new RialtoError('limited', 'database.busy', 'booking', { retryAfterMs: 500 }),
  new RialtoError('invalid', 'ledger.not-balanced', 'posting', {
    remedy: 'Balance it.',
    slots: { amount: '1.00' },
    cause: new Error('by one'),
  }),
  Object.assign(new Error('invalid byte sequence'), { code: '22021' }),
  new TypeError('a bug'),
])('an error from another thread makes the same problem document: %s', (error) => {
  const there = sent(error);
  expect(problemOf(there, 'trace')).toEqual(problemOf(error, 'trace'));
  expect(there.stack).toBe(error.stack);
  expect(there.cause).toEqual(error.cause);
});
