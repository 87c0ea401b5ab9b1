/** The audit log over HTTP: what exports, questions and runs leave behind, and how it is read. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, openSession } from '#access';
import { listEvents } from '#audit';
import type { Database } from '#database';
import { rows, sql } from '#database';
import { testDatabase } from '#database/testing';
import { assert } from '#kernel';
import { createServer } from './index.ts';
import { API_MODULES, emptyServices } from './testing.ts';

let database: Database;
let app: FastifyInstance;
let auditor: { cookie: string };
let auditorId = '';
const owner = { authorization: 'Bearer the-owner-token' };

beforeAll(async () => {
  database = await testDatabase(API_MODULES);
  const { clock } = emptyServices(database);
  app = await createServer({ services: emptyServices(database) });
  const person = await addPerson(database.kysely, clock, { name: 'otto', role: 'auditor' });
  const { token } = await openSession(database.kysely, clock, person);
  auditor = { cookie: `rialto=${token}` };
  auditorId = person.id;
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const get = (url: string, headers: Record<string, string> = auditor) =>
  app.inject({ url, headers: { host: 'localhost', ...headers } });
const newest = async (limit: number) =>
  (await listEvents(database.kysely, { offset: 0, limit })).rows;

test('an export leaves an intent and, once it is whole, its outcome with the rows', async () => {
  const reply = await get('/v1/suppliers/export.csv?status=active');
  expect(reply.statusCode).toBe(200);
  const traceId = reply.headers['x-trace-id'];
  const route = 'GET /v1/suppliers/export.csv';
  expect(await newest(2)).toMatchObject([
    {
      action: 'records.exported',
      outcome: 'done',
      actor: auditorId,
      details: { rows: 0 },
      traceId,
    },
    { outcome: 'intended', route, traceId, details: { query: { status: 'active' } } },
  ]);
  const { clock } = emptyServices(database);
  const viewer = await addPerson(database.kysely, clock, { name: 'vera', role: 'viewer' });
  const { token } = await openSession(database.kysely, clock, viewer);
  const refused = await get('/v1/suppliers/export.csv', { cookie: `rialto=${token}` });
  expect(refused.statusCode).toBe(403);
  expect(await newest(1)).toMatchObject([{ actor: viewer.id, outcome: 'failed' }]);
});

test('a file that nobody waited for is kept as failed', async () => {
  await rows(
    database.kysely,
    sql`insert into records.record (id, integration, kind, key, content, hash, version, source,
        seen_at, changed_at)
      select 'sup_' || n, 'test', 'supplier', n, jsonb_build_object('number', n::text,
        'name', repeat('x', 300), 'status', 'active', 'category', repeat('x', 200),
        'region', repeat('x', 200), 'city', repeat('x', 200)), '', 1,
        '{"integration":"test","key":"k"}', now(), now()
      from generate_series(1, 20000) n`,
  );
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const call = request(`${address}/v1/suppliers/export.csv`, { headers: owner, agent: false });
  call.on('error', () => undefined);
  call.on('response', (reply) => reply.once('data', () => call.destroy()));
  call.end();
  for (let waited = 0; ; waited += 20) {
    const [event] = await newest(1);
    const { outcome, actor, details } = event ?? {};
    if (outcome === 'failed' && actor === 'command-line' && Number(details?.['rows']) > 0) break;
    assert(waited < 15_000, 'the broken file was kept');
    await sleep(20);
  }
});

test('a question is kept with its words and how it was answered', async () => {
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/questions',
    headers: { host: 'localhost', ...owner },
    payload: { question: 'how much?' },
  });
  expect(reply.statusCode).toBe(200);
  expect(await newest(1)).toMatchObject([
    {
      action: 'questions.asked',
      outcome: 'done',
      actor: 'command-line',
      route: 'POST /v1/questions',
      details: { question: 'how much?', status: 'unsupported' },
    },
  ]);
});

test('an auditor lists, filters, pages and saves the log, and may change nothing', async () => {
  const list = await get(
    `/v1/audit-events?action=records&outcome=intended,done&pageSize=1&actor=${auditorId}`,
  );
  expect(list.json()).toMatchObject({
    page: 1,
    pageSize: 1,
    items: [{ actor: auditorId, actorName: 'otto', action: 'records.exported' }],
  });
  expect((await get(`/v1/audit-events?actor=${auditorId}&from=2025-10-09`)).json()).toMatchObject({
    total: 2,
  });
  expect((await get('/v1/audit-events?to=2025-10-08')).json()).toMatchObject({ total: 0 });
  expect((await get('/v1/audit-events?outcome=maybe')).statusCode).toBe(400);
  const csv = await get('/v1/audit-events/export.csv?action=questions');
  const [header = '', line = ''] = csv.body.replace('\uFEFF', '').split('\r\n');
  expect(header).toBe(
    'position,at,actor,action,outcome,subject,route,details,traceId,previousHash,hash',
  );
  expect(line).toContain(
    'questions.asked,done,,POST /v1/questions,"{""question"":""how much?"",""status""',
  );
  expect(await newest(2)).toMatchObject([
    { action: 'audit-events.exported', outcome: 'done', details: { rows: 1 } },
    { action: 'audit-events.exported', outcome: 'intended' },
  ]);
  for (const [method, url] of [
    ['POST', '/v1/people'],
    ['POST', '/v1/warehouse/rebuild'],
    ['POST', '/v1/integrations/x/runs'],
    ['POST', `/v1/people/${auditorId}/role`],
  ] as const) {
    const headers = { host: 'localhost', origin: 'http://localhost', ...auditor };
    const payload = url.endsWith('people')
      ? { name: 'x', role: 'viewer' }
      : url.endsWith('role')
        ? { role: 'administrator' }
        : {};
    const reply = await app.inject({ method, url, headers, payload });
    expect([url, reply.statusCode]).toEqual([url, 403]);
  }
});

test('the log verifies over HTTP, against a noted event too', async () => {
  const verdict = (await get('/v1/audit/verify')).json<{ events: number; head: string }>();
  const noted = (hash: string) => get(`/v1/audit/verify?position=${verdict.events}&hash=${hash}`);
  expect((await noted(verdict.head)).json()).toMatchObject({ ok: true });
  expect((await noted('f'.repeat(64))).json()).toMatchObject({
    ok: false,
    brokenAt: String(verdict.events),
  });
});
