import type { FastifyInstance } from 'fastify';
import { mainError } from './errors.ts';
import type { Settings } from './settings.ts';

/** Listens and answers the address to open. Fails with `main.port-in-use`. */
export async function listenOn(
  server: FastifyInstance,
  { host, port }: Pick<Settings, 'host' | 'port'>,
): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw mainError('conflict', 'main.port-in-use', `listening on ${host}:${port}`, {
      cause: error,
      remedy: `Stop what uses port ${port}, or choose another: npm start -- --port ${port + 1}`,
    });
  }
  const [first] = server.addresses();
  const bound = typeof first === 'object' ? first.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}
