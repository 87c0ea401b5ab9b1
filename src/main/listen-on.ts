import { once } from 'node:events';
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { mainError } from './errors.ts';
import { codeOf } from './folder-error.ts';
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
  const code = codeOf(error);
  const doing = `listening on ${host}:${port}`;
  if (code === 'EADDRINUSE') {
    return mainError('conflict', 'main.port-in-use', doing, {
      cause: error,
      remedy: `Stop what uses port ${port}, or choose another: npm start -- --port ${port + 1}`,
    });
  }
  if (code === 'EACCES') {
    return mainError('conflict', 'main.port-in-use', doing, {
      cause: error,
      remedy: 'This port is kept for others. Choose one from 1024 up: npm start -- --port 4600',
    });
  }
  if (!['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'].includes(code)) return error;
  return mainError('invalid', 'main.bad-setting', doing, {
    cause: error,
    remedy: 'Correct --host: it must be a name or an address of this machine, as localhost.',
  });
}
