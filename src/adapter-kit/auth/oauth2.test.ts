/** Grants against a small server that gives tokens as RFC 6749 says, and an API that wants them. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compactVerify } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import type { Exchange } from '../exchange.ts';
import type { Authentication } from '../http/authentication.ts';
import { createHttpClient } from '../http/client.ts';
import type { HttpClient } from '../http/client.ts';
import { directTransport } from '../http/direct-transport.ts';
import { startServer, stillClock } from '../http/testing.ts';
import type { LocalServer, Reply, SeenRequest } from '../http/testing.ts';
import { apiKey } from './api-key.ts';
import { basic } from './basic.ts';
import { clientCredentials, jwtBearer, refreshToken } from './oauth2.ts';
import type { OAuth2World } from './oauth2.ts';

const patience = (): AbortSignal => AbortSignal.timeout(10_000);
const privateKey = readFileSync(path.join(import.meta.dirname, 'golden/rfc7515-a2.pem'), 'utf8');
const signing = { algorithm: 'RS256', privateKey, keyId: 'k1' } as const;

type Bench = {
  readonly client: HttpClient;
  readonly server: LocalServer;
  readonly log: Exchange[];
  readonly pass: (ms: number) => void;
  readonly get: () => Promise<number>;
  readonly asked: () => SeenRequest[]; // For tokens.
};

/** An API that takes the newest token only; each token lives an hour. */
async function benchOf(
  make: (tokenUrl: string, world: OAuth2World) => Authentication,
  answer: (request: SeenRequest, tokens: number) => Reply = () => ({}),
): Promise<Bench> {
  let tokens = 0;
  const server = await startServer((request) => {
    if (request.path !== '/token') {
      const fits = request.headers['authorization'] === `Bearer token-${tokens}-secret`;
      return { status: fits ? 200 : 401 };
    }
    tokens += 1;
    const granted = {
      access_token: `token-${tokens}-secret`,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: `refresh-${tokens}-secret`,
    };
    const given = answer(request, tokens);
    return typeof given === 'object' && given.status !== undefined
      ? given
      : { body: JSON.stringify(granted) };
  });
  const transport = directTransport({
    destinations: { hosts: [server.host], networks: ['127.0.0.1'] },
  });
  onTestFinished(async () => await transport.close());
  const { clock, sleep, pass } = stillClock();
  const log: Exchange[] = [];
  let id = 0;
  const client = createHttpClient({
    transport,
    clock,
    sleep,
    random: () => 0,
    log: (exchange) => log.push(exchange),
    authentication: (send) =>
      make(`${server.url}/token`, { send, clock, newId: () => `id-${(id += 1)}` }),
  });
  return {
    client,
    server,
    log,
    pass,
    get: async () =>
      (await client.send({ method: 'GET', url: `${server.url}/orders` }, patience())).status,
    asked: () => server.seen.filter(({ path: at }) => at === '/token'),
  };
}

const credentials = (by: 'basic' | 'body') => (tokenUrl: string, world: OAuth2World) =>
  clientCredentials(
    {
      tokenUrl,
      clientId: 'rialto',
      proof: { by, clientSecret: 's3cr3t/x y' },
      scope: 'orders',
      more: { audience: 'erp' },
    },
    world,
  );

test('client credentials are shown in the body or as Basic, and the token is kept', async () => {
  const body = await benchOf(credentials('body'));
  expect([await body.get(), await body.get()]).toEqual([200, 200]);
  expect(body.asked().map((request) => request.body)).toEqual([
    'grant_type=client_credentials&scope=orders&audience=erp&client_id=rialto&client_secret=s3cr3t%2Fx+y',
  ]);
  const header = await benchOf(credentials('basic'));
  await header.get();
  expect(header.asked()[0]?.headers['authorization']).toBe(
    `Basic ${Buffer.from('rialto:s3cr3t%2Fx%20y').toString('base64')}`,
  );
});

test('a token is renewed a minute before it ends, not earlier', async () => {
  const { get, pass, asked } = await benchOf(credentials('body'));
  await get();
  pass(3_539_000);
  await get();
  expect(asked().length).toBe(1);
  pass(1_000);
  expect(await get()).toBe(200);
  expect(asked().length).toBe(2);
});

test('many requests that wait ask for one token', async () => {
  const { get, asked } = await benchOf(credentials('body'));
  const statuses = await Promise.all(Array.from({ length: 20 }, async () => await get()));
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
  expect(asked().length).toBe(1);
});

test('a token that is refused before its time is renewed once for all who were refused', async () => {
  const { get, server, asked } = await benchOf(credentials('body'));
  await get();
  await fetch(`${server.url}/token`); // The server now knows a newer one.
  const statuses = await Promise.all(Array.from({ length: 8 }, async () => await get()));
  expect(statuses.every((status) => status === 200)).toBe(true);
  expect(asked().length).toBe(3); // Ours, the one beside us, and one renewal.
});

test('a refusal that stays is given back after one renewal', async () => {
  const { server, client } = await benchOf(credentials('body'));
  const { status } = await client.send(
    { method: 'GET', url: `${server.url}/orders`, headers: {} },
    patience(),
  );
  expect(status).toBe(200);
  const refusing = await startServer(() => ({ status: 401 }));
  const transport = directTransport({
    destinations: { hosts: [refusing.host, server.host], networks: ['127.0.0.1'] },
  });
  onTestFinished(async () => await transport.close());
  const { clock, sleep } = stillClock();
  const other = createHttpClient({
    transport,
    clock,
    sleep,
    random: () => 0,
    authentication: (send) =>
      credentials('body')(`${server.url}/token`, { send, clock, newId: () => 'x' }),
  });
  const answer = await other.send({ method: 'POST', url: refusing.url }, patience());
  expect([answer.status, refusing.seen.length]).toEqual([401, 2]);
});

test('a refresh token that is replaced is handed out to be kept, and used from then on', async () => {
  const kept = ['refresh-0-secret'];
  const { get, pass, asked } = await benchOf((tokenUrl, world) =>
    refreshToken(
      {
        tokenUrl,
        clientId: 'rialto',
        proof: { by: 'nothing' },
        keeper: {
          use: async (work) => {
            const { result, rotated = '' } = await work(kept.at(-1) ?? '');
            kept.push(rotated);
            return result;
          },
        },
      },
      world,
    ),
  );
  await get();
  pass(3_600_000);
  await get();
  expect(asked().map((request) => new URLSearchParams(request.body).get('refresh_token'))).toEqual([
    'refresh-0-secret',
    'refresh-1-secret',
  ]);
  expect(kept.slice(1)).toEqual(['refresh-1-secret', 'refresh-2-secret']);
});

test('a JWT is exchanged for a token: claims of RFC 7523, section 3, signed by our key', async () => {
  const { get, asked, server } = await benchOf((tokenUrl, world) =>
    jwtBearer(
      {
        tokenUrl,
        clientId: 'rialto',
        proof: { by: 'nothing' },
        key: signing,
        issuer: 'rialto',
        subject: 'integration',
        claims: { scope: 'rest_webservices' },
      },
      world,
    ),
  );
  expect(await get()).toBe(200);
  const form = new URLSearchParams(asked()[0]?.body);
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  const { payload } = await compactVerify(form.get('assertion') ?? '', createPublicKey(privateKey));
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
    iss: 'rialto',
    sub: 'integration',
    aud: `${server.url}/token`,
    iat: 1_795_262_400,
    exp: 1_795_262_700,
    jti: 'id-1',
    scope: 'rest_webservices',
  });
});

test('a client can prove itself by an assertion (RFC 7523, section 2.2)', async () => {
  const { get, asked } = await benchOf((tokenUrl, world) =>
    clientCredentials(
      { tokenUrl, clientId: 'rialto', proof: { by: 'assertion', key: signing } },
      world,
    ),
  );
  expect(await get()).toBe(200);
  const form = new URLSearchParams(asked()[0]?.body);
  expect(form.get('client_assertion_type')).toBe(
    'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  );
  expect((form.get('client_assertion') ?? '').split('.').length).toBe(3);
});

test('a sign-in that is refused says why, and no secret', async () => {
  const { get, log } = await benchOf(credentials('body'), (request) => ({
    status: 401,
    body: JSON.stringify({ error: 'invalid_client', error_description: `no: ${request.body}` }),
  }));
  const error: unknown = await get().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'unauthenticated', code: 'adapter-kit.sign-in-failed' });
  expect(String((error as Error).cause)).toContain('invalid_client');
  expect(JSON.stringify(log) + String((error as Error).cause)).not.toContain('s3cr3t');
});

test('a sign-in that cannot be reached or is too busy leaves the request unsent', async () => {
  const { get, server } = await benchOf(credentials('body'), () => ({ status: 500 }));
  await expect(get()).rejects.toMatchObject({ kind: 'unavailable' });
  expect(server.seen.every(({ path: at }) => at === '/token')).toBe(true);
});

test('tokens and secrets are in no exchange that is logged', async () => {
  const { get, log, pass } = await benchOf(credentials('body'));
  await get();
  pass(3_600_000);
  await get();
  expect(log.length).toBe(4);
  const told = JSON.stringify(log);
  for (const secret of ['s3cr3t', 'token-1-secret', 'token-2-secret', 'refresh-1-secret']) {
    expect(told).not.toContain(secret);
  }
});

test('a key goes into a header or the query, a password into Basic', async () => {
  const request = { method: 'GET', url: 'https://erp.test/a?b=1', headers: {} };
  const header = apiKey({ in: 'header', name: 'X-API-Key', key: 'abc' });
  expect((await header.sign(request, patience())).headers).toEqual({ 'x-api-key': 'abc' });
  const token = apiKey({ in: 'header', name: 'Authorization', key: 'abc', prefix: 'Token ' });
  expect((await token.sign(request, patience())).headers).toEqual({ authorization: 'Token abc' });
  const query = apiKey({ in: 'query', name: 'key', key: 'a&b' });
  expect((await query.sign(request, patience())).url).toBe('https://erp.test/a?b=1&key=a%26b');
  // RFC 7617, section 2.1: in UTF-8.
  const named = basic({ user: 'test', password: '123£' });
  expect((await named.sign(request, patience())).headers).toEqual({
    authorization: 'Basic dGVzdDoxMjPCow==',
  });
});
