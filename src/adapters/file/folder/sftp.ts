import { posix } from 'node:path';
import { checked, failedCheck, sayCheck } from '#adapter-kit/checks';
import type { ConnectionCheck } from '#adapter-kit';
import { describeError, RialtoError } from '#kernel';
import { fileError } from '../errors.ts';
import type { Entry, Folder, FolderSource, Look, OpenFile } from './folder.ts';
import { callsOf, codeOf, NO_SUCH_FILE, PERMISSION_DENIED } from './sftp-calls.ts';
import type { Found, SftpCalls } from './sftp-calls.ts';
import { addressOf } from './sftp-connect.ts';
import type { SftpSettings } from './sftp-connect.ts';
import { keepSession } from './sftp-session.ts';
import type { KeptSession } from './sftp-session.ts';

const ANSWER_MS_MAX = 30_000;
const READ_MAX = 32_768; // One request; many are under way at once.
const TRIES = 3; // To go on reading after the connection broke.

/** A folder on a server, over SFTP. */
export function sftpFolder(settings: SftpSettings): FolderSource {
  const kept = keepSession(settings);
  const { host, port, user, path, answerMsMax = ANSWER_MS_MAX } = settings;
  const shown = `sftp://${user}@${host}:${port}/${path.replace(/^\//, '')}`;
  const open = async (stop: AbortSignal): Promise<Folder> => {
    const leave = kept.enter();
    const calls = async (): Promise<SftpCalls> => callsOf(await kept.session(stop), answerMsMax);
    const at: Place = { path, shown, calls, stop };
    try {
      await rootOf(at);
      return folderAt(at, leave);
    } catch (error) {
      leave();
      throw error;
    }
  };
  return { shown, sharesClock: false, open, check: (stop) => check(settings, kept, open, stop) };
}

type Place = {
  readonly path: string;
  readonly shown: string;
  readonly calls: () => Promise<SftpCalls>; // Of the session there is now, or a new one.
  readonly stop: AbortSignal;
};

type Step = 'address' | 'host-key' | 'sign-in' | 'folder';

async function check(
  settings: SftpSettings,
  kept: KeptSession,
  open: FolderSource['open'],
  stop: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const { host, port, user, hostKey, path } = settings;
  const steps: readonly (readonly [Step, string, () => Promise<unknown>])[] = [
    ['address', host, async () => await addressOf(settings)],
    ['host-key', hostKey, async () => await kept.session(stop)],
    ['sign-in', `${user} at ${host}:${port}`, async () => await kept.session(stop)],
    ['folder', path, async () => await (await open(stop)).close()],
  ];
  const checks: ConnectionCheck[] = [];
  const leave = kept.enter();
  try {
    for (const [name, detail, step] of steps) {
      const failed = await step().then(
        () => undefined,
        (error: unknown) => error,
      );
      // A key that matches and a sign-in that fails are two things, though one step shows both.
      const later = name === 'host-key' && isCode(failed, 'file.sftp-sign-in');
      const ok = failed === undefined || later;
      const isAway = name === 'host-key' && isCode(failed, 'file.sftp-not-reached');
      const looked = sayCheck(isAway ? 'connection' : name, {});
      checks.push(
        ok
          ? checked(looked, true, sayCheck('value', { value: detail }))
          : failedCheck(looked, failed),
      );
      if (!ok) break;
    }
  } finally {
    leave();
  }
  return checks;
}

function folderAt(at: Place, leave: () => void): Folder {
  return {
    open: async (file) => await openFile(at, file),
    look: async (file) => {
      const found = await statOf(at, file);
      return found?.isFile === true ? lookOf(found) : undefined;
    },
    list: async (under) => await listOf(at, under),
    put: async (file, content) => await put(at, file, content),
    async rename(from, to) {
      const calls = await at.calls();
      const [source, target] = [await placeFor(at, from), await placeFor(at, to)];
      await calls.rename(source, target).catch(refused(at, from));
    },
    async remove(file) {
      const calls = await at.calls();
      await calls.unlink(await placeFor(at, file)).catch((error: unknown) => {
        if (codeOf(error) !== NO_SUCH_FILE) throw refusal(at, file, error);
      });
    },
    async make(under) {
      for (const [count] of under.split('/').entries()) {
        const step = under
          .split('/')
          .slice(0, count + 1)
          .join('/');
        if ((await statOf(at, step)) !== undefined) continue;
        const calls = await at.calls();
        await calls.mkdir(await placeFor(at, step)).catch(refused(at, step));
      }
    },
    close: async () => await Promise.resolve(leave()),
  };
}

type Opened = { readonly calls: SftpCalls; readonly handle: Buffer; readonly found: Found };

async function openFile(at: Place, file: string): Promise<OpenFile | undefined> {
  const path = await realInside(at, file);
  if (path === undefined) return undefined;
  const begin = async (): Promise<Opened> => {
    const calls = await at.calls();
    const handle = await calls.open(path, 'r');
    return { calls, handle, found: await calls.fstat(handle) };
  };
  const first = await begin().catch((error: unknown) => {
    if (codeOf(error) === NO_SUCH_FILE) return undefined;
    throw refusal(at, file, error);
  });
  if (first === undefined) return undefined;
  let now = first;
  const look = lookOf(now.found);
  if (!now.found.isFile) {
    await now.calls.close(now.handle).catch(() => undefined);
    throw fileError('invalid', 'file.not-readable', `opening ${file}`, {
      remedy: `${file} is no regular file.`,
    });
  }
  const again = async (): Promise<void> => {
    now = await begin();
    if (lookOf(now.found).edition === look.edition) return;
    throw fileError('unavailable', 'file.changed-while-reading', `reading ${file}`, {
      remedy: 'Someone wrote to the file while the connection was broken. Run it again.',
    });
  };
  return {
    ...look,
    async read(into, start, length, offset) {
      for (let tries = 1; ; tries += 1) {
        try {
          if (tries > 1) await again();
          return await readAll(now, { into, at: start, length, offset });
        } catch (error) {
          at.stop.throwIfAborted();
          if (tries > TRIES || !isCode(error, 'file.sftp-lost')) throw error;
        }
      }
    },
    async look() {
      const found = await now.calls.fstat(now.handle).catch(async () => await statOf(at, file));
      return found?.isFile === true ? lookOf(found) : undefined;
    },
    close: async () => await now.calls.close(now.handle).catch(() => undefined),
  };
}

/** Asks for all parts at once, since each takes the way there and back. */
async function readAll(
  { calls, handle }: { readonly calls: SftpCalls; readonly handle: Buffer },
  whole: { into: Buffer; at: number; length: number; offset: number },
): Promise<number> {
  const { into, at, length, offset } = whole;
  const reading: Promise<number>[] = [];
  for (let start = 0; start < length; start += READ_MAX) {
    const size = Math.min(READ_MAX, length - start);
    reading.push(
      readPart(calls, handle, { into, at: at + start, length: size, offset: offset + start }),
    );
  }
  const settled = await Promise.allSettled(reading);
  let total = 0;
  for (const [part, one] of settled.entries()) {
    if (one.status === 'rejected') throw one.reason;
    total += one.value;
    if (one.value < Math.min(READ_MAX, length - part * READ_MAX)) break;
  }
  return total;
}

async function readPart(
  calls: SftpCalls,
  handle: Buffer,
  { into, at, length, offset }: { into: Buffer; at: number; length: number; offset: number },
): Promise<number> {
  let done = 0;
  while (done < length) {
    const part = { into, at: at + done, length: length - done, offset: offset + done };
    const read = await calls.read(handle, part);
    if (read === 0) break;
    done += read;
  }
  return done;
}

async function listOf(at: Place, under: string): Promise<readonly Entry[]> {
  const path = await realInside(at, under);
  if (path === undefined) return [];
  const all = await (await at.calls()).readdir(path).catch((error: unknown) => {
    if (codeOf(error) === NO_SUCH_FILE) return [];
    throw refusal(at, under, error);
  });
  const entries: Entry[] = [];
  for (const { name, ...seen } of all) {
    const place = under === '' ? name : `${under}/${name}`;
    const found = seen.isLink ? await statOf(at, place) : seen;
    if (found?.isFile === true) entries.push({ name, ...lookOf(found) });
  }
  return entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

async function put(at: Place, file: string, content: Buffer): Promise<void> {
  const calls = await at.calls();
  const path = await placeFor(at, file);
  const handle = await calls.open(path, 'wx').catch(async (error: unknown) => {
    if ((await statOf(at, file)) === undefined) throw refusal(at, file, error);
    throw fileError('conflict', 'file.already-there', `writing ${file}`, {
      remedy: 'Something else put a file there. Look at it, then take it away.',
    });
  });
  try {
    await calls.write(handle, content);
    await calls.sync(handle);
  } finally {
    await calls.close(handle).catch(() => undefined);
  }
}

async function statOf(at: Place, file: string): Promise<Found | undefined> {
  const path = await realInside(at, file);
  if (path === undefined) return undefined;
  return await (await at.calls()).stat(path).catch((error: unknown) => {
    if (codeOf(error) === NO_SUCH_FILE) return undefined;
    throw refusal(at, file, error);
  });
}

/** Where the folder really is. Fails when it is not there. */
async function rootOf(at: Place): Promise<string> {
  const calls = await at.calls();
  try {
    const root = await calls.realpath(at.path);
    const found = await calls.stat(root);
    if (!found.isFile) return root;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  }
  throw fileError('not-found', 'file.not-readable', `opening ${at.shown}`, {
    remedy: `${at.path} is no folder there, or ours is not allowed to look into it.`,
  });
}

/** Where something that is there really is. Undefined: it is not there. Fails outside the folder. */
async function realInside(at: Place, file: string): Promise<string | undefined> {
  const calls = await at.calls();
  const root = await rootOf(at);
  const path = posix.join(root, file);
  try {
    const real = await calls.realpath(path);
    // Some servers answer for what is not there; others do not follow links: `stat` tells both.
    if (real === root || real.startsWith(root.endsWith('/') ? root : `${root}/`)) return real;
  } catch (error) {
    if (codeOf(error) === NO_SUCH_FILE) return undefined;
    throw refusal(at, file, error);
  }
  throw fileError('forbidden', 'file.outside-folder', `opening ${file}`, {
    remedy: `${file} leads out of ${at.shown}. Put the file itself into the folder.`,
  });
}

async function placeFor(at: Place, file: string): Promise<string> {
  const parent = await realInside(at, posix.dirname(file));
  if (parent !== undefined) return posix.join(parent, posix.basename(file));
  throw fileError('not-found', 'file.not-readable', `opening ${file}`, {
    remedy: `There is no folder ${posix.dirname(file)} in ${at.shown}.`,
  });
}

const lookOf = ({ size, changedMs }: Found): Look => ({
  size,
  changedMs,
  edition: `${size}-${changedMs}`, // SFTP tells no more: seconds, and no identity.
});

const refused =
  (at: Place, file: string) =>
  (error: unknown): never => {
    throw refusal(at, file, error);
  };

function refusal(at: Place, file: string, error: unknown): unknown {
  if (codeOf(error) === undefined) return error;
  const kind = codeOf(error) === PERMISSION_DENIED ? 'forbidden' : 'invalid';
  return fileError(kind, 'file.not-readable', `using ${file} in ${at.shown}`, {
    cause: error,
    remedy: `The server says: ${describeError(error)}. Look at the rights there.`,
  });
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof RialtoError && error.code === code;
