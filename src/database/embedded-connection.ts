import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** What a socket's path may be long in bytes, wherever we run (Linux takes 107, macOS 103). */
const PATH_BYTES_MAX = 103;

/**
 * Whether PostgreSQL can be spoken to by a socket in the folder: half the work of TCP, and open to
 * its own user alone.
 */
export const fitsSocket = (folder: string): boolean =>
  process.platform !== 'win32' &&
  Buffer.byteLength(join(folder, '.s.PGSQL.65535')) <= PATH_BYTES_MAX;

/** Clears sockets that a killed server left: their lock may name what is a stranger's number now. */
export function clearSockets(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.s.PGSQL.')) rmSync(join(folder, name), { force: true });
  }
}

/** Its address; by its socket where it has one. */
export function addressOf({ port, password }: Connection, socketFolder?: string): string {
  const tcp = `postgresql://rialto:${password}@127.0.0.1:${port}/postgres`;
  return socketFolder === undefined ? tcp : `${tcp}?host=${encodeURIComponent(socketFolder)}`;
}
