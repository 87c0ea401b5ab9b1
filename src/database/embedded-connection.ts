import { readFileSync, renameSync, writeFileSync } from 'node:fs';
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
