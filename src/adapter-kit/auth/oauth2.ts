import { describeError, RialtoError } from '#kernel';
import type { JsonObject } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { kitError } from '../errors.ts';
import { isJsonObject, parseExactJson } from '../exact-json.ts';
import type { Authentication } from '../http/authentication.ts';
import type { Send } from '../http/client.ts';
import { createMask } from '../http/mask.ts';
import type { Mask } from '../http/mask.ts';
import type { WireResponse } from '../http/wire.ts';
import { basicCredentials } from './basic.ts';
import { keepToken } from './keep-token.ts';
import type { Token } from './keep-token.ts';
import { signJwt } from './sign-jwt.ts';
import type { SigningKey } from './sign-jwt.ts';

/** How a client says who it is when it asks for a token. */
export type ClientProof =
  | { readonly by: 'basic' | 'body'; readonly clientSecret: string } // RFC 6749 §2.3.1.
  | { readonly by: 'assertion'; readonly key: SigningKey } // RFC 7523 §2.2.
  | { readonly by: 'nothing' }; // A public client.

/** Where tokens come from, and as whom we ask. */
export type OAuth2Settings = {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  readonly scope?: string;
  readonly more?: Readonly<Record<string, string>>; // 'audience', 'resource': as a system asks.
};

/** What every block here needs of its surroundings. */
export type OAuth2World = {
  readonly send: Send;
  readonly clock: Clock;
  readonly newId: () => string; // Unique, for the `jti` of an assertion.
};

const ASSERTION_S = 300;
const CLIENT_ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** The client credentials grant (RFC 6749 §4.4). */
export function clientCredentials(settings: OAuth2Settings, world: OAuth2World): Authentication {
  return keepToken({
    get: async (stop) =>
      (await askForToken(settings, { grant_type: 'client_credentials' }, world, stop)).token,
    clock: world.clock,
    secrets: () => secretsOf(settings),
  });
}

/** Keeps the refresh token of one integration, whoever uses it. */
export type RefreshTokenKeeper = {
  /** Uses it, one at a time. A new one that comes of it is kept before anything else is done. */
  use<T>(
    work: (token: string) => Promise<{ readonly result: T; readonly rotated?: string }>,
  ): Promise<T>;
};

/** The refresh token grant (RFC 6749 §6). The system may give a new one and void the old. */
export function refreshToken(
  settings: OAuth2Settings & { readonly keeper: RefreshTokenKeeper },
  world: OAuth2World,
): Authentication {
  let used: readonly string[] = [];
  return keepToken({
    get: (stop) =>
      settings.keeper.use(async (refresh) => {
        used = [refresh];
        const form = { grant_type: 'refresh_token', refresh_token: refresh };
        const { token, rotated } = await askForToken(settings, form, world, stop);
        if (rotated === undefined) return { result: token };
        used = [refresh, rotated];
        return { result: token, rotated };
      }),
    clock: world.clock,
    secrets: () => [...secretsOf(settings), ...used],
  });
}

/** Keeps a refresh token for as long as the process runs. */
export function refreshTokenInMemory(first: string): RefreshTokenKeeper {
  let token = first;
  return {
    async use(work) {
      const { result, rotated = token } = await work(token);
      token = rotated;
      return result;
    },
  };
}

/** The JWT bearer grant (RFC 7523 §2.1): a token signed by us is exchanged for one of theirs. */
export function jwtBearer(
  settings: OAuth2Settings & {
    readonly key: SigningKey;
    readonly issuer: string;
    readonly subject: string;
    readonly audience?: string; // The token URL.
    readonly claims?: JsonObject;
  },
  world: OAuth2World,
): Authentication {
  const { key, issuer: iss, subject: sub, audience = settings.tokenUrl, claims } = settings;
  return keepToken({
    get: async (stop) => {
      const standard = { iss, sub, aud: audience, ...lifeOf(world) };
      const assertion = await signJwt({ ...standard, ...claims }, key);
      const form = { grant_type: JWT_GRANT, assertion };
      return (await askForToken(settings, form, world, stop)).token;
    },
    clock: world.clock,
    secrets: () => [...secretsOf(settings), key.privateKey],
  });
}

function lifeOf({ clock, newId }: OAuth2World): { iat: number; exp: number; jti: string } {
  const iat = Math.floor(millisecondsOf(clock()) / 1000);
  return { iat, exp: iat + ASSERTION_S, jti: newId() };
}

async function askForToken(
  settings: OAuth2Settings,
  grant: Readonly<Record<string, string>>,
  world: OAuth2World,
  stop: AbortSignal,
): Promise<{ readonly token: Token; readonly rotated?: string }> {
  const { tokenUrl, clientId, proof, scope, more = {} } = settings;
  const form = new URLSearchParams({
    ...grant,
    ...(scope === undefined ? {} : { scope }),
    ...more,
  });
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (proof.by === 'basic') {
    const [user, password] = [clientId, proof.clientSecret].map(encodeURIComponent);
    headers['authorization'] = basicCredentials(user ?? '', password ?? '');
  } else {
    form.set('client_id', clientId);
  }
  if (proof.by === 'body') form.set('client_secret', proof.clientSecret);
  if (proof.by === 'assertion') {
    const claims = { iss: clientId, sub: clientId, aud: tokenUrl, ...lifeOf(world) };
    form.set('client_assertion_type', CLIENT_ASSERTION);
    form.set('client_assertion', await signJwt(claims, proof.key));
  }
  const request = { method: 'POST', url: tokenUrl, headers, body: form.toString() };
  // Asking twice books nothing; a rotated refresh token is the exception, and is not asked twice.
  const safety = grant['grant_type'] === 'refresh_token' ? 'write' : 'read';
  const asking = `signing in at ${new URL(tokenUrl).host}`;
  try {
    const answer = await world.send({ ...request, safety }, stop);
    const mask = createMask({ secrets: () => [...secretsOf(settings), ...Object.values(grant)] });
    return tokenOf(answer, { asking, clock: world.clock, mask });
  } catch (error) {
    throw asSignInFailure(error, asking);
  }
}

/** RFC 6749 §5.1 and §5.2. */
function tokenOf(
  { status, body }: WireResponse,
  { asking, clock, mask }: { readonly asking: string; readonly clock: Clock; readonly mask: Mask },
): { readonly token: Token; readonly rotated?: string } {
  const said = parseExactJson(body);
  const fields = isJsonObject(said) ? said : {};
  const value = textIn(fields, 'access_token');
  if (status < 200 || status > 299 || value === undefined) {
    // A system too busy to answer says nothing of our credentials.
    const kind = status === 429 || status >= 500 ? 'unavailable' : 'unauthenticated';
    const why = textIn(fields, 'error') ?? `it answered ${status}`;
    const more = textIn(fields, 'error_description');
    throw kitError(kind, 'adapter-kit.sign-in-failed', asking, {
      cause: new Error(mask.text(more === undefined ? why : `${why}: ${more}`)),
      remedy: 'Check the client, its secret or key, and what it is allowed to do.',
    });
  }
  const seconds = Number(textIn(fields, 'expires_in') ?? Number.NaN);
  const rotated = textIn(fields, 'refresh_token');
  const expires = Number.isFinite(seconds)
    ? { expiresAt: instantOf(millisecondsOf(clock()) + seconds * 1000) }
    : {};
  return { token: { value, ...expires }, ...(rotated === undefined ? {} : { rotated }) };
}

/** Whatever kept us from signing in, the request it was for was not sent. */
function asSignInFailure(error: unknown, asking: string): unknown {
  if (!(error instanceof RialtoError) || error.kind !== 'uncertain') return error;
  return kitError('unavailable', 'adapter-kit.sign-in-failed', asking, {
    cause: new Error(describeError(error)),
    remedy: 'Try again.',
  });
}

function textIn(fields: JsonObject, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function secretsOf({ proof }: OAuth2Settings): string[] {
  if (proof.by === 'assertion') return [proof.key.privateKey];
  if (proof.by === 'nothing') return [];
  return [proof.clientSecret, encodeURIComponent(proof.clientSecret)];
}
