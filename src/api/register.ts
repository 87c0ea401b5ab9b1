import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { openSession, useSignInLink } from '#access';
import { EXPORTS } from '#api-contract';
import { appendEvent } from '#audit';
import { transact } from '#database';
import { millisecondsOf } from '#kernel/time';
import { notSignedIn } from './errors.ts';
import { ALL_EXPORTS, csvStream } from './exports.ts';
import { cookieName, findPrincipal, requireOwnOrigin, requirePermission } from './principal.ts';
import type { Principal, Route, SessionCookie } from './route.ts';
import type { Services } from './services.ts';
import { openStream } from './stream.ts';

const SIGN_INS_PER_MINUTE = 10;
const NOBODY = 'nobody';

/** Puts one route of the contract on the server: who may, what is kept, which schemas hold. */
export function addRoute(app: FastifyInstance, route: Route, services: Services): void {
  const { method, path, params, query, body, reply } = route.shape;
  app.route({
    method,
    url: path,
    schema: {
      operationId: route.name,
      summary: route.summary,
      description: `Permission: ${route.permission}.`,
      params,
      querystring: query,
      ...(method === 'POST' ? { body: z.preprocess((sent) => sent ?? {}, body) } : {}),
      response: { 200: reply },
    },
    ...(route.permission === 'public' && method === 'POST'
      ? { config: { rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: 60_000 } } }
      : {}),
    onRequest: async (request) => {
      if (method !== 'GET') requireOwnOrigin(request);
    },
    handler: async (request, answer) => {
      const principal = await admit(request, route, services);
      const cookie = cookieOf(request, answer, services);
      const asked = { ...partsOf(request), principal, cookie, traceId: request.id };
      return recorded(route, { services, request, principal }, () => route.handle(asked, services));
    },
  });
}

/** The routes that answer with something else than JSON. */
export function addDownloads(app: FastifyInstance, services: Services): void {
  const { database, clock } = services;
  for (const each of ALL_EXPORTS) {
    const { path, query } = EXPORTS[each.name];
    const schema = {
      operationId: each.name,
      summary: 'The same list as CSV, all pages of it.',
      description: 'Permission: records:export.',
      querystring: query,
    };
    app.get(path, { schema }, async (request, reply) => {
      const principal = await findPrincipal(request, services);
      requirePermission(principal, 'records:export');
      const records = await each.query(
        database.kysely,
        Object.fromEntries(new URL(request.url, 'http://x').searchParams),
      );
      const file = path.split('/').at(-2) ?? 'export';
      reply.header('content-disposition', `attachment; filename="${file}.csv"`);
      return reply.type('text/csv; charset=utf-8').send(csvStream(database.kysely, each, records));
    });
  }
  app.get('/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
  const streams = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of streams) end();
  });
  app.get('/v1/stream', { schema: { hide: true } }, async (request, reply) => {
    requirePermission(await findPrincipal(request, services), 'records:read');
    openStream(reply, services, streams);
  });
  const signIn = z.object({ token: z.string().max(200) });
  app.get(
    '/sign-in',
    {
      schema: { hide: true },
      config: { rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: 60_000 } },
    },
    async (request, reply) => {
      const { success, data } = signIn.safeParse(request.query);
      const person = success ? await useSignInLink(database.kysely, clock, data.token) : undefined;
      if (person === undefined) return usedUp(reply);
      const { token, session } = await openSession(database.kysely, clock, person);
      cookieOf(request, reply, services).set(token, session.expiresAt);
      return reply.redirect('/', 303);
    },
  );
}

const UNKNOWN: Principal = { id: NOBODY, name: '', role: NOBODY, by: 'cookie' };

async function admit(
  request: FastifyRequest,
  route: Route,
  services: Services,
): Promise<Principal> {
  const principal = await findPrincipal(request, services);
  if (route.permission === 'public') return principal ?? UNKNOWN;
  return requirePermission(principal, route.permission);
}

function partsOf(request: FastifyRequest): Record<'params' | 'query' | 'body', unknown> {
  return { params: request.params, query: request.query, body: request.body };
}

/** Keeps in the audit log what was done or tried, when the route says so. */
async function recorded(
  route: Route,
  call: {
    readonly services: Services;
    readonly request: FastifyRequest;
    readonly principal: Principal;
  },
  run: () => Promise<unknown>,
): Promise<unknown> {
  if (!('record' in route.audit)) return run();
  const { services, request, principal } = call;
  const action = route.audit.record;
  const keep = (outcome: 'done' | 'failed'): Promise<bigint> =>
    transact(services.database, (transaction) =>
      appendEvent(transaction, {
        at: services.clock(),
        actor: principal.id,
        action,
        outcome,
        subject: subjectOf(request),
        details: {},
        traceId: request.id,
      }),
    );
  try {
    const reply = await run();
    await keep('done');
    return reply;
  } catch (error) {
    await keep('failed').catch(() => undefined); // The first failure is the one to report.
    throw error;
  }
}

/** What the path or the body names. */
function subjectOf(request: FastifyRequest): string {
  const Named = z.object({ id: z.string().optional(), name: z.string().optional() });
  for (const part of [request.params, request.body]) {
    const { data } = Named.safeParse(part);
    const subject = data?.id ?? data?.name;
    if (subject !== undefined) return subject.slice(0, 200);
  }
  return '';
}

function cookieOf(
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

function usedUp(reply: FastifyReply): FastifyReply {
  const { remedy = '' } = notSignedIn();
  const text = `This link was used already, or is older than half an hour.\n${remedy}\n`;
  return reply.code(401).type('text/plain; charset=utf-8').send(text);
}
