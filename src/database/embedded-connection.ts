import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Where the embedded PostgreSQL listened last, and the password that it was made with. */
export type Connection = { readonly port: number; readonly password: string };

/** Reads it. */
export function readConnection(folder: string): Connection {
  const path = join(folder, 'connection.json');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by us alone.
  return JSON.parse(readFileSync(path, 'utf8')) as Connection;
}

/** Writes it whole or not at all. */
export function writeConnection(folder: string, connection: Connection): void {
  const path = join(folder, 'connection.json');
  writeFileSync(`${path}.new`, JSON.stringify(connection), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** The port of last time when nobody sits there, else any free one. */
export async function freePort(connection: Connection): Promise<number> {
  return (await tryPort(connection.port)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      probe.close(() => resolve(found));
    });
  });
}
