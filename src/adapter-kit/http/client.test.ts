import { expect, onTestFinished, test } from 'vitest';
import { RialtoError } from '#kernel';
import type { Exchange } from '../exchange.ts';
import type { Authentication } from './authentication.ts';
import { createHttpClient } from './client.ts';
import type { HttpClient, HttpRequest, HttpSettings } from './client.ts';
import { directTransport } from './direct-transport.ts';
import { startServer, stillClock } from './testing.ts';
import type { LocalServer, Reply, SeenRequest } from './testing.ts';

const patience = (): AbortSignal => AbortSignal.timeout(15_000);

type Bench = {
  readonly client: HttpClient;
  readonly server: LocalServer;
  readonly log: Exchange[];
  readonly slept: readonly number[];
  readonly send: (request: Partial<HttpRequest>) => Promise<{ status: number; body: string }>;
};

async function benchOf(
  reply: (request: SeenRequest, count: number) => Reply,
  more: Partial<HttpSettings> = {},
): Promise<Bench> {
  const server = await startServer(reply);
  const transport = directTransport({
    destinations: { hosts: [server.host], networks: ['127.0.0.1'] },
  });
  onTestFinished(async () => await transport.close());
  const time = stillClock();
  const log: Exchange[] = [];
  const client = createHttpClient({
    transport,
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0.5,
    log: (exchange) => log.push(exchange),
    ...more,
  });
  return {
    client,
    server,
    log,
    slept: time.slept,
    send: async (request) =>
      await client.send({ method: 'GET', url: `${server.url}/x`, ...request }, patience()),
  };
}

const after = (replies: readonly Reply[]) => (_: unknown, count: number) =>
  replies[count - 1] ?? { status: 200, body: '{}' };
const cut: Reply = (response) => response.destroy();

test('a reading is sent again after a cut, a 503 and a 429, with growing, jittered waits', async () => {
  const { send, slept, log } = await benchOf(after([cut, { status: 503 }, { status: 429 }]));
  expect(await send({})).toMatchObject({ status: 200 });
  expect(slept).toEqual([125, 250, 500]);
  expect(log.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, undefined],
    [2, 503],
    [3, 429],
    [4, 200],
  ]);
});

test('a reading that is refused for good is not sent again', async () => {
  for (const status of [400, 401, 404, 409, 422, 500]) {
    const { send, server } = await benchOf(() => ({ status }));
    expect(await send({})).toMatchObject({ status });
    expect(server.seen.length).toBe(1);
  }
});

test('a write is sent once, whatever comes back', async () => {
  for (const status of [429, 500, 502, 503, 504]) {
    const { send, server } = await benchOf(() => ({ status, headers: { 'retry-after': '1' } }));
    expect(await send({ method: 'POST', body: '{}' })).toMatchObject({ status });
    expect(server.seen.length).toBe(1);
  }
});

test('a write whose answer is lost is uncertain, and is sent once', async () => {
  const { send, server } = await benchOf(() => cut);
  await expect(send({ method: 'POST', body: '{}' })).rejects.toMatchObject({
    kind: 'uncertain',
    code: 'adapter-kit.no-answer',
  });
  expect(server.seen.length).toBe(1);
});

test('a write that never left is sent again, and then nothing has happened', async () => {
  const { client, slept, log } = await benchOf(() => ({}), {
    transport: directTransport({ destinations: { hosts: ['none.invalid'] } }),
  });
  const sending = client.send({ method: 'POST', url: 'http://none.invalid/x' }, patience());
  await expect(sending).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'adapter-kit.not-reached',
  });
  expect([slept.length, log.length]).toEqual([5, 6]);
});

test('an idempotent write waits as long as the host asks, and is not sent again unasked', async () => {
  const asked = await benchOf(after([{ status: 429, headers: { 'retry-after': '3' } }]));
  expect(await asked.send({ method: 'PUT', safety: 'idempotent' })).toMatchObject({ status: 200 });
  expect(asked.slept[0]).toBe(3000);
  const unasked = await benchOf(() => ({ status: 503 }));
  expect(await unasked.send({ method: 'PUT', safety: 'idempotent' })).toMatchObject({
    status: 503,
  });
  expect(unasked.server.seen.length).toBe(1);
});

test('a host that asks for more patience than the call has is not waited for', async () => {
  const { send, slept } = await benchOf(() => ({
    status: 429,
    headers: { 'retry-after': '86400' },
  }));
  expect(await send({})).toMatchObject({ status: 429 });
  await expect(send({})).rejects.toMatchObject({
    kind: 'limited',
    code: 'adapter-kit.host-pauses',
    retryAfterMs: 86_400_000,
  });
  expect(slept).toEqual([]);
});

test('a silence ends with the time of one attempt', async () => {
  const { send, server } = await benchOf(() => () => {}, {
    limits: { requestMs: 1500, attemptsMax: 2 },
  });
  await expect(send({})).rejects.toMatchObject({ kind: 'unavailable' });
  expect(server.seen.length).toBe(2);
});

test('a reading that is stopped ends with the reason; a write under way is uncertain', async () => {
  const { client, server } = await benchOf(() => () => {});
  for (const [method, expected] of [
    ['GET', { name: 'AbortError' }],
    ['POST', { kind: 'uncertain' }],
  ] as const) {
    const stopping = new AbortController();
    const sending = client.send({ method, url: server.url }, stopping.signal);
    setTimeout(() => stopping.abort(), 1000);
    await expect(sending).rejects.toMatchObject(expected);
  }
});

test('a redirect is an error that names where to', async () => {
  const { send } = await benchOf(() => ({ status: 301, headers: { location: '/else?token=abc' } }));
  const failing = await send({}).catch((error: unknown) => error);
  expect(failing).toMatchObject({ code: 'adapter-kit.redirected' });
  expect(String(failing)).toContain('/else?token=***');
});

test('a host that is not allowed is an error before anything is sent', async () => {
  const { client, server, slept } = await benchOf(() => ({}));
  const sending = client.send({ method: 'GET', url: 'http://169.254.169.254/' }, patience());
  await expect(sending).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'adapter-kit.destination-refused',
  });
  expect([server.seen.length, slept.length]).toEqual([0, 0]);
});

test('after ten failures on end the host is left alone, and its state can be read', async () => {
  const { client, send, server } = await benchOf(() => cut, { limits: { attemptsMax: 1 } });
  for (let at = 0; at < 10; at += 1) await send({}).catch(() => undefined);
  await expect(send({})).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'adapter-kit.circuit-open',
    retryAfterMs: 2000,
  });
  expect(server.seen.length).toBe(10);
  expect(client.state()).toMatchObject([{ host: server.host, circuit: 'open', inFlight: 0 }]);
});

test('an ended permission is renewed once, and the request sent again, also a write', async () => {
  let token = 'old-token';
  const authentication: Authentication = {
    sign: async (request) =>
      await Promise.resolve({
        ...request,
        headers: { ...request.headers, authorization: `Bearer ${token}` },
      }),
    renew: async () => {
      token = 'new-token';
      return await Promise.resolve(true);
    },
    secrets: () => [token],
  };
  const { send, server } = await benchOf(
    ({ headers }) => ({ status: headers['authorization'] === 'Bearer new-token' ? 201 : 401 }),
    { authentication: () => authentication },
  );
  expect(await send({ method: 'POST' })).toMatchObject({ status: 201 });
  expect(server.seen.length).toBe(2);
});

test('no secret comes out: not in the log, not in an error, not in its causes', async () => {
  const secret = 'S3CR3T-t0k3n';
  const authentication: Authentication = {
    sign: async (request) =>
      await Promise.resolve({
        ...request,
        url: `${request.url}?key=${secret}&q=${secret}`,
        headers: { ...request.headers, authorization: `Bearer ${secret}`, 'x-other': secret },
      }),
    renew: async () => await Promise.resolve(false),
    secrets: () => [secret],
  };
  const echo = (request: SeenRequest): Reply => ({
    status: 500,
    headers: { 'set-cookie': 'a=b', 'x-echo': secret },
    body: JSON.stringify(request),
  });
  const answered = await benchOf(echo, { authentication: () => authentication });
  await answered.send({
    method: 'POST',
    body: JSON.stringify({ password: 'hunter22', a: secret }),
  });
  const failing = await benchOf(() => cut, {
    authentication: () => authentication,
    transport: async () => await Promise.reject(new Error(`could not send ${secret}`)),
  });
  const error: unknown = await failing.send({}).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RialtoError);
  const told = JSON.stringify([answered.log, failing.log]) + everythingOf(error);
  expect(told).toContain('***');
  for (const hidden of [secret, 'hunter22', 'a=b']) expect(told).not.toContain(hidden);
});

/** All that a logger could print of an error. */
function everythingOf(error: unknown): string {
  const parts: string[] = [];
  let at = error;
  while (at instanceof Error) {
    parts.push(at.message, at.stack ?? '', JSON.stringify(Object.entries(at)));
    at = at.cause;
  }
  return parts.join('\n');
}
