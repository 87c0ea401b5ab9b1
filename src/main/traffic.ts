import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const QUIET_MS = 1_000; // A command's calls follow each other much faster.
const LOOK_MS = 50;

/** What a command of this process says it is, so that it does not wait for itself. */
export const OWN_AGENT = `rialto-command/${process.pid}`;

/**
 * Watches who else is being served. A command that owns the data folder for its own length is
 * found by others meanwhile: they must not lose it in the middle of their work.
 */
export function watchTraffic(server: FastifyInstance): { readonly quiet: () => Promise<void> } {
  const open = new Set<ServerResponse>();
  let lastAt = Number.NEGATIVE_INFINITY;
  server.server.on('request', (request: IncomingMessage, reply: ServerResponse) => {
    const lasting = request.url?.startsWith('/v1/stream') === true;
    if (request.headers['user-agent'] === OWN_AGENT || lasting) return;
    open.add(reply);
    lastAt = performance.now();
    reply.once('close', () => {
      open.delete(reply);
      lastAt = performance.now();
    });
  });
  return {
    async quiet() {
      while (open.size > 0 || performance.now() - lastAt < QUIET_MS) await sleep(LOOK_MS);
    },
  };
}
