import { expect, test } from 'vitest';
import { instantOf } from '#kernel/time';
import { allowanceOf, parseHttpDate, retryAfterMs } from './retry-after.ts';

const now = instantOf(Date.parse('2026-11-21T12:00:00Z'));
const after = (text: string): number | undefined => retryAfterMs({ 'retry-after': text }, now);

test('Retry-After is read in seconds and as an HTTP date', () => {
  expect(after('120')).toBe(120_000);
  expect(after('0.5')).toBe(500);
  expect(after('Sat, 21 Nov 2026 12:01:30 GMT')).toBe(90_000);
  expect(after('Sat, 21 Nov 2026 11:00:00 GMT')).toBe(0);
});

test('a Retry-After that says nothing is none', () => {
  expect(['soon', '-1', 'Sat, 99 Nov 2026 12:01:30 GMT', ''].map(after)).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
  expect(retryAfterMs({}, now)).toBeUndefined();
});

test('an allowance says what is left, and when it is filled up: in seconds or at a moment', () => {
  const epoch = Date.parse('2026-11-21T12:00:07Z') / 1000;
  expect(allowanceOf({ 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '9' }, now)).toEqual({
    remaining: 3,
    resetMs: 9000,
  });
  expect(
    allowanceOf({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(epoch) }, now),
  ).toEqual({ remaining: 0, resetMs: 7000 });
  expect(allowanceOf({ 'ratelimit-remaining': '5' }, now)).toEqual({ remaining: 5 });
  expect(allowanceOf({ 'x-ratelimit-remaining': 'many' }, now)).toBeUndefined();
});

test('an HTTP date is a moment', () => {
  expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toBe('1994-11-06T08:49:37.000Z');
});
