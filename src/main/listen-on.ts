import { once } from 'node:events';
import { createServer } from 'node:net';
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
    throw listenError(error, host, port);
  }
  const [first] = server.addresses();
  const bound = typeof first === 'object' ? first.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

/** Listens for a moment, so that a start that cannot succeed ends before it has begun. */
export async function checkPort({ host, port }: Pick<Settings, 'host' | 'port'>): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ host, port });
    await once(probe, 'listening');
  } catch (error) {
    throw listenError(error, host, port);
  }
  probe.close();
  await once(probe, 'close');
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  return mainError('conflict', 'main.port-in-use', `listening on ${host}:${port}`, {
    cause: error,
    remedy: `Stop what uses port ${port}, or choose another: npm start -- --port ${port + 1}`,
  });
}
