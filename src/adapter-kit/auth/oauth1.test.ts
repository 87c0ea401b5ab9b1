/** Signatures against the examples of RFC 5849; the second as its erratum 2550 corrects it. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { stillClock } from '../http/testing.ts';
import { oauth1, oauth1Header, signatureBase } from './oauth1.ts';

const RFC_BASE =
  'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D' +
  '%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a' +
  '%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201' +
  '%26oauth_token%3Dkkk9d7dh3k39sjv7';

const request = {
  method: 'POST',
  url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'c2&a3=2+q',
};

test('the text to sign is that of RFC 5849, section 3.4.1.1', () => {
  const base = signatureBase(request, {
    oauth_consumer_key: '9djdj82h48djs9d2',
    oauth_token: 'kkk9d7dh3k39sjv7',
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: '137131201',
    oauth_nonce: '7d8f3e4a',
  });
  expect(base).toBe(RFC_BASE);
});

const rfc = {
  consumerKey: '9djdj82h48djs9d2',
  consumerSecret: 'j49sk3j29djd',
  token: 'kkk9d7dh3k39sjv7',
  tokenSecret: 'dh893hdasih9',
} as const;

test('the signature is that of RFC 5849, with its erratum', () => {
  const settings = { ...rfc, method: 'HMAC-SHA1', realm: 'Example' } as const;
  const header = oauth1Header(request, settings, { timestamp: '137131201', nonce: '7d8f3e4a' });
  expect(header).toContain('OAuth realm="Example",oauth_consumer_key="9djdj82h48djs9d2"');
  expect(header).toContain('oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D"');
});

test('the signature of the photo of RFC 5849, section 1.2', () => {
  const header = oauth1Header(
    {
      method: 'GET',
      url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
      headers: {},
    },
    {
      consumerKey: 'dpf43f3p2l4k3l03',
      consumerSecret: 'kd94hf93k423kf44',
      token: 'nnch734d00sl2jdk',
      tokenSecret: 'pfkkdhi9sl3r4s00',
      method: 'HMAC-SHA1',
    },
    { timestamp: '137131202', nonce: 'chapoH' },
  );
  expect(header).toContain('oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"');
});

test('HMAC-SHA256 is the same text under the other hash, and the default', () => {
  const header = oauth1Header(request, rfc, { timestamp: '137131201', nonce: '7d8f3e4a' });
  const text = RFC_BASE.replace('HMAC-SHA1', 'HMAC-SHA256');
  const hash = createHmac('sha256', 'j49sk3j29djd&dh893hdasih9').update(text).digest('base64');
  expect(header).toContain(`oauth_signature="${encodeURIComponent(hash)}"`);
});

test('a JSON body is not signed, and each request has its own moment', async () => {
  const { clock } = stillClock();
  let count = 0;
  const signer = oauth1(rfc, { clock, newId: () => `id-${(count += 1)}` });
  const json = { method: 'POST', url: 'https://erp.test/a', headers: {}, body: '{"a":1}' };
  const [one, two] = [
    await signer.sign(json, new AbortController().signal),
    await signer.sign({ ...json, body: '{}' }, new AbortController().signal),
  ];
  expect(one.headers['authorization']).toContain('oauth_nonce="id1"');
  expect(two.headers['authorization']).toContain('oauth_nonce="id2"');
  expect(one.headers['authorization']).toContain('oauth_timestamp="1795262400"');
  expect(signer.secrets()).toEqual(['j49sk3j29djd', 'dh893hdasih9', 'kkk9d7dh3k39sjv7']);
});
