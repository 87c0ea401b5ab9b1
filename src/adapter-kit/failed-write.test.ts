import { expect, test } from 'vitest';
import { kitError } from './errors.ts';
import { outcomeOfFailure } from './failed-write.ts';

test('a write that never left is rejected, with the wait that helps', () => {
  const error = kitError('unavailable', 'adapter-kit.circuit-open', 'asking', {
    retryAfterMs: 2000,
  });
  expect(outcomeOfFailure(error)).toEqual({
    outcome: 'rejected',
    why: 'unavailable',
    code: 'adapter-kit.circuit-open',
    reason: 'asking',
    retryAfterMs: 2000,
  });
  expect(outcomeOfFailure(AbortSignal.abort().reason)).toMatchObject({
    outcome: 'rejected',
    why: 'unavailable',
  });
});

test('a write that was sent, or failed in a way nobody foresaw, is uncertain', () => {
  const sent = kitError('uncertain', 'adapter-kit.no-answer', 'POST /orders');
  expect(outcomeOfFailure(sent)).toEqual({
    outcome: 'uncertain',
    code: 'adapter-kit.no-answer',
    reason: 'POST /orders',
  });
  expect(outcomeOfFailure(new TypeError('oops'))).toMatchObject({ outcome: 'uncertain' });
  expect(outcomeOfFailure('oops')).toMatchObject({ outcome: 'uncertain' });
});

test('a sign-in that failed is our user being refused', () => {
  const error = kitError('unauthenticated', 'adapter-kit.sign-in-failed', 'signing in');
  expect(outcomeOfFailure(error)).toMatchObject({ outcome: 'rejected', why: 'forbidden' });
});
