import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sameToken } from '#access';
import { RialtoError } from '#kernel';
import type { ApiErrorCode } from './errors.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';

const REQUESTS_PER_MINUTE = 600;
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Headers, cookies, the pace limit, and the guard against names that others point at us. */
export async function addSecurity(
  app: FastifyInstance,
  services: Services,
  own: 'any' | readonly string[], // Addresses answered beside this machine's names.
): Promise<void> {
  await app.register(cookie);
  const headers = securityHeaders();
  app.addHook('onRequest', (_, { raw }, done) => {
    for (const [name, value] of headers) raw.setHeader(name, value);
    done();
  });
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    allowList: (request) =>
      isOwner(request.headers.authorization, services) || isFileOfTheApp(request),
    errorResponseBuilder: (_, { ttl }) =>
      new RialtoError<ApiErrorCode>(
        'limited',
        'api.too-many-requests',
        'keeping up with requests',
        {
          retryAfterMs: ttl,
          remedy: `Wait ${Math.ceil(ttl / 1000)} s.`,
        },
      ),
  });
  if (own === 'any') return;
  const names = new Set([...LOCAL_HOSTS, ...own.map((address) => new URL(address).hostname)]);
  app.addHook('onRequest', (request, _, done) => {
    if (names.has(request.hostname)) return done();
    done(
      new RialtoError<ApiErrorCode>(
        'forbidden',
        'api.wrong-host',
        `answering as '${request.hostname.slice(0, 100)}'`,
        { remedy: 'Use http://localhost; to serve other machines start with --host.' },
      ),
    );
  });
}

/** A page is made of dozens of files: a browser that has none of them yet is not too many requests. */
const isFileOfTheApp = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.url?.startsWith('/assets/') === true;

const isOwner = (authorization: string | undefined, services: Services): boolean =>
  authorization !== undefined && sameToken(authorization, `Bearer ${services.ownerToken}`);
