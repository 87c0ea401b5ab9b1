import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shippedProfile } from '#adapters/http';
import { testDatabaseUrl } from '#database/testing';
import { instantOf } from '#kernel/time';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { withOwner } from './cli/client.ts';
import type { Client } from './cli/client.ts';
import { readServerFile } from './server-file.ts';
import { readSettings } from './settings.ts';

const NOW = 1_760_000_000_000;
const SECRET = 'sixteen characters at least';
const params = { name: 'erp' };

let dataDir: string;
let app: App;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rialto-webhooks-'));
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  const settings = readSettings({ dataDir, port: '0', empty: true }, env);
  app = await openApp(settings, () => undefined, { clock: () => instantOf(NOW) });
  await withOwner(dataDir, connect);
});
afterEach(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const WEBHOOK = {
  proof: {
    kind: 'hmac',
    header: 'x-impact-signature',
    prefix: 'sha256=',
    signs: '{timestamp}.{body}',
  },
  timestamp: { header: 'x-impact-time' },
  deliveryId: { header: 'x-impact-delivery' },
  type: 'event',
  meanings: [{ type: ['supplier.changed'], entity: 'suppliers', key: 'id' }],
  handshake: { query: 'validationToken' },
};

async function connect(client: Client): Promise<void> {
  const profile = JSON.stringify({ ...shippedProfile('impact'), webhook: WEBHOOK });
  const settings = { profile, baseUrl: 'http://127.0.0.1:9' };
  const secrets = { clientId: 'rialto', clientSecret: 'secret' };
  const body = { name: 'erp', adapter: 'http', settings, secrets, mapping: 'impact' };
  await client.call('connectIntegration', { body });
}

type Sent = {
  readonly to?: string;
  readonly secret?: string;
  readonly id?: string;
  readonly at?: number;
  readonly text?: string;
  readonly signed?: string;
};

/** Sends a delivery as the system would. Answers status and body. */
async function send(sent: Sent = {}): Promise<readonly [number, string]> {
  const { to = 'erp', secret = SECRET, id = 'd1', at = NOW } = sent;
  const { text = '{"event":"supplier.changed","id":"7"}', signed = text } = sent;
  const time = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', secret).update(`${time}.${signed}`).digest('hex');
  const reply = await fetch(`${app.address}/v1/webhooks/${to}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/vnd.impact+json',
      'x-impact-signature': `sha256=${digest}`,
      'x-impact-time': time,
      'x-impact-delivery': id,
    },
    body: text,
  });
  const answer = await reply.text();
  return [reply.status, answer.replace(/"traceId":"\w+"/, '')];
}

const giveSecret = (secret?: string) =>
  withOwner(dataDir, (client) =>
    client.call('rotateWebhookSecret', { params, body: secret === undefined ? {} : { secret } }),
  );
const deliveries = (query = {}) =>
  withOwner(dataDir, (client) => client.call('listWebhookDeliveries', { params, query }));

test('a delivery is taken once, and listed with what it named', async () => {
  await giveSecret(SECRET);
  expect(await send()).toEqual([202, '{"ok":true}']);
  expect(await send()).toEqual([200, '{"ok":true}']);
  expect(await send({ id: 'd2', text: '{"event":"who knows"}' })).toEqual([202, '{"ok":true}']);
  const { items, total } = await deliveries();
  expect(total).toBe(2);
  expect(items.find(({ deliveryId }) => deliveryId === 'd1')).toMatchObject({
    state: 'waiting',
    repeats: 1,
    sentAt: instantOf(NOW),
    wishes: [{ type: 'supplier.changed', entity: 'suppliers', key: '7' }],
  });
  expect((await deliveries({ search: 'who knows' })).total).toBe(1);
  expect((await deliveries({ state: 'done,failed' })).total).toBe(0);
});

test('whoever is refused is not told why: all refusals are one', async () => {
  expect(await send()).toMatchObject([401, expect.stringContaining('api.webhook-refused')]);
  await giveSecret(SECRET);
  const [status, words] = await send({ secret: 'another secret of theirs' });
  expect(status).toBe(401);
  const others = [
    await send({ text: '{"event":"supplier.changed","id":"8"}', signed: '{"id":"7"}' }),
    await send({ at: NOW - 301_000 }),
    await send({ at: NOW + 301_000 }),
    await send({ to: 'nobody' }),
    await send({ to: 'ERP%20' }),
  ];
  expect(others).toEqual(others.map(() => [401, words]));
  expect((await deliveries()).total).toBe(0);
  expect(await send({ at: NOW - 299_000 })).toMatchObject([202, '{"ok":true}']);
});

test('while the secret is changed both are good; once the old one is retired it is not', async () => {
  await giveSecret(SECRET);
  const { secret } = await giveSecret();
  expect(secret).toMatch(/^[\w+/]{43}=$/);
  const made = secret ?? '';
  expect((await send({ id: 'a' }))[0]).toBe(202);
  expect((await send({ id: 'b', secret: made }))[0]).toBe(202);
  await withOwner(dataDir, async (client) => {
    expect(await client.call('getWebhook', { params })).toEqual({
      path: '/v1/webhooks/erp',
      sends: true,
      secrets: 2,
    });
    expect(await client.call('retireWebhookSecret', { params })).toMatchObject({ secrets: 1 });
    const shown = JSON.stringify([
      await client.call('getIntegration', { params }),
      await client.call('listAuditEvents'),
    ]);
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(made);
    expect(shown).toContain('webhooks.secret-rotated');
    expect(shown).toContain('webhooks.received');
  });
  expect((await send({ id: 'c' }))[0]).toBe(401);
  expect((await send({ id: 'c', secret: made }))[0]).toBe(202);
});

test('what is signed and unreadable, or too large, is said to be so', async () => {
  await giveSecret(SECRET);
  expect(await send({ text: 'no json' })).toMatchObject([400, expect.stringContaining('no JSON')]);
  const deep = `${'['.repeat(65)}${']'.repeat(65)}`;
  expect(await send({ text: deep })).toMatchObject([400, expect.stringContaining('nested')]);
  const large = JSON.stringify({ event: 'x', pad: 'x'.repeat(1_048_576) });
  expect((await send({ text: large }))[0]).toBe(413);
  const fits = JSON.stringify({ event: 'x', pad: 'x'.repeat(1_048_576 - 30) });
  expect((await send({ text: fits }))[0]).toBe(202);
});

test('an address is proven by sending back a word, as plain text and nothing else', async () => {
  const ask = async (to: string, query: string) => {
    const reply = await fetch(`${app.address}/v1/webhooks/${to}?${query}`, { method: 'POST' });
    return [reply.status, reply.headers.get('content-type'), await reply.text()];
  };
  expect(await ask('erp', 'validationToken=a%20word%20%3Cb%3E')).toEqual([
    401,
    expect.anything(),
    expect.anything(),
  ]);
  await giveSecret(SECRET);
  expect(await ask('erp', 'validationToken=a%20word%20%3Cb%3E')).toEqual([
    200,
    'text/plain; charset=utf-8',
    'a word <b>',
  ]);
  expect((await ask('erp', 'other=word'))[0]).toBe(401);
  expect((await ask('erp', 'validationToken=%0d%0aa'))[0]).toBe(401);
  expect((await ask('nobody', 'validationToken=word'))[0]).toBe(401);
});

test('deliveries are had as a file', async () => {
  await giveSecret(SECRET);
  await send();
  const url = `${app.address}/v1/integrations/erp/webhook-deliveries/export.csv`;
  const { token } = readServerFile(dataDir) ?? {};
  const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const [head, line] = (await reply.text()).split('\r\n');
  expect(head).toContain('receivedAt,sentAt,state,deliveryId,repeats,named,first');
  expect(line).toContain('waiting,d1,0,1,supplier.changed suppliers 7');
});
