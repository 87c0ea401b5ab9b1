import { expect, test } from 'vitest';
import { assert, unreachable } from './assert.ts';
import { describeError, RialtoError } from './errors.ts';

test('one line tells the whole chain, outermost first', () => {
  const cause = new Error('connection refused', { cause: new Error('no route') });
  const error = new RialtoError('unavailable', 'sync.no-source', 'reading orders', { cause });
  expect(describeError(error)).toBe('reading orders: connection refused: no route');
});

test('a message of several lines is told on one', () => {
  expect(describeError(new Error('Unexpected token "hello\n  1"'))).toBe(
    'Unexpected token "hello 1"',
  );
});

test('a chain that bites its tail ends, and what is no error is printed', () => {
  const error = new Error('round');
  error.cause = error;
  expect(describeError(error).split(': ')).toHaveLength(10);
  expect(describeError('text')).toBe('text');
});

test('an assertion stops on what cannot be', () => {
  expect(() => assert(false, 'water is dry')).toThrow('assertion failed: water is dry');
  expect(() => unreachable('red' as never)).toThrow('unexpected red');
});
