import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError } from '#kernel';
import { startEmbedded } from './start-embedded.ts';
import type { Embedded } from './start-embedded.ts';

/** Names the place where a test asks for the run's PostgreSQL. */
export const CLUSTER_ADDRESS = 'RIALTO_TEST_CLUSTER';

/**
 * Vitest's global setup: promises one PostgreSQL per run, started when the first test asks for
 * it, so that runs without a database pay nothing.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-test-'));
  let cluster: Promise<Embedded> | undefined;
  const desk = createServer((_request, reply) => {
    cluster ??= startEmbedded({ folder, durable: false });
    cluster.then(
      ({ url }) => reply.end(url),
      (error: unknown) => reply.writeHead(500).end(describeError(error)),
    );
  });
  await new Promise<void>((resolve) => {
    desk.listen(0, '127.0.0.1', resolve);
  });
  const address = desk.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.env[CLUSTER_ADDRESS] = `http://127.0.0.1:${port}`;
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await cluster?.then((started) => started.stop()).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
}
