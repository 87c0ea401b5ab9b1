import type { FastifyReply, FastifyRequest } from 'fastify';
import { allows, findSession, sameToken } from '#access';
import type { Permission } from '#api-contract';
import { RialtoError } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { notAllowed, notSignedIn } from './errors.ts';
import type { ApiErrorCode } from './errors.ts';
import type { Principal, SessionCookie } from './route.ts';
import type { Services } from './services.ts';

/** Someone who has not signed in. */
export const NOBODY: Principal = { id: 'nobody', name: '', role: 'nobody', by: 'nobody' };

const BEARER = /^Bearer (.+)$/;

/** `__Host-` pins the cookie to this host, and browsers take it over https alone. */
const cookieName = (request: FastifyRequest): string =>
  request.protocol === 'https' ? '__Host-rialto' : 'rialto';

/** Who asks, by the bearer token of server.json or the browser's cookie. Undefined: nobody known. */
export async function findPrincipal(
  request: FastifyRequest,
  services: Services,
): Promise<Principal | undefined> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const bearer = BEARER.exec(authorization)?.[1] ?? '';
    if (!sameToken(bearer, services.ownerToken)) return undefined; // The cookie does not help then.
    return { id: 'command-line', name: 'Command line', role: 'administrator', by: 'bearer' };
  }
  const token = request.cookies[cookieName(request)];
  if (token === undefined) return undefined;
  const session = await findSession(services.database.kysely, services.clock, token);
  if (session === undefined) return undefined;
  return { ...session.person, by: 'cookie', expiresAt: session.expiresAt };
}

/** Lets through who may; refuses everyone else. */
export function requirePermission(
  principal: Principal | undefined,
  permission: Permission,
): Principal {
  if (principal === undefined) throw notSignedIn();
  if (!allows(principal.role, permission)) throw notAllowed(permission);
  return principal;
}

/**
 * Refuses a write that another site's page sends with this browser's cookie. The cookie is
 * SameSite=Strict already; this holds when a site on the same registrable domain turns hostile.
 */
export function requireOwnOrigin(request: FastifyRequest): void {
  const { origin, authorization } = request.headers;
  if (authorization !== undefined && BEARER.test(authorization)) return; // No page adds that.
  const own = `${request.protocol}://${request.host}`;
  const sameSite = request.headers['sec-fetch-site'] === 'same-origin';
  if (origin === own || (origin === undefined && sameSite)) return;
  throw new RialtoError<ApiErrorCode>(
    'forbidden',
    'api.foreign-origin',
    'changing something on behalf of another site',
    { remedy: `Send the request from a page at ${own}, or with a bearer token.` },
  );
}

/** Whether the call carries any cookie, ours or not. */
export const bringsCookie = (request: FastifyRequest): boolean =>
  request.headers.cookie !== undefined;

/** The cookie of this call: HttpOnly, SameSite=Strict, and Secure where the call came over https. */
export function cookieOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { clock }: Services,
): SessionCookie {
  const secure = request.protocol === 'https';
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  const name = cookieName(request);
  return {
    token: request.cookies[name],
    set: (token, expiresAt) => {
      const lifeMs = millisecondsOf(expiresAt) - millisecondsOf(clock());
      reply.setCookie(name, token, { ...attributes, maxAge: Math.floor(lifeMs / 1000) });
    },
    clear: () => {
      reply.clearCookie(name, attributes);
    },
  };
}
