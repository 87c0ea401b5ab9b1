import { expect, test } from 'vitest';
import { createHttpClient } from '#adapter-kit/http';
import { stillClock } from '#adapter-kit/testing';
import { isPassing, judgeAnswer, readingError } from './judge-answer.ts';
import type { Refusal } from './judge-answer.ts';
import { ErrorsSchema } from './profile/answer.ts';

const { clock } = stillClock();
const transport = async () => await Promise.reject(new Error('nothing is sent here'));
const { mask } = createHttpClient({ transport, clock, random: () => 0, secretNames: ['plant'] });
const errors = ErrorsSchema.parse({
  inside: 'error',
  code: ['error.code', 'code'],
  message: ['error.message', 'detail'],
  field: ['error.field'],
  rules: [
    { status: [200], code: ['BUSY'], why: 'unavailable' },
    { code: ['GONE'], why: 'not-found' },
    { code: ['WHO-KNOWS'], why: 'uncertain' },
    { status: [503], why: 'unavailable' },
  ],
});

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

function refusalOf(...given: Parameters<typeof answer>): Refusal | undefined {
  const judged = judgeAnswer(answer(...given), errors, { mask, now: clock() });
  return judged.ok ? undefined : judged.refusal;
}

test('a success is one when nothing says otherwise inside', () => {
  for (const body of [
    { id: 1 },
    { error: null },
    { error: '' },
    { error: [] },
    { error: {} },
    '',
  ]) {
    expect(refusalOf(200, body)).toBeUndefined();
  }
});

test('an error inside a success is a no, with what it says', () => {
  const error = { code: 'X1', message: 'the period is closed', field: 'postedOn' };
  expect(refusalOf(200, { error })).toEqual({
    status: 200,
    why: 'invalid',
    code: 'X1',
    reason: 'the period is closed',
    field: 'postedOn',
  });
  expect(refusalOf(200, { error: 'no' })).toMatchObject({ code: 'none', reason: '"no"' });
});

test('a status says why unless a rule knows better', () => {
  const whys = [400, 401, 403, 404, 409, 412, 422, 429, 408, 500, 502, 503].map(
    (status) => refusalOf(status, {})?.why,
  );
  expect(whys).toEqual([
    'invalid',
    'forbidden',
    'forbidden',
    'not-found',
    'conflict',
    'conflict',
    'invalid',
    'limited',
    'uncertain',
    'uncertain',
    'uncertain',
    'unavailable',
  ]);
  expect(refusalOf(422, { code: 'GONE', detail: 'it is gone' })).toMatchObject({
    why: 'not-found',
    code: 'GONE',
    reason: 'it is gone',
  });
});

test('a reason shows no secret and is cut', () => {
  const message = `{"plant":"4711","password":"abcd"} ${'x'.repeat(900)}`;
  const reason = refusalOf(400, { error: { message } })?.reason ?? '';
  expect(reason.length).toBe(500);
  expect(reason).not.toMatch(/4711|abcd/);
});

test('how long to wait is told on', () => {
  expect(refusalOf(429, {}, { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7000 });
});

test("a success that says 'not now' inside is passing; any other error is not", () => {
  expect(isPassing(answer(200, { error: { code: 'BUSY' } }), errors)).toBe(true);
  expect(isPassing(answer(200, { error: { code: 'WHO-KNOWS' } }), errors)).toBe(true);
  expect(isPassing(answer(200, { error: { code: 'X1' } }), errors)).toBe(false);
  expect(isPassing(answer(200, {}), errors)).toBe(false);
});

test('what was to be read and was refused is an error one may act on', () => {
  const kinds = ([401, 403, 404, 429, 500, 400] as const).map((status) => {
    const refusal = refusalOf(status, {});
    return refusal && readingError(refusal, 'reading').kind;
  });
  expect(kinds).toEqual([
    'unauthenticated',
    'forbidden',
    'not-found',
    'limited',
    'unavailable',
    'invalid',
  ]);
});
