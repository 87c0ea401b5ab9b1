import {
  apiKey,
  basic,
  clientCredentials,
  jwtBearer,
  oauth1,
  refreshToken,
  refreshTokenInMemory,
} from '#adapter-kit/auth';
import type {
  ClientProof,
  OAuth2Settings,
  RefreshTokenKeeper,
  SigningKey,
} from '#adapter-kit/auth';
import type { Authentication, Send } from '#adapter-kit/http';
import type { Clock } from '#kernel/time';
import { httpError } from './errors.ts';
import { credentialsNeeded } from './profile/auth.ts';
import type { Auth } from './profile/auth.ts';

/** Secrets by the names that the profile's way of signing in has for them. */
export type Credentials = Readonly<Partial<Record<string, string>>>;

/** What signing in needs of its surroundings. */
export type SignInWorld = {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly refreshTokens?: RefreshTokenKeeper; // Absent: kept for as long as the process runs.
};

type Token = Extract<Auth, { tokenUrl: string }>;

/** Makes what signs requests; undefined: nobody signs in. Fails when a credential is missing. */
export function signInBy(
  auth: Auth,
  credentials: Credentials,
  world: SignInWorld,
): ((send: Send) => Authentication) | undefined {
  const missing = credentialsNeeded(auth).filter((name) => (credentials[name] ?? '') === '');
  if (missing.length > 0) {
    throw httpError('invalid', 'http.credential-missing', 'connecting', {
      remedy: `Signing in by ${auth.kind} needs the credentials: ${missing.join(', ')}.`,
    });
  }
  const of = (name: string): string => credentials[name] ?? '';
  switch (auth.kind) {
    case 'none':
      return undefined;
    case 'api-key': {
      const { in: place, name, credential, prefix = '' } = auth;
      return () => apiKey({ in: place, name, key: of(credential), prefix });
    }
    case 'basic':
      return () => basic({ user: of('user'), password: of('password') });
    case 'oauth1': {
      const { realm } = credentials;
      const settings = {
        consumerKey: of('consumerKey'),
        consumerSecret: of('consumerSecret'),
        token: of('token'),
        tokenSecret: of('tokenSecret'),
        method: auth.method,
        ...(realm === undefined ? {} : { realm }),
      };
      return () => oauth1(settings, world);
    }
    case 'client-credentials':
    case 'refresh-token':
    case 'jwt-bearer':
      return tokenSignIn(auth, credentials, world);
  }
}

/** Where tokens come from: its host is one that the integration has to reach. */
export const tokenUrlOf = (auth: Auth, baseUrl: string): string | undefined => {
  if (!('tokenUrl' in auth)) return undefined;
  return auth.tokenUrl.startsWith('/') ? baseUrl + auth.tokenUrl : auth.tokenUrl;
};

function tokenSignIn(
  auth: Token,
  credentials: Credentials,
  world: SignInWorld,
): (send: Send) => Authentication {
  const of = (name: string): string => credentials[name] ?? '';
  const key = {
    algorithm: auth.algorithm,
    privateKey: of('privateKey'),
    ...(credentials['keyId'] === undefined ? {} : { keyId: credentials['keyId'] }),
  };
  const settings: OAuth2Settings = {
    tokenUrl: tokenUrlOf(auth, world.baseUrl) ?? '',
    clientId: of('clientId'),
    proof: proofOf(auth.proof, of('clientSecret'), key),
    ...(auth.scope === undefined ? {} : { scope: auth.scope }),
    ...(auth.more === undefined ? {} : { more: auth.more }),
  };
  return (send) => {
    const around = { ...world, send };
    if (auth.kind === 'client-credentials') return clientCredentials(settings, around);
    if (auth.kind === 'refresh-token') {
      const { refreshTokens: keeper = refreshTokenInMemory(of('refreshToken')) } = world;
      return refreshToken({ ...settings, keeper }, around);
    }
    const claims = {
      key,
      issuer: credentials['issuer'] ?? of('clientId'),
      subject: credentials['subject'] ?? of('clientId'),
      ...(auth.audience === undefined ? {} : { audience: auth.audience }),
      ...(auth.claims === undefined ? {} : { claims: auth.claims }),
    };
    return jwtBearer({ ...settings, ...claims }, around);
  };
}

function proofOf(by: Token['proof'], clientSecret: string, key: SigningKey): ClientProof {
  if (by === 'nothing') return { by };
  return by === 'assertion' ? { by, key } : { by, clientSecret };
}
