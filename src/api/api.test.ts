import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, ensureAdministrator, newSignInLink, openSession } from '#access';
import type { Role } from '#access';
import { verifyChain } from '#audit';
import { checkContent } from '#canonical';
import type { RecordKind } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { assert } from '#kernel';
import { applyPage, recordIdOf } from '#records';
import { createServer } from './index.ts';
import { API_MODULES, emptyServices } from './testing.ts';

let database: Database;
let app: FastifyInstance;
const bearer = { authorization: 'Bearer the-owner-token' };
const services = () => emptyServices(database);

beforeAll(async () => {
  database = await testDatabase(API_MODULES);
  app = await createServer({ services: services() });
  await put('supplier', { V1: supplier('V1', '=Evil, Ltd'), V2: supplier('V2', 'Ärger GmbH') });
  await put('item', { I1: item });
  await put('purchase-order', {
    1: order('1', '100.005', 'issued'),
    2: order('2', '7.50', 'draft'),
  });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const supplier = (number: string, name: string) => ({ number, name, status: 'active' });
const item = {
  number: 'I1',
  name: 'Bolt',
  kind: 'stock',
  status: 'active',
  baseUnit: 'EA',
  categoryPath: ['Parts', 'Bolts'],
  supplierItems: [{ supplier: 'V1', standardPrice: { amount: '1.2345', currency: 'EUR' } }],
};
const order = (number: string, netAmount: string, status: string) => ({
  number,
  kind: 'standard',
  supplier: 'V1',
  status,
  issuedOn: `2025-01-0${number}`,
  currency: 'EUR',
  netAmount,
  lines: [
    {
      number: '1',
      item: 'I1',
      ordered: { value: '3', unit: 'EA' },
      received: '0',
      rejected: '0',
      unitPrice: '1',
      priceBase: '1',
      netAmount,
    },
  ],
});

async function put(kind: RecordKind, contents: Record<string, unknown>): Promise<void> {
  const drafts = Object.entries(contents).map(([key, content]) => {
    const checked = checkContent(kind, content);
    assert(checked.ok, JSON.stringify(checked));
    return { record: checked.record, source: { integration: 'test', key, file: 'f.csv', line: 3 } };
  });
  await transact(database, (transaction) =>
    applyPage(transaction, {
      integration: 'test',
      kind,
      drafts,
      cause: 'snapshot',
      seenAt: services().clock(),
    }),
  );
}

async function cookieOf(role: Role): Promise<{ cookie: string }> {
  const { kysely } = database;
  const name = `${role}-${Math.random()}`;
  const person = await addPerson(kysely, services().clock, { name, role });
  const { token } = await openSession(kysely, services().clock, person);
  return { cookie: `rialto=${token}` };
}

const get = (url: string, headers: Record<string, string> = bearer) =>
  app.inject({ method: 'GET', url, headers: { host: 'localhost', ...headers } });

test('without signing in only health answers, and the refusal carries a trace id', async () => {
  expect((await get('/v1/health', {})).json()).toEqual({ ok: true, version: '0.0.0' });
  const refused = await get('/v1/suppliers', {});
  expect(refused.statusCode).toBe(401);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(refused.json()).toMatchObject({
    status: 401,
    code: 'api.not-signed-in',
    kind: 'unauthenticated',
    traceId: refused.headers['x-trace-id'],
  });
  expect((await get('/v1/suppliers', { authorization: 'Bearer wrong' })).statusCode).toBe(401);
});

test('a one-time link signs a browser in with a strict cookie, once', async () => {
  const person = await ensureAdministrator(database.kysely, services().clock);
  const link = await newSignInLink(database.kysely, services().clock, person);
  const reply = await get(`/sign-in?token=${link}`, {});
  expect(reply.statusCode).toBe(303);
  const cookie = String(reply.headers['set-cookie']);
  expect(cookie).toMatch(/^rialto=.+; Path=\/; HttpOnly; SameSite=Strict$/);
  const session = await get('/v1/session', { cookie: cookie.split(';')[0] ?? '' });
  expect(session.json()).toMatchObject({
    person: { name: 'administrator', role: 'administrator' },
  });
  expect((await get(`/sign-in?token=${link}`, {})).statusCode).toBe(401);
});

test('a browser with a used link, or none, is sent to the page that says how to sign in', async () => {
  const accept = 'text/html,application/xhtml+xml';
  const used = await get('/sign-in?token=made-up', { accept });
  expect([used.statusCode, used.headers.location]).toEqual([303, '/?link=used']);
  const none = await get('/sign-in', { accept });
  expect([none.statusCode, none.headers.location]).toEqual([303, '/']);
  expect(used.headers['set-cookie'] ?? none.headers['set-cookie']).toBeUndefined();
});

test('a role that lacks the permission is refused', async () => {
  const viewer = await cookieOf('viewer');
  expect((await get('/v1/suppliers', viewer)).statusCode).toBe(200);
  const refused = await get('/v1/suppliers/export.csv', viewer);
  expect(refused.json()).toMatchObject({ status: 403, code: 'api.not-allowed' });
});

test('a write with a cookie must come from a page of our own', async () => {
  const admin = await cookieOf('administrator');
  const write = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/v1/warehouse/rebuild',
      headers: { host: 'localhost', ...headers },
    });
  expect((await write({ ...admin, origin: 'http://evil.example' })).statusCode).toBe(403);
  expect((await write(admin)).json()).toMatchObject({ code: 'api.foreign-origin' });
  expect((await write({ ...admin, origin: 'http://localhost' })).statusCode).toBe(200);
  expect((await write(bearer)).statusCode).toBe(200);
});

test('a write by nobody is asked to sign in, and one that is no JSON is told so', async () => {
  const write = (headers: Record<string, string>, payload: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/integrations',
      headers: { host: 'localhost', ...headers },
      payload,
    });
  const wanted = { name: 'works', adapter: 'file', mapping: 'sample', settings: {} };
  const nobody = await write({ 'content-type': 'application/json' }, JSON.stringify(wanted));
  expect(nobody.json()).toMatchObject({ status: 401, code: 'api.not-signed-in' });
  const text = await write({ ...bearer, 'content-type': 'text/plain' }, 'hello');
  expect(text.json()).toMatchObject({ status: 415, code: 'api.media-type' });
  const signIn = await app.inject({
    method: 'POST',
    url: '/v1/sessions',
    headers: { host: 'localhost' },
    payload: { name: 'ada', password: 'a long enough secret' },
  });
  expect(signIn.json()).toMatchObject({ code: 'api.foreign-origin' });
});

test('who may not ask is told so before what was asked is looked at', async () => {
  const send = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/v1/integrations',
      headers: { host: 'localhost', ...headers },
      payload: { nonsense: true },
    });
  expect((await send({})).json()).toMatchObject({ status: 401, code: 'api.not-signed-in' });
  expect((await send(bearer)).json()).toMatchObject({ status: 400 });
});

test('what went over the wire is asked of a run that there is', async () => {
  const reply = await get('/v1/runs/run_nope/exchanges', bearer);
  expect(reply.json()).toMatchObject({ status: 404, code: 'api.no-such-run' });
});

test('a name that someone else points at this machine is refused', async () => {
  const reply = await get('/v1/health', { host: 'evil.example' });
  expect(reply.json()).toMatchObject({ status: 403, code: 'api.wrong-host' });
});

test('what is done is kept in the audit chain, failures too', async () => {
  const before = await verifyChain(database.kysely);
  await app.inject({ method: 'POST', url: '/v1/warehouse/rebuild', headers: bearer });
  const failed = await app.inject({
    method: 'POST',
    url: '/v1/integrations/nope/runs',
    headers: bearer,
  });
  expect(failed.statusCode).toBe(500);
  expect(failed.body).not.toContain('nothing to start'); // A bug tells its trace id only.
  const kept = await rows(
    database.kysely,
    sql`select actor, action, outcome, subject from audit.event order by position desc limit 4`,
  );
  const [started, rebuilt] = [
    { actor: 'command-line', action: 'runs.started', subject: 'nope' },
    { actor: 'command-line', action: 'warehouse.rebuilt', subject: '' },
  ];
  expect(kept).toEqual([
    { ...started, outcome: 'failed' },
    { ...started, outcome: 'intended' },
    { ...rebuilt, outcome: 'done' },
    { ...rebuilt, outcome: 'intended' },
  ]);
  const verdict = await get('/v1/audit/verify');
  expect(verdict.json()).toMatchObject({ ok: true, events: before.events + 4 });
});

test('lists filter, sort and page, and say what is wrong with a filter', async () => {
  const list = await get('/v1/purchase-orders?sort=-netAmount&pageSize=1&status=issued,draft');
  expect(list.json()).toMatchObject({
    total: 2,
    page: 1,
    pageSize: 1,
    items: [
      {
        number: '1',
        supplier: { key: 'V1', name: '=Evil, Ltd', id: recordIdOf('test', 'supplier', 'V1') },
        netAmount: { amount: '100.005', currency: 'EUR' },
        lineCount: 1,
      },
    ],
  });
  const id = recordIdOf('test', 'supplier', 'V2');
  expect((await get(`/v1/purchase-orders?supplier=${id}`)).json()).toMatchObject({ total: 0 });
  const wrong = await get('/v1/purchase-orders?status=lost');
  expect(wrong.json()).toMatchObject({
    status: 400,
    code: 'api.invalid-request',
    problems: [{ field: 'querystring.status.0' }],
  });
  expect((await get('/v1/purchase-orders?sort=secret')).statusCode).toBe(400);
});

test('detail pages show names, provenance, totals and history', async () => {
  const shown = await get(`/v1/suppliers/${recordIdOf('test', 'supplier', 'V1')}`);
  expect(shown.json()).toMatchObject({
    name: '=Evil, Ltd',
    source: { file: 'f.csv', line: 3 },
    totals: {
      orderCount: 2,
      ordered: [{ amount: '100.005', currency: 'EUR' }],
      firstOrderOn: '2025-01-01',
      lastOrderOn: '2025-01-02',
    },
    recentOrders: [{ number: '2' }, { number: '1' }],
  });
  const itemPage = await get(`/v1/items/${recordIdOf('test', 'item', 'I1')}`);
  expect(itemPage.json()).toMatchObject({
    supplierItems: [{ supplier: { name: '=Evil, Ltd' } }],
    recentOrders: [{ number: '2' }, { number: '1' }],
  });
  const orderId = recordIdOf('test', 'purchase-order', '1');
  const orderPage = await get(`/v1/purchase-orders/${orderId}`);
  expect(orderPage.json()).toMatchObject({ lines: [{ item: { name: 'Bolt' } }] });
  const changes = await get(`/v1/records/${orderId}/changes`);
  expect(changes.json()).toMatchObject({ items: [{ what: 'created', cause: 'snapshot' }] });
  expect((await get(`/v1/suppliers/${orderId}`)).statusCode).toBe(404);
});

test('an export holds all rows, and no cell that a spreadsheet would run', async () => {
  const csv = await get('/v1/suppliers/export.csv?sort=number');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="suppliers.csv"');
  const lines = csv.body.replace('\uFEFF', '').split('\r\n');
  expect(lines[0]).toMatch(/^number,name,status/);
  expect(lines[1]).toMatch(/^V1,"'=Evil, Ltd",active/);
  expect(lines[2]).toMatch(/^V2,Ärger GmbH,active/);
  const orders = await get('/v1/purchase-orders/export.csv?status=issued');
  expect(orders.body).toContain('100.005,EUR');
  expect(orders.body).not.toContain('7.50');
});

test('a body that is no JSON, and a path that is not there, are problems too', async () => {
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/questions',
    headers: { ...bearer, 'content-type': 'application/json' },
    payload: '{',
  });
  expect(reply.json()).toMatchObject({ status: 400, code: 'api.invalid-request' });
  expect((await get('/v1/nothing')).json()).toMatchObject({ status: 404 });
  const page = await get('/suppliers', { accept: 'text/html' });
  expect(page.statusCode).toBe(503); // The web app is not built here.
});

test('every answer forbids scripts from elsewhere, framing, guessing of types and telling where one came from', async () => {
  for (const path of ['/v1/health', '/v1/nothing', '/suppliers']) {
    const { headers } = await get(path, {});
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  }
});
