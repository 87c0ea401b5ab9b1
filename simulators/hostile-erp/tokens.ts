import { randomBytes } from 'node:crypto';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { Refusal } from './refusal.ts';

type Grant = { readonly client: string; readonly untilMs: number };

/** Access tokens by client credentials; a restart forgets them all. */
export type Tokens = {
  give(form: URLSearchParams, basic: string | undefined, seconds: number): string;
  /** The client behind a bearer token, or a refusal. */
  clientOf(authorization: string | undefined): string;
  expire(authorization: string | undefined): void;
  expireAll(): void;
};

const CLIENTS = new Map([
  ['rialto', 'secret'],
  ['reader', 'secret'],
]);

export function openTokens(clock: Clock): Tokens {
  const grants = new Map<string, Grant>();
  return {
    give(form, basic, seconds) {
      const [id = '', secret = ''] =
        basic === undefined
          ? [form.get('client_id') ?? '', form.get('client_secret') ?? '']
          : Buffer.from(basic, 'base64').toString().split(':');
      if (form.get('grant_type') !== 'client_credentials') {
        throw new Refusal(400, 'unsupported_grant_type', 'client_credentials only');
      }
      if (CLIENTS.get(id) !== secret) throw new Refusal(401, 'invalid_client', 'not our client');
      const token = randomBytes(24).toString('hex');
      grants.set(token, { client: id, untilMs: millisecondsOf(clock()) + seconds * 1000 });
      return token;
    },
    clientOf(authorization) {
      const grant = grants.get(tokenIn(authorization));
      if (grant === undefined || grant.untilMs <= millisecondsOf(clock())) {
        throw new Refusal(401, 'TOKEN_EXPIRED', 'the token is not valid, or no longer');
      }
      return grant.client;
    },
    expire(authorization) {
      grants.delete(tokenIn(authorization));
    },
    expireAll() {
      grants.clear();
    },
  };
}

const tokenIn = (authorization = ''): string => authorization.replace(/^Bearer /i, '');
