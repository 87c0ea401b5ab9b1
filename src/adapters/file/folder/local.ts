import { constants, watch } from 'node:fs';
import { mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { checked, sayCheck } from '#adapter-kit/checks';
import type { ConnectionCheck } from '#adapter-kit';
import { describeError } from '#kernel';
import { fileError } from '../errors.ts';
import { say } from '../sentences.ts';
import type { Entry, Folder, FolderSource, Look, OpenFile } from './folder.ts';

/** A folder of this machine, or one that it has mounted. */
export function localFolder(folder: string): FolderSource {
  return {
    shown: folder,
    sharesClock: true,
    // oxlint-disable-next-line typescript/require-await -- other folders have to connect first.
    open: async () => folderAt(folder),
    check: async () => [await checkFolder(folder)],
    watch: (onStir) => watchFolder(folder, onStir),
  };
}

/** Not every file system tells: whoever relies on it looks now and then as well. */
function watchFolder(folder: string, onStir: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, onStir);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

function folderAt(folder: string): Folder {
  return {
    open: async (file) => await openInside(folder, file),
    look: async (file) => await lookInside(folder, file),
    list: async (under) => await listInside(folder, under),
    async put(file, content) {
      const handle = await open(await placeFor(folder, file), 'wx', 0o660).catch(
        alreadyThere(file),
      );
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async rename(from, to) {
      const target = await placeFor(folder, to);
      await rename(await placeFor(folder, from), target);
      await syncFolder(path.dirname(target));
    },
    async remove(file) {
      await rm(await placeFor(folder, file), { force: true });
    },
    async make(under) {
      const [first = '', ...rest] = under.split('/');
      let at = first;
      await mkdir(await placeFor(folder, at)).catch(ignore('EEXIST'));
      for (const step of rest) {
        at = `${at}/${step}`;
        await mkdir(await placeFor(folder, at)).catch(ignore('EEXIST'));
      }
    },
    close: async () => await Promise.resolve(),
  };
}

async function checkFolder(folder: string): Promise<ConnectionCheck> {
  const check = sayCheck('folder', {});
  try {
    const isFolder = (await stat(folder)).isDirectory();
    const told = isFolder ? sayCheck('value', { value: folder }) : say('no-folder', { folder });
    return checked(check, isFolder, told);
  } catch (error) {
    return checked(check, false, say('not-opened', { folder, why: describeError(error) }));
  }
}

/** Opens a regular file inside the folder. Links are followed, yet never out of the folder. */
async function openInside(folder: string, file: string): Promise<OpenFile | undefined> {
  try {
    const real = await realInside(folder, file);
    // Not to follow a link put there meanwhile, nor to wait for the writer of a pipe.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = await open(real, flags);
    const look = await lookAt(handle);
    if (look !== undefined) return openFile(handle, look);
    await handle.close();
    throw fileError('invalid', 'file.not-readable', `opening ${file}`, {
      remedy: `${file} is no regular file.`,
    });
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw refusedOr(error, folder, file);
  }
}

async function lookInside(folder: string, file: string): Promise<Look | undefined> {
  try {
    const found = await stat(await realInside(folder, file), { bigint: true });
    return found.isFile() ? lookOf(found) : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw refusedOr(error, folder, file);
  }
}

async function listInside(folder: string, under: string): Promise<readonly Entry[]> {
  const names = await realInside(folder, under)
    .then(async (real) => await readdir(real))
    .catch(ignore('ENOENT'));
  const entries: Entry[] = [];
  for (const name of (names ?? []).toSorted()) {
    const look = await lookInside(folder, under === '' ? name : `${under}/${name}`);
    if (look !== undefined) entries.push({ name, ...look });
  }
  return entries;
}

const openFile = (handle: FileHandle, look: Look): OpenFile => ({
  ...look,
  async read(into, at, length, offset) {
    let read = 0;
    while (read < length) {
      const { bytesRead } = await handle.read(into, at + read, length - read, offset + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return read;
  },
  look: async () => await lookAt(handle),
  close: async () => await handle.close(),
});

async function lookAt(handle: FileHandle): Promise<Look | undefined> {
  const found = await handle.stat({ bigint: true });
  return found.isFile() ? lookOf(found) : undefined;
}

const lookOf = (found: { ino: bigint; size: bigint; mtimeMs: bigint; mtimeNs: bigint }): Look => ({
  size: Number(found.size),
  changedMs: Number(found.mtimeMs),
  edition: `${found.ino}-${found.size}-${found.mtimeNs}`,
});

/** Where something that is there really is. Fails when that is not inside the folder. */
async function realInside(folder: string, file: string): Promise<string> {
  const root = await realpath(folder);
  const real = await realpath(path.join(root, file));
  if (real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) {
    return real;
  }
  throw fileError('forbidden', 'file.outside-folder', `opening ${file}`, {
    remedy: `${file} leads out of ${folder}. Put the file itself into the folder.`,
  });
}

/** Where something that need not be there would be: its parent is, inside the folder. */
async function placeFor(folder: string, file: string): Promise<string> {
  try {
    return path.join(await realInside(folder, path.dirname(file)), path.basename(file));
  } catch (error) {
    throw refusedOr(error, folder, file);
  }
}

/** Without it a rename may be lost when the machine stops. Not every system has it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function refusedOr(error: unknown, folder: string, file: string): unknown {
  if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EPERM') return error;
  return fileError('forbidden', 'file.not-readable', `opening ${file}`, {
    cause: error,
    remedy: `Let the account Rialto runs under use ${path.join(folder, file)}.`,
  });
}

const alreadyThere =
  (file: string) =>
  (error: unknown): never => {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw fileError('conflict', 'file.already-there', `writing ${file}`, {
      cause: error,
      remedy: 'Something else put a file there. Look at it, then take it away.',
    });
  };

const ignore =
  (code: string) =>
  (error: unknown): undefined => {
    if (codeOf(error) !== code) throw error;
  };

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
