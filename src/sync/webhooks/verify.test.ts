import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { WebhookSenderSchema } from '#adapter-kit/webhook';
import type { WebhookSender } from '#adapter-kit/webhook';
import type { Json } from '#kernel';
import { instantOf } from '#kernel/time';
import { bodyDepth } from './body-depth.ts';
import { wishesOf } from './read-events.ts';
import { hasToken, isGenuine } from './verify-delivery.ts';

const NOW = 1_760_000_000_000;
const now = instantOf(NOW);
const body = Buffer.from('{"event":"order.changed","id":"7"}');

const senderOf = (json: unknown): WebhookSender => WebhookSenderSchema.parse(json);
const hmac = (secret: string, text: string, algorithm = 'sha256') =>
  createHmac(algorithm, secret).update(text);
const genuine = (sender: WebhookSender, headers: Record<string, string>, raw = body) =>
  isGenuine({ headers, body: raw }, { sender, secrets: ['new', 'old'], now });

test('the signature of the body is what makes a delivery genuine, to the byte', () => {
  const sender = senderOf({
    proof: { kind: 'hmac', header: 'X-Hub-Signature', prefix: 'sha256=' },
  });
  const digest = hmac('new', body.toString()).digest('hex');
  expect(genuine(sender, { 'x-hub-signature': `sha256=${digest}` })).toBe(true);
  expect(genuine(sender, { 'x-hub-signature': `sha256=${digest.toUpperCase()}` })).toBe(true);
  expect(genuine(sender, { 'x-hub-signature': digest })).toBe(false);
  expect(genuine(sender, {})).toBe(false);
  const spaced = Buffer.from('{"event": "order.changed","id":"7"}');
  expect(genuine(sender, { 'x-hub-signature': `sha256=${digest}` }, spaced)).toBe(false);
});

test('while a secret is being changed, the old one is good too, and no other', () => {
  const sender = senderOf({
    proof: { kind: 'hmac', header: 'sig', algorithm: 'sha512', encoding: 'base64' },
  });
  const signed = (secret: string) => ({
    sig: hmac(secret, body.toString(), 'sha512').digest('base64'),
  });
  expect(['new', 'old', 'older'].map((secret) => genuine(sender, signed(secret)))).toEqual([
    true,
    true,
    false,
  ]);
});

test('a signed time counts within its window, before and after, and not without being signed', () => {
  const sender = senderOf({
    proof: { kind: 'hmac', header: 'sig', signs: '{timestamp}.{body}' },
    timestamp: { header: 'sent' },
  });
  const at = (seconds: number, signedAt = seconds) => {
    const sent = String(NOW / 1000 + seconds);
    const signed = `${NOW / 1000 + signedAt}.${body.toString()}`;
    return genuine(sender, { sent, sig: hmac('new', signed).digest('hex') });
  };
  expect([-300, -299, 0, 300].map((seconds) => at(seconds))).toEqual([true, true, true, true]);
  expect([-301, 301].map((seconds) => at(seconds))).toEqual([false, false]);
  expect(at(0, -1000)).toBe(false); // An old delivery with a new time.
  expect(genuine(sender, { sig: hmac('new', `.${body.toString()}`).digest('hex') })).toBe(false);
});

test('several signatures and an id in what is signed are read as Standard Webhooks has them', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').toString('base64');
  const sender = senderOf({
    proof: {
      kind: 'hmac',
      header: 'webhook-signature',
      encoding: 'base64',
      prefix: 'v1,',
      signs: '{id}.{timestamp}.{body}',
      secret: 'base64',
    },
    timestamp: { header: 'webhook-timestamp' },
    deliveryId: { header: 'webhook-id' },
  });
  const text = `msg_1.${NOW / 1000}.${body.toString()}`;
  const right = createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('base64');
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(NOW / 1000),
    'webhook-signature': `v1,AAAA v1,${right}`,
  };
  const expected = { sender, secrets: [secret], now };
  expect(isGenuine({ headers, body }, expected)).toBe(true);
  expect(isGenuine({ headers: { ...headers, 'webhook-id': 'msg_2' }, body }, expected)).toBe(false);
});

test('a shared token stands in a header, or in every event', () => {
  const inHeader = senderOf({ proof: { kind: 'header-token', header: 'x-token' } });
  expect([{ 'x-token': 'old' }, { 'x-token': 'ol' }, {}].map((h) => genuine(inHeader, h))).toEqual([
    true,
    false,
    false,
  ]);
  const inEvent = senderOf({
    proof: { kind: 'event-token', path: 'clientState' },
    events: 'value',
  });
  const said = (...tokens: string[]): Json => ({
    value: tokens.map((clientState) => ({ clientState })),
  });
  const has = (json: Json) => hasToken(json, inEvent, ['new', 'old']);
  expect([said('new', 'old'), said('new', 'no'), said(), {}].map(has)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('an empty secret or signature is never right', () => {
  const sender = senderOf({ proof: { kind: 'header-token', header: 'x-token' } });
  const expected = { sender, secrets: [''], now };
  expect(isGenuine({ headers: { 'x-token': '' }, body }, expected)).toBe(false);
  expect(isGenuine({ headers: {}, body }, expected)).toBe(false);
});

test('a sender that cannot protect anything is refused with the reason', () => {
  const mistakes = (json: unknown) =>
    (WebhookSenderSchema.safeParse(json).error?.issues ?? []).map(({ path }) => path.join('.'));
  const proof = { kind: 'hmac', header: 'sig' };
  expect(mistakes({ proof, timestamp: { header: 'sent' } })).toEqual(['timestamp']);
  expect(mistakes({ proof: { ...proof, signs: '{timestamp}{body}' } })).toEqual(['timestamp']);
  expect(mistakes({ proof: { ...proof, signs: 'body' } })).toEqual(['proof.signs']);
  expect(mistakes({ proof: { ...proof, signs: '{id}{body}' } })).toEqual(['deliveryId']);
  expect(mistakes({ proof: { ...proof, signs: '{url}{body}' } })).toEqual(['proof']);
  expect(mistakes({ proof, meanings: [{ key: 'id' }] })).toEqual(['meanings.0.key']);
});

const BUSINESS_CENTRAL = senderOf({
  proof: { kind: 'event-token', path: 'clientState' },
  events: 'value',
  type: 'changeType',
  meanings: [
    { type: ['collection'], entity: 'vendors' },
    { entity: 'vendors', key: { path: 'resource', after: '/vendors(', before: ')' } },
    { entity: 'orders', key: { path: 'resource', after: '/purchaseOrders(', before: ')' } },
  ],
  handshake: { query: 'validationToken' },
});

test('one delivery names many documents, and what it does not name asks for all that changed', () => {
  const entities = new Set(['vendors']);
  const event = (changeType: string, resource: string) => ({ changeType, resource });
  const json = {
    value: [
      event('updated', 'api/companies(1)/vendors(0A-1)'),
      event('deleted', 'api/companies(1)/purchaseOrders(7)'),
      event('collection', 'api/companies(1)/vendors'),
      event('updated', 'api/companies(1)/items(3)'),
    ],
  };
  expect(wishesOf(json, BUSINESS_CENTRAL, entities)).toEqual([
    { type: 'updated', entity: 'vendors', key: '0A-1' },
    { type: 'deleted' }, // The mapping does not read orders.
    { type: 'collection' },
    { type: 'updated' },
  ]);
  expect(wishesOf({}, BUSINESS_CENTRAL, entities)).toEqual([{}]);
});

test('a ping asks for nothing, and keys of several parts are joined', () => {
  const sender = senderOf({
    proof: { kind: 'header-token', header: 'x-token' },
    type: 'event',
    meanings: [
      { type: ['ping'], ignore: true },
      { type: ['stock'], entity: 'stock', key: ['site', 'item.id'] },
    ],
  });
  const entities = new Set(['stock']);
  expect(wishesOf({ event: 'ping' }, sender, entities)).toEqual([]);
  expect(wishesOf({ event: 'stock', site: 'A', item: { id: '9' } }, sender, entities)).toEqual([
    { type: 'stock', entity: 'stock', key: 'A|9' },
  ]);
  expect(wishesOf({ event: 'stock', site: 'A' }, sender, entities)).toEqual([{ type: 'stock' }]);
});

test('depth is counted outside of text, however deep', () => {
  expect(bodyDepth(Buffer.from('{"a":[1,{"b":"[[[[\\"[["}]}'))).toBe(3);
  expect(bodyDepth(Buffer.from('['.repeat(500_000)))).toBe(500_000);
});
