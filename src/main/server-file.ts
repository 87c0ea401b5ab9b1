import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How programs of this machine find the running Rialto of a data folder. Readable by its owner. */
export const ServerFile = z.object({
  pid: z.number().int(),
  address: z.string(),
  token: z.string(),
});
export type ServerFile = Readonly<z.infer<typeof ServerFile>>;

const fileIn = (dataDir: string): string => join(dataDir, 'server.json');

/** Writes it whole or not at all. */
export function writeServerFile(dataDir: string, content: ServerFile): void {
  const unfinished = `${fileIn(dataDir)}.unfinished`;
  writeFileSync(unfinished, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(unfinished, fileIn(dataDir));
}

export function removeServerFile(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** The running server's, as far as the file knows. Undefined: none, or unreadable. */
export function readServerFile(dataDir: string): ServerFile | undefined {
  try {
    return ServerFile.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}
