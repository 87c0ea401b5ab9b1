import { createHmac } from 'node:crypto';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import type { Authentication } from '../http/authentication.ts';
import type { WireRequest } from '../http/wire.ts';
import { withHeader } from './api-key.ts';

/** What a system gave us to sign each request with (RFC 5849). */
export type OAuth1Settings = {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
  readonly realm?: string;
  readonly method?: 'HMAC-SHA256' | 'HMAC-SHA1'; // The first; the other is what RFC 5849 knew.
};

/** When, and a word used once. */
export type OAuth1Moment = { readonly timestamp: string; readonly nonce: string };

/** Signs each request by OAuth 1.0a, as NetSuite's token-based authentication does. */
export function oauth1(
  settings: OAuth1Settings,
  { clock, newId }: { readonly clock: Clock; readonly newId: () => string },
): Authentication {
  return {
    sign: async (request) => {
      const timestamp = String(Math.floor(millisecondsOf(clock()) / 1000));
      const nonce = newId().replaceAll(/[^A-Za-z0-9]/g, '');
      const header = oauth1Header(request, settings, { timestamp, nonce });
      return await Promise.resolve(withHeader(request, 'authorization', header));
    },
    renew: async () => await Promise.resolve(false),
    secrets: () => [settings.consumerSecret, settings.tokenSecret, settings.token],
  };
}

/** The Authorization header of one request. */
export function oauth1Header(
  request: WireRequest,
  settings: OAuth1Settings,
  { timestamp, nonce }: OAuth1Moment,
): string {
  const { consumerKey, consumerSecret, token, tokenSecret, realm, method } = settings;
  const parameters = {
    oauth_consumer_key: consumerKey,
    oauth_token: token,
    oauth_signature_method: method ?? 'HMAC-SHA256',
    oauth_timestamp: timestamp,
    oauth_nonce: nonce,
  };
  const key = `${encode(consumerSecret)}&${encode(tokenSecret)}`;
  const hash = method === 'HMAC-SHA1' ? 'sha1' : 'sha256';
  const signature = createHmac(hash, key)
    .update(signatureBase(request, parameters))
    .digest('base64');
  const stated = Object.entries({ ...parameters, oauth_signature: signature });
  const parts = stated.map(([name, value]) => `${name}="${encode(value)}"`);
  return `OAuth ${[...(realm === undefined ? [] : [`realm="${realm}"`]), ...parts].join(',')}`;
}

/** The text that is signed (RFC 5849 §3.4.1): a form body counts, any other does not. */
export function signatureBase(
  { method, url, headers, body = '' }: WireRequest,
  oauth: Readonly<Record<string, string>>,
): string {
  const at = new URL(url);
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const pairs = [
    ...at.searchParams,
    ...(isForm ? new URLSearchParams(body) : []),
    ...Object.entries(oauth),
  ].map(([name, value]) => [encode(name), encode(value)] as const);
  // By name, then by value, as bytes: everything is ASCII once encoded.
  const sorted = pairs.toSorted(([a, x], [b, y]) => order(a, b) || order(x, y));
  const parameters = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  return [method.toUpperCase(), at.origin + at.pathname, parameters].map(encode).join('&');
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** RFC 5849 §3.6: everything but letters, digits and '-._~'. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
