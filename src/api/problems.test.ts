/** Every failure is a problem document (RFC 9457), whatever went wrong and wherever. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '#api-contract';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';
import { createServer } from './index.ts';
import { STATUS_OF } from './problem.ts';
import { API_MODULES, emptyServices } from './testing.ts';

let database: Database;
let app: FastifyInstance;
let failing: unknown = undefined;
const headers = { host: 'localhost', authorization: 'Bearer the-owner-token' };

beforeAll(async () => {
  database = await testDatabase(API_MODULES);
  const { questions } = emptyServices(database);
  const ask = () => Promise.reject(failing);
  app = await createServer({
    services: emptyServices(database, { questions: { ...questions, ask } }),
  });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const post = (payload: string, more: Record<string, string> = {}, url = '/v1/questions') =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json', ...more },
    payload,
  });

function problemIn(reply: LightMyRequestResponse): Problem {
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const problem = Problem.parse(reply.json());
  expect(problem.status).toBe(reply.statusCode);
  expect(problem.traceId).toBe(reply.headers['x-trace-id']);
  return problem;
}

async function problemOfKind(kind: string): Promise<{ problem: Problem; after: unknown }> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of the table of kinds.
  failing = new RialtoError(kind as ErrorKind, 'test.failed', 'doing something', {
    cause: new Error('select secret from places'),
    remedy: 'Do it otherwise.',
    retryAfterMs: 1500,
  });
  const reply = await post('{"question":"?"}');
  expect(reply.body).not.toContain('select secret');
  return { problem: problemIn(reply), after: reply.headers['retry-after'] };
}

test('each of the nine kinds has its status, and a bug says nothing of itself', async () => {
  const kinds = Object.entries(STATUS_OF);
  expect(kinds).toHaveLength(9);
  for (const [kind, status] of kinds.filter(([each]) => each !== 'bug')) {
    const { problem, after } = await problemOfKind(kind);
    const remedy = 'Do it otherwise.';
    expect(problem).toMatchObject({ status, code: 'test.failed', kind, remedy });
    expect(after).toBe('2');
  }
  const { problem: bug } = await problemOfKind('bug');
  expect(bug).toMatchObject({ status: 500, code: 'api.bug', kind: 'bug' });
  expect(JSON.stringify(bug)).not.toContain('doing something');
  for (const thrown of [new Error('secret'), 'secret', undefined, null]) {
    failing = thrown;
    const reply = await post('{"question":"?"}');
    expect(problemIn(reply)).toMatchObject({ status: 500, code: 'api.bug' });
    expect(reply.body).not.toContain('secret');
  }
});

test('fields that nobody agreed on are refused by name, in body, query and path alike', async () => {
  const body = problemIn(await post('{"question":"?","admin":true}'));
  expect(body).toMatchObject({ status: 400, code: 'api.invalid-request' });
  expect(JSON.stringify(body.problems)).toContain('admin');
  const asked = [
    '/v1/suppliers?pagesize=5',
    '/v1/suppliers?page=1&page=2',
    '/v1/suppliers?page=0',
    '/v1/suppliers?pageSize=201',
    '/v1/suppliers/export.csv?page=x&nonsense=1',
    '/v1/stream?x=1',
    '/v1/session?x=1',
    `/v1/suppliers/${'x'.repeat(101)}`,
    '/v1/purchase-orders?from=2025-02-30',
    '/v1/purchase-orders?from=0000-01-01',
    '/v1/suppliers?search=a%00b',
    '/v1/audit/verify?position=5',
  ];
  for (const url of asked) {
    const problem = problemIn(await app.inject({ url, headers }));
    expect([url, problem.status, problem.code]).toEqual([url, 400, 'api.invalid-request']);
  }
  for (const role of ['"root"', '["viewer"]', 'null', '{}']) {
    const reply = await post(`{"name":"x","role":${role}}`, {}, '/v1/people');
    expect(problemIn(reply).problems).toMatchObject([{ field: 'body.role' }]);
  }
});

test('what no database keeps is refused by its place, however deep it lies', async () => {
  for (const bad of ['\\u0000', '\\ud800', 'x\\udc00']) {
    const problem = problemIn(await post(`{"question":"a${bad}"}`));
    expect(problem).toMatchObject({ status: 400, problems: [{ field: 'body.question' }] });
    const deep = problemIn(
      await post(`{"question":${'['.repeat(5000)}"${bad}"${']'.repeat(5000)}}`),
    );
    expect([deep.status, deep.code]).toEqual([400, 'api.invalid-request']);
  }
});

test('a body too large, of another media type, or no JSON is refused before it is read', async () => {
  const large = await post(`{"question":"${'x'.repeat(1_000_001)}"}`);
  expect(problemIn(large)).toMatchObject({ status: 413, code: 'api.body-too-large' });
  const form = await post('question=x', { 'content-type': 'application/x-www-form-urlencoded' });
  expect(problemIn(form)).toMatchObject({ status: 415, code: 'api.media-type' });
  for (const text of ['{', '{"__proto__":{"admin":true},"question":"?"}', '[]', 'null', '"text"']) {
    const problem = problemIn(await post(text));
    expect([text, problem.status, problem.code]).toEqual([text, 400, 'api.invalid-request']);
  }
});

test('no such path, method or host is a problem too', async () => {
  const at = (url: string, more: object = {}) => app.inject({ url, headers, ...more });
  expect(problemIn(await at('/v1/nothing'))).toMatchObject({ status: 404 });
  expect(problemIn(await at('/v1/people', { method: 'DELETE' }))).toMatchObject({ status: 404 });
  const foreign = await at('/v1/people', { headers: { ...headers, host: 'evil.example' } });
  expect(problemIn(foreign)).toMatchObject({ status: 403, code: 'api.wrong-host' });
  expect(problemIn(await at('/v1/people', { headers: { host: 'localhost' } }))).toMatchObject({
    status: 401,
    code: 'api.not-signed-in',
  });
  expect(problemIn(await at('/v1/%E0%A4%A'))).toMatchObject({ status: 400 });
});

test('whoever asks too fast is told when to come back', async () => {
  const reply = await (async () => {
    for (let at = 0; at < 700; at += 1) {
      const each = await app.inject({
        url: '/v1/health',
        headers: { host: 'localhost' },
        remoteAddress: '10.1.1.1',
      });
      if (each.statusCode !== 200) return each;
    }
    return undefined;
  })();
  if (reply === undefined) throw new Error('nobody was held off');
  const problem = problemIn(reply);
  expect(problem).toMatchObject({ status: 429, code: 'api.too-many-requests', kind: 'limited' });
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
});
