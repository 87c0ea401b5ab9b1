import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notThere } from './errors.ts';

const YEAR_S = 31_536_000;

/**
 * Serves the built web app. A page of its own making (`/suppliers/…`) is answered with index.html;
 * a missing file or API path stays a 404.
 */
export async function serveWebApp(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = path.includes('/assets/');
        reply.header('cache-control', hashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request)) throw notThere('api.no-such-page', request.url.slice(0, 200));
    if (!built) return notBuilt(reply);
    return reply.sendFile('index.html');
  });
}

function isPage(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? '';
  const asksHtml = (request.headers.accept ?? '').includes('text/html');
  return request.method === 'GET' && asksHtml && !path.startsWith('/v1/');
}

function notBuilt(reply: FastifyReply): FastifyReply {
  const text = 'The web app is not built yet: run `npm start`, or use the command line.\n';
  return reply.code(503).type('text/plain; charset=utf-8').send(text);
}
