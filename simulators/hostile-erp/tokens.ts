import { randomBytes } from 'node:crypto';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { Refusal } from './refusal.ts';

type Grant = { readonly client: string; readonly untilMs: number };

/** What a token request gives. */
type Given = { readonly access: string; readonly refresh?: string };

/**
 * Access tokens, by client credentials or by refresh token; a restart forgets them all. A refresh
 * token is good for one use, which gives the next; one that is used twice voids them all.
 */
export type Tokens = {
  give(form: URLSearchParams, basic: string | undefined, seconds: number): Given;
  /** The client behind a bearer token, or a refusal. */
  clientOf(authorization: string | undefined): string;
  expire(authorization: string | undefined): void;
  expireAll(): void;
};

const CLIENTS = new Map([
  ['rialto', 'secret'],
  ['reader', 'secret'],
]);

const FIRST_REFRESH_TOKEN = 'first-refresh-token';

export function openTokens(clock: Clock): Tokens {
  const grants = new Map<string, Grant>();
  let refresh: string | undefined = FIRST_REFRESH_TOKEN;
  return {
    give(form, basic, seconds) {
      const [id = '', secret = ''] =
        basic === undefined
          ? [form.get('client_id') ?? '', form.get('client_secret') ?? '']
          : Buffer.from(basic, 'base64').toString().split(':');
      const grant = form.get('grant_type');
      if (grant !== 'client_credentials' && grant !== 'refresh_token') {
        throw new Refusal(400, 'unsupported_grant_type', 'client_credentials or refresh_token');
      }
      if (CLIENTS.get(id) !== secret) throw new Refusal(401, 'invalid_client', 'not our client');
      if (grant === 'refresh_token' && form.get('refresh_token') !== refresh) {
        refresh = undefined;
        throw new Refusal(400, 'invalid_grant', 'the refresh token is not valid, or no longer');
      }
      const access = randomBytes(24).toString('hex');
      grants.set(access, { client: id, untilMs: millisecondsOf(clock()) + seconds * 1000 });
      if (grant === 'client_credentials') return { access };
      refresh = randomBytes(24).toString('hex');
      return { access, refresh };
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
