/** Signing in and out, people and their sessions, over HTTP with a clock that the test moves. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, newSignInLink } from '#access';
import type { Role } from '#access';
import { listEvents, verifyChain } from '#audit';
import type { StoredEvent } from '#audit';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { createServer } from './index.ts';
import { API_MODULES, emptyServices } from './testing.ts';

let database: Database;
let app: FastifyInstance;
let proxied: FastifyInstance;
let nowMs = 1_760_000_000_000;
let addresses = 0;
const clock = () => instantOf(nowMs);
const PASSWORD = 'correct horse battery';

beforeAll(async () => {
  database = await testDatabase(API_MODULES);
  const services = emptyServices(database, { clock });
  app = await createServer({ services });
  proxied = await createServer({ services, publicUrl: 'https://rialto.example' });
});
afterAll(async () => {
  await app.close();
  await proxied.close();
  await database.close();
});

type Sent = {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  readonly headers?: Record<string, string>;
  readonly payload?: object;
  readonly from?: string;
};

const send = (url: string, sent: Sent = {}): Promise<LightMyRequestResponse> =>
  app.inject({
    method: sent.method ?? 'GET',
    url,
    headers: { host: 'localhost', origin: 'http://localhost', ...sent.headers },
    ...(sent.payload === undefined ? {} : { payload: sent.payload }),
    ...(sent.from === undefined ? {} : { remoteAddress: sent.from }),
  });

const signIn = (name: string, password: string, from?: string): Promise<LightMyRequestResponse> => {
  addresses += 1; // The pace limit of Fastify itself counts in real minutes: a new address each.
  const own = `10.0.${addresses >> 8}.${addresses & 255}`;
  return send('/v1/sessions', { method: 'POST', payload: { name, password }, from: from ?? own });
};

const cookieIn = (reply: LightMyRequestResponse): { cookie: string } => ({
  cookie: String(reply.headers['set-cookie']).split(';')[0] ?? '',
});

async function signedIn(name: string, role: Role): Promise<{ id: string; cookie: string }> {
  const { id } = await addPerson(database.kysely, clock, { name, role, password: PASSWORD });
  return { id, ...cookieIn(await signIn(name, PASSWORD)) };
}

async function newest(limit: number): Promise<StoredEvent[]> {
  return (await listEvents(database.kysely, { offset: 0, limit })).rows;
}

test('a person is added, follows the link, sets a password and signs in with it', async () => {
  const admin = await signedIn('admin one', 'administrator');
  const added = await send('/v1/people', {
    method: 'POST',
    headers: { cookie: admin.cookie },
    payload: { name: 'ada', role: 'buyer', email: 'ada@example.com' },
  });
  expect(added.json()).toMatchObject({
    person: { name: 'ada', role: 'buyer', hasPassword: false },
  });
  const link = added.json<{ path: string }>().path;
  const followed = await send(link);
  expect(followed.statusCode).toBe(303);
  const first = cookieIn(followed);
  const set = await send('/v1/session/password', {
    method: 'POST',
    headers: first,
    payload: { password: 'a long enough secret' },
  });
  expect(set.statusCode).toBe(200);
  const second = cookieIn(set);
  expect((await send('/v1/session', { headers: first })).statusCode).toBe(401); // Rotated.
  expect((await send('/v1/session', { headers: second })).json()).toMatchObject({
    person: { name: 'ada', role: 'buyer' },
  });
  expect((await signIn('ada', 'a long enough secret')).statusCode).toBe(200);
  const people = await send('/v1/people', { headers: { cookie: admin.cookie } });
  expect(people.json<{ items: object[] }>().items).toContainEqual(
    expect.objectContaining({ name: 'ada', hasPassword: true, signedInAt: clock() }),
  );
});

test('a disabled person is out at once, and the last administrator cannot be', async () => {
  const admin = await signedIn('admin two', 'administrator');
  const leaver = await signedIn('leaver', 'controller');
  expect((await send('/v1/session', { headers: leaver })).statusCode).toBe(200);
  const disable = (id: string, cookie: string) =>
    send(`/v1/people/${id}/disable`, { method: 'POST', headers: { cookie } });
  expect((await disable(leaver.id, admin.cookie)).json()).toMatchObject({ disabledAt: clock() });
  expect((await send('/v1/session', { headers: leaver })).statusCode).toBe(401);
  expect((await signIn('leaver', PASSWORD)).json()).toMatchObject({ code: 'api.wrong-password' });
  const all = await send('/v1/people', { headers: { cookie: admin.cookie } });
  for (const { id, role } of all.json<{ items: { id: string; role: string }[] }>().items) {
    if (role === 'administrator' && id !== admin.id) await disable(id, admin.cookie);
  }
  const last = await disable(admin.id, admin.cookie);
  expect(last.json()).toMatchObject({ status: 409, code: 'access.last-administrator' });
  const unknown = await disable('person_nobody', admin.cookie);
  expect(unknown.json()).toMatchObject({ status: 404, code: 'access.no-such-person' });
});

test('whoever is signed in is told what colleagues are called, and nothing more of them', async () => {
  const reader = await signedIn('reader', 'viewer');
  const former = await signedIn('former', 'viewer');
  const admin = await signedIn('admin who names', 'administrator');
  await send(`/v1/people/${former.id}/disable`, {
    method: 'POST',
    headers: { cookie: admin.cookie },
  });
  const asked = await send('/v1/people/names', { headers: { cookie: reader.cookie } });
  const { items } = asked.json<{ items: object[] }>();
  expect(items).toContainEqual({ id: former.id, name: 'former' });
  expect(new Set(items.flatMap((one) => Object.keys(one)))).toEqual(new Set(['id', 'name']));
  expect((await send('/v1/people/names')).statusCode).toBe(401);
});

test('a role counts from the next request on', async () => {
  const admin = await signedIn('admin three', 'administrator');
  const person = await signedIn('mover', 'viewer');
  const runs = () => send('/v1/runs', { headers: { cookie: person.cookie } });
  expect((await runs()).statusCode).toBe(403);
  await send(`/v1/people/${person.id}/role`, {
    method: 'POST',
    headers: { cookie: admin.cookie },
    payload: { role: 'auditor' },
  });
  expect((await runs()).statusCode).toBe(200);
  const [event] = await newest(1);
  expect(event).toMatchObject({
    actor: admin.id,
    action: 'people.role-changed',
    outcome: 'done',
    subject: person.id,
    route: 'POST /v1/people/:id/role',
    details: { before: 'viewer', after: 'auditor' },
  });
});

test('guessing gets slower, known name or not, and says how long to wait', async () => {
  await addPerson(database.kysely, clock, { name: 'target', role: 'viewer', password: PASSWORD });
  for (const name of ['target', 'nobody of that name']) {
    for (let at = 0; at < 5; at += 1) {
      expect((await signIn(name, 'wrong')).json()).toMatchObject({ code: 'api.wrong-password' });
    }
    const refused = await signIn(name, PASSWORD);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.json()).toMatchObject({ code: 'access.too-many-attempts', retryAfterMs: 1000 });
    nowMs += 1000;
    expect((await signIn(name, 'wrong')).statusCode).toBe(401);
    expect((await signIn(name, PASSWORD)).headers['retry-after']).toBe('2');
    nowMs += 2000;
  }
  expect((await signIn('target', PASSWORD)).statusCode).toBe(200);
  expect((await signIn('target', 'wrong')).statusCode).toBe(401); // Forgotten: counted anew.
});

test('one address that tries again and again is held off before any password is checked', async () => {
  const codes: unknown[] = [];
  for (let at = 0; at < 11; at += 1) {
    const reply = await signIn(`many ${at}`, 'wrong', '10.9.9.9');
    codes.push(reply.json<{ code: string }>().code);
  }
  expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'api.wrong-password'));
  expect(codes[10]).toBe('api.too-many-requests');
});

test('signing in and out leaves events, and no secret in any of them', async () => {
  const person = await signedIn('kept', 'viewer');
  const [opened] = await newest(1);
  expect(opened).toMatchObject({
    actor: person.id,
    action: 'sessions.opened',
    outcome: 'done',
    subject: person.id,
    route: 'POST /v1/sessions',
    details: { by: 'password' },
  });
  await signIn('kept', 'a wrong password');
  await signIn('my-password-typed-as-a-name', 'x');
  await send('/sign-in?token=made-up', { from: '10.7.7.7' });
  await send('/v1/session', { method: 'DELETE', headers: { cookie: person.cookie } });
  expect((await send('/v1/session', { headers: { cookie: person.cookie } })).statusCode).toBe(401);
  const events = await newest(4);
  expect(events).toMatchObject([
    { action: 'sessions.closed', outcome: 'done', actor: person.id },
    { action: 'sessions.opened', outcome: 'failed', subject: '', route: 'GET /sign-in' },
    { action: 'sessions.opened', outcome: 'failed', subject: '', actor: 'nobody' },
    { action: 'sessions.opened', outcome: 'failed', subject: person.id, actor: 'nobody' },
  ]);
  expect(events[2]?.details).toMatchObject({ code: 'api.wrong-password' });
  const all = JSON.stringify(await newest(200), (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  for (const secret of [PASSWORD, 'a wrong password', 'my-password-typed', 'made-up']) {
    expect(all).not.toContain(secret);
  }
  expect(await verifyChain(database.kysely)).toMatchObject({ ok: true });
});

test('what someone may not do is kept as tried', async () => {
  const viewer = await signedIn('curious', 'viewer');
  const refused = await send('/v1/people', {
    method: 'POST',
    headers: { cookie: viewer.cookie },
    payload: { name: 'mallory', role: 'administrator' },
  });
  expect(refused.statusCode).toBe(403);
  expect(await newest(1)).toMatchObject([
    {
      actor: viewer.id,
      action: 'people.added',
      outcome: 'failed',
      details: { code: 'api.not-allowed' },
      traceId: refused.json<{ traceId: string }>().traceId,
    },
  ]);
});

test('a session ends after two idle hours, and after twelve at the latest', async () => {
  const { cookie } = await signedIn('idle', 'viewer');
  const status = async () => (await send('/v1/session', { headers: { cookie } })).statusCode;
  for (let hours = 1.5; hours < 12; hours += 1.5) {
    expect(await status()).toBe(200);
    nowMs += 1.5 * 3_600_000;
  }
  nowMs += 1.5 * 3_600_000;
  expect(await status()).toBe(401);
  const other = await signedIn('idle two', 'viewer');
  nowMs += 2.1 * 3_600_000;
  expect((await send('/v1/session', { headers: { cookie: other.cookie } })).statusCode).toBe(401);
});

test('the cookie is __Host- and Secure behind https, and the proxy says who calls', async () => {
  const { id } = await addPerson(database.kysely, clock, { name: 'remote', role: 'administrator' });
  const person = { id, name: 'remote', role: 'administrator' };
  const link = await newSignInLink(database.kysely, clock, person);
  const headers = {
    host: 'localhost:4600',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'rialto.example',
    'x-forwarded-for': '203.0.113.7',
  };
  const reply = await proxied.inject({ url: `/sign-in?token=${link}`, headers });
  const cookie = String(reply.headers['set-cookie']);
  expect(cookie).toMatch(
    /^__Host-rialto=[\w-]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  const own = { ...headers, cookie: cookie.split(';')[0] ?? '' };
  const write = (origin: string) =>
    proxied.inject({ method: 'POST', url: '/v1/warehouse/rebuild', headers: { ...own, origin } });
  expect((await write('https://rialto.example')).statusCode).toBe(200);
  expect((await write('http://rialto.example')).statusCode).toBe(403);
  expect(await newest(1)).toMatchObject([{ action: 'warehouse.rebuilt', outcome: 'done' }]);
  const events = await newest(3);
  expect(events[2]?.details).toMatchObject({ by: 'link', address: '203.0.113.7' });
  const elsewhere = { ...headers, 'x-forwarded-host': 'evil.example' };
  expect((await proxied.inject({ url: '/v1/health', headers: elsewhere })).statusCode).toBe(403);
  const spoofed = await app.inject({ url: '/v1/health', headers });
  expect(spoofed.statusCode).toBe(200); // Without a proxy its words count for nothing.
});

test('an authorization header of another kind neither signs in nor waives the origin', async () => {
  const admin = await signedIn('careful', 'administrator');
  const reply = await send('/v1/warehouse/rebuild', {
    method: 'POST',
    headers: {
      cookie: admin.cookie,
      origin: 'http://evil.example',
      authorization: 'Basic eDp5',
    },
  });
  expect(reply.json()).toMatchObject({ code: 'api.foreign-origin' });
  const read = await send('/v1/session', {
    headers: { cookie: admin.cookie, authorization: 'Bearer wrong' },
  });
  expect(read.statusCode).toBe(401);
});

test('a look at a link (HEAD) does not use it up', async () => {
  const { id } = await addPerson(database.kysely, clock, { name: 'previewed', role: 'viewer' });
  const person = { id, name: 'previewed', role: 'viewer' };
  const link = await newSignInLink(database.kysely, clock, person);
  const url = `/sign-in?token=${link}`;
  expect((await send(url, { method: 'HEAD', from: '10.8.0.1' })).statusCode).toBe(404);
  expect((await send(url, { from: '10.8.0.1' })).statusCode).toBe(303);
});

test('a reset takes password and sessions away; only a fresh link lets in', async () => {
  const admin = await signedIn('admin four', 'administrator');
  const person = await signedIn('forgetful', 'buyer');
  const reset = await send(`/v1/people/${person.id}/reset`, {
    method: 'POST',
    headers: { cookie: admin.cookie },
  });
  expect((await send('/v1/session', { headers: person })).statusCode).toBe(401);
  expect((await signIn('forgetful', PASSWORD)).statusCode).toBe(401);
  const followed = await send(reset.json<{ path: string }>().path, { from: '10.8.0.2' });
  expect(followed.statusCode).toBe(303);
});
