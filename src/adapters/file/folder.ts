import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from './errors.ts';

/** A file held open, with what it looked like when opened. */
export type OpenFile = {
  readonly handle: FileHandle;
  readonly size: number;
  readonly changedMs: number; // Milliseconds since 1970 UTC, by the file system's clock.
  readonly edition: string; // Changes whenever someone writes to the file or replaces it.
};

/**
 * Opens a regular file inside the folder, for reading. Links are followed, yet never out of the
 * folder. Undefined: it is not there.
 */
export async function openInside(folder: string, file: string): Promise<OpenFile | undefined> {
  try {
    const root = await realpath(folder);
    const real = await realpath(path.join(root, file));
    if (!real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) {
      throw fileError('forbidden', 'file.outside-folder', `opening ${file}`, {
        remedy: `${file} leads out of ${folder}. Put the file itself into the folder.`,
      });
    }
    // Not to follow a link put there meanwhile, nor to wait for the writer of a pipe.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = await open(real, flags);
    const look = await lookAt(handle);
    if (look !== undefined) return { handle, ...look };
    await handle.close();
    throw fileError('invalid', 'file.not-readable', `opening ${file}`, {
      remedy: `${file} is no regular file.`,
    });
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') {
      throw fileError('forbidden', 'file.not-readable', `opening ${file}`, {
        cause: error,
        remedy: `Let the account Rialto runs under read ${path.join(folder, file)}.`,
      });
    }
    throw error;
  }
}

/** Looks at an open file again. Undefined: not a regular file. */
export async function lookAt(
  handle: FileHandle,
): Promise<{ size: number; changedMs: number; edition: string } | undefined> {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) return undefined;
  return {
    size: Number(stat.size),
    changedMs: Number(stat.mtimeMs),
    edition: `${stat.ino}-${stat.size}-${stat.mtimeNs}`,
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
