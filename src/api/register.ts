import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { assert } from '#kernel';
import type { Booked, Booking } from './bookings.ts';
import { errorFrom } from './failure.ts';
import { actionOf, audited, codeOf, keepEvent, subjectOf } from './keep-event.ts';
import type { Call } from './keep-event.ts';
import { BY_ANYONE } from './openapi.ts';
import {
  bringsCookie,
  cookieOf,
  findPrincipal,
  NOBODY,
  requireOwnOrigin,
  requirePermission,
} from './principal.ts';
import type { Principal, Route } from './route.ts';
import type { Services } from './services.ts';
import type { Streams } from './stream.ts';
import { requireWritable } from './writable.ts';

/** Tries a minute from one address, before anyone has signed in. */
export const SIGN_INS_PER_MINUTE = 10;

/** The same key with the same request happens once, and gets the same answer. */
const Once = z.looseObject({ 'idempotency-key': z.string().max(200).optional() });

/** Who was let in, until the route is asked. */
const admitted = new WeakMap<FastifyRequest, Principal>();

/** Puts one route of the contract on the server: who may, what is kept, which schemas hold. */
export function addRoute(
  app: FastifyInstance,
  route: Route,
  services: Services,
  streams: Streams,
): void {
  const { method, path, params, query, body, reply } = route.shape;
  const sends = method === 'POST' || method === 'PUT';
  app.route({
    method,
    url: path,
    ...(route.bodyBytesMax === undefined ? {} : { bodyLimit: route.bodyBytesMax }),
    schema: {
      operationId: route.name,
      summary: route.summary,
      description: descriptionOf(route),
      ...(route.permission === 'public' ? { security: BY_ANYONE } : {}),
      params,
      querystring: query,
      ...(route.once === true ? { headers: Once } : {}),
      ...(sends ? { body: z.preprocess((sent) => sent ?? {}, body) } : {}),
      response: { 200: reply },
    },
    ...(route.permission === 'public' && method === 'POST'
      ? { config: { rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: 60_000 } } }
      : {}),
    onRequest: async (request) => {
      // Without a cookie nobody's session is misused: who asks is told to sign in, not where from.
      const open = route.permission === 'public';
      if (method !== 'GET' && (open || bringsCookie(request))) requireOwnOrigin(request);
    },
    // Before the request is checked: who may not ask learns nothing of how one asks.
    preValidation: async (request) => {
      admitted.set(request, await admit(request, route, services));
      requireWritable(request.params, 'params');
      requireWritable(request.query, 'querystring');
      requireWritable(request.body, 'body');
    },
    handler: async (request, answer) => {
      const principal = admitted.get(request);
      assert(principal !== undefined, 'nobody comes in unseen');
      const call = callOf(request, principal, services);
      const told = {
        params: request.params,
        query: request.query,
        body: request.body,
        principal,
        address: request.ip,
        traceId: request.id,
        idempotencyKey: keyOf(request.headers['idempotency-key']),
      };
      const apart = route.book === undefined ? undefined : bookApart(route, call, told);
      if (apart !== undefined) return await sendText(answer, apart);
      const asked = {
        ...told,
        cookie: cookieOf(request, answer, services),
        endStreams: (personId: string) => streams.endOf(personId),
      };
      try {
        return await audited(route.audit, call, (keeper) =>
          route.handle({ ...asked, ...keeper }, services),
        );
      } catch (error) {
        // Fastify sends what is no error as if it were an answer.
        throw error instanceof Error ? error : new Error('what was thrown is no error');
      }
    },
  });
}

/** The reply of a booking that another thread runs. Undefined: it is to be run here. */
function bookApart(
  { name }: Route,
  { services, ...call }: ReturnType<typeof callOf>,
  told: Record<string, unknown>,
): Promise<Booked> | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape's schemas passed its parts.
  return services.runApart?.({ name, call, asked: told as Booking['asked'] });
}

/** Sends a reply that is text already, or throws why there is none. */
async function sendText(answer: FastifyReply, booked: Promise<Booked>): Promise<string> {
  const done = await booked;
  if ('failure' in done) throw errorFrom(done.failure);
  answer.header('content-type', 'application/json; charset=utf-8');
  return done.reply;
}

const keyOf = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && header !== '' ? header.slice(0, 200) : undefined;

/** A call as the audit log sees it. */
export const callOf = (
  request: FastifyRequest,
  principal: Principal,
  services: Services,
): Call & { readonly services: Services } => ({
  services,
  actor: principal.id,
  route: `${request.method} ${request.routeOptions.url ?? ''}`,
  subject: subjectOf(request.params, request.body),
  traceId: request.id,
});

/** Who asks, when they may. A known person who may not is kept in the log, where the route is. */
async function admit(
  request: FastifyRequest,
  route: Route,
  services: Services,
): Promise<Principal> {
  const principal = await findPrincipal(request, services);
  if (route.permission === 'public') return principal ?? NOBODY;
  try {
    return requirePermission(principal, route.permission);
  } catch (error) {
    if (principal !== undefined) {
      const details = { code: codeOf(error) };
      await keepEvent(route.audit, callOf(request, principal, services), 'failed', { details });
    }
    throw error;
  }
}

function descriptionOf({ permission, audit, errors }: Route): string {
  const action = actionOf(audit);
  return [
    `Permission: ${permission}.`,
    ...(action === undefined ? [] : [`Kept in the audit log as ${action}.`]),
    ...(errors.length === 0 ? [] : [`Errors of its own: ${errors.join(', ')}.`]),
  ].join(' ');
}
