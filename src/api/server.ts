import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { describeError } from '#kernel';
import { ALL_ROUTES } from './all-routes.ts';
import { problemOf } from './problem.ts';
import { addDownloads } from './downloads.ts';
import { addSignInLink } from './open-link.ts';
import { openApiOptions } from './openapi.ts';
import { addRoute } from './register.ts';
import { addSecurity } from './security.ts';
import type { Services } from './services.ts';
import { addStream } from './stream.ts';
import { addWebhooks } from './receive-webhook.ts';
import { serveWebApp } from './web-app.ts';

/** How the server runs. */
export type ServerSettings = {
  readonly services: Services;
  readonly logger?: FastifyBaseLogger;
  readonly webFolder?: string; // The built web app. Absent: the API alone.
  readonly hosts?: 'local' | 'any'; // 'local' answers to the names of this machine only.
  readonly publicUrl?: string; // Where a proxy on this machine serves us, as 'https://rialto.example'.
};

const BODY_BYTES_MAX = 1_000_000;

/** Builds the HTTP server; the caller listens, or injects. Closing it ends every open stream. */
export async function createServer(settings: ServerSettings): Promise<FastifyInstance> {
  const { services, logger, webFolder, hosts = 'local', publicUrl } = settings;
  const app: FastifyInstance = Fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    genReqId: () => randomUUID().replaceAll('-', ''),
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    // Then the caller's address, host and https are what the proxy says they are.
    trustProxy: publicUrl === undefined ? false : 'loopback',
  });
  app.removeContentTypeParser('text/plain'); // Bodies are JSON; anything else is told so (415).
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-trace-id', request.id);
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler(async (error, request, reply) => sendProblem(error, request, reply));
  await addSecurity(app, services, hosts === 'any' ? 'any' : [publicUrl ?? 'http://localhost']);
  await app.register(swagger, openApiOptions(services.version));
  const streams = addStream(app, services);
  for (const route of ALL_ROUTES) addRoute(app, route, services, streams);
  addDownloads(app, services);
  addSignInLink(app, services);
  await addWebhooks(app, services);
  app.get('/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await serveWebApp(app, webFolder);
  await app.ready();
  return app;
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.id);
  logProblem(request, problem.status, error);
  if (problem.retryAfterMs !== undefined) {
    reply.header('retry-after', Math.ceil(problem.retryAfterMs / 1000));
  }
  reply.code(problem.status).header('content-type', 'application/problem+json; charset=utf-8');
  return reply.header('x-trace-id', request.id).serializer(JSON.stringify).send(problem);
}

function logProblem(request: FastifyRequest, status: number, error: unknown): void {
  const fields = { traceId: request.id, method: request.method, status };
  const said = describeError(error);
  if (status >= 500) request.log.error({ ...fields, stack: stackOf(error) }, said);
  else request.log.info(fields, said);
}

const stackOf = (error: unknown): string | undefined =>
  error instanceof Error ? error.stack : undefined;
