import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RialtoError } from '#kernel';
import type { ApiErrorCode } from './errors.ts';
import { BY_ANYONE } from './openapi.ts';
import { callOf } from './register.ts';
import { NOBODY } from './principal.ts';
import type { Services } from './services.ts';

const BODY_BYTES_MAX = 1_048_576;
const DELIVERIES_PER_MINUTE = 3_000; // From one address, to one integration.
const TOKEN = /^[\x20-\x7e]{1,1000}$/;
const STATUS = { accepted: 202, repeat: 200 } as const;
const Taken = z.strictObject({ ok: z.literal(true) });
const Params = z.strictObject({ integration: z.string().max(100) });

const SUMMARY = 'Takes in what a system tells of by itself.';
const DESCRIPTION =
  "Permission: public; whoever bears the integration's proof may, by its signature or token. " +
  'Kept in the audit log as webhooks.received, in the transaction that keeps the delivery and the ' +
  'work it asks for. 202: taken; 200: known already; 401: refused, without saying why.';

/**
 * Serves POST /v1/webhooks/:integration. It has no session and no origin: its proof is in the
 * request, over the very bytes of the body, so that is not parsed before.
 */
export async function addWebhooks(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    own.post(
      '/v1/webhooks/:integration',
      {
        bodyLimit: BODY_BYTES_MAX,
        config: {
          rateLimit: {
            max: DELIVERIES_PER_MINUTE,
            timeWindow: 60_000,
            keyGenerator: (request: FastifyRequest) => `webhook ${request.ip} ${request.url}`,
          },
        },
        schema: {
          operationId: 'receiveWebhook',
          summary: SUMMARY,
          description: DESCRIPTION,
          params: Params,
          security: BY_ANYONE,
          response: { 200: Taken, 202: Taken },
        },
      },
      async (request, reply) => receive(request, reply, services),
    );
  });
}

async function receive(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
): Promise<FastifyReply> {
  const { integration } = Params.parse(request.params);
  const { webhooks } = services;
  const token = await handshake(request, integration, services);
  if (token !== undefined) return reply.code(200).type('text/plain; charset=utf-8').send(token);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const call = callOf(request, NOBODY, services);
  const received = await webhooks.receive(integration, { headers: headersOf(request), body }, call);
  switch (received.kind) {
    case 'accepted':
    case 'repeat':
      return reply.code(STATUS[received.kind]).send({ ok: true });
    case 'refused':
      request.log.info({ traceId: request.id, integration }, 'api.webhook-refused');
      throw refused();
    case 'unreadable':
      throw new RialtoError<ApiErrorCode>('invalid', 'api.invalid-request', 'reading a delivery', {
        remedy: `Its proof is good, but ${received.reason}.`,
      });
  }
}

/** A system proves an address by a word that is sent back; plain text, and nothing but letters. */
async function handshake(
  { query }: FastifyRequest,
  integration: string,
  { webhooks }: Services,
): Promise<string | undefined> {
  const asked = z.record(z.string(), z.unknown()).safeParse(query).data ?? {};
  if (Object.keys(asked).length === 0) return undefined;
  const parameter = await webhooks.handshakeOf(integration);
  const token = parameter === undefined ? undefined : asked[parameter];
  if (typeof token !== 'string') return undefined;
  if (!TOKEN.test(token)) throw refused();
  return token;
}

function headersOf({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

const refused = (): RialtoError<ApiErrorCode> =>
  new RialtoError('unauthenticated', 'api.webhook-refused', 'taking in a delivery', {
    remedy: 'Check the address, the secret, the clock and how the sender signs.',
  });
