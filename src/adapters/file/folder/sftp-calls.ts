import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2';
import { fileError } from '../errors.ts';
import type { Session } from './sftp-connect.ts';

/** What can be asked of a server, each within its time. */
export type SftpCalls = {
  realpath(path: string): Promise<string>;
  /** Follows links. */
  stat(path: string): Promise<Found>;
  /** What lies in a folder; links are not followed. */
  readdir(path: string): Promise<readonly (Found & { readonly name: string })[]>;
  open(path: string, flags: 'r' | 'wx'): Promise<Buffer>;
  fstat(handle: Buffer): Promise<Found>;
  read(handle: Buffer, part: Part): Promise<number>; // 0: the file ends there.
  write(handle: Buffer, content: Buffer): Promise<void>;
  sync(handle: Buffer): Promise<void>;
  close(handle: Buffer): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  mkdir(path: string): Promise<void>;
};

export type Found = {
  readonly size: number;
  readonly changedMs: number;
  readonly isFile: boolean;
  readonly isLink: boolean;
};
type Part = { into: Buffer; at: number; length: number; offset: number };
type Answer<T> = (error: Error | null | undefined, value: T) => void;

/** What a server answers when it will not. */
export const NO_SUCH_FILE = 2;
export const PERMISSION_DENIED = 3;

/** The calls of a session. One that is not answered in time ends the session. */
export function callsOf(session: Session, answerMsMax: number): SftpCalls {
  const { sftp } = session;
  const ask = async <T>(what: string, call: (answer: Answer<T>) => void): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (!session.isOpen()) throw lost(what);
    const late = setTimeout(() => {
      reject(lost(what));
      session.client.destroy();
    }, answerMsMax);
    const onClose = (): void => reject(lost(what));
    session.client.once('close', onClose);
    try {
      call((error, value) => {
        if (error === undefined || error === null) resolve(value);
        else reject(codeOf(error) === undefined ? lost(what, error) : error);
      });
      return await promise;
    } finally {
      clearTimeout(late);
      session.client.off('close', onClose);
    }
  };
  const told = (what: string, call: (answer: Answer<undefined>) => void): Promise<undefined> =>
    ask(what, call);
  return {
    realpath: (path) => ask('asking where a path leads', (answer) => sftp.realpath(path, answer)),
    stat: async (path) =>
      foundOf(await ask('looking at a file', (answer) => sftp.stat(path, answer))),
    readdir: async (path) => {
      const list = await ask<FileEntry[]>('listing a folder', (answer) =>
        sftp.readdir(path, answer),
      );
      return list.map(({ filename, attrs }) => ({ name: filename, ...foundOf(attrs) }));
    },
    open: (path, flags) => ask('opening a file', (answer) => sftp.open(path, flags, answer)),
    fstat: async (handle) =>
      foundOf(await ask('looking at a file', (answer) => sftp.fstat(handle, answer))),
    read: (handle, { into, at, length, offset }) =>
      ask('reading', (answer) => sftp.read(handle, into, at, length, offset, answer)),
    async write(handle, content) {
      for (let at = 0; at < content.length; at += WRITE_MAX) {
        const length = Math.min(WRITE_MAX, content.length - at);
        await told('writing', (answer) =>
          sftp.write(handle, content, at, length, at, (error) => answer(error, undefined)),
        );
      }
    },
    sync: (handle) => told('writing to disk', (answer) => syncOf(sftp, handle, answer)),
    close: (handle) => told('closing', (answer) => sftp.close(handle, only(answer))),
    rename: (from, to) => told('renaming', (answer) => renameOf(sftp, [from, to], answer)),
    unlink: (path) => told('removing', (answer) => sftp.unlink(path, only(answer))),
    mkdir: (path) => told('making a folder', (answer) => sftp.mkdir(path, only(answer))),
  };
}

const WRITE_MAX = 32_768;

/** The number that a server answers with when it refuses. Undefined: nothing was answered. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number'
    ? error.code
    : undefined;
}

const only =
  (answer: Answer<undefined>) =>
  (error?: Error | null): void =>
    answer(error, undefined);

/** Not every server can make sure that what was written is on disk. */
function syncOf(sftp: SFTPWrapper, handle: Buffer, answer: Answer<undefined>): void {
  try {
    sftp.ext_openssh_fsync(handle, only(answer));
  } catch {
    answer(undefined, undefined);
  }
}

/** In one step over what is there where the server can; else only where nothing is there. */
function renameOf(
  sftp: SFTPWrapper,
  [from, to]: readonly [string, string],
  answer: Answer<undefined>,
): void {
  try {
    sftp.ext_openssh_rename(from, to, only(answer));
  } catch {
    sftp.rename(from, to, only(answer));
  }
}

const foundOf = (attributes: Attributes): Found => ({
  size: attributes.size,
  changedMs: attributes.mtime * 1000,
  // Of the mode's first bits (POSIX S_IFMT), 0o10 is a regular file, 0o12 a link.
  isFile: (attributes.mode & 0o170000) === 0o100000,
  isLink: (attributes.mode & 0o170000) === 0o120000,
});

const lost = (what: string, cause?: unknown) =>
  fileError('unavailable', 'file.sftp-lost', what, {
    ...(cause === undefined ? {} : { cause }),
    remedy: 'The connection broke or the server did not answer. It is tried again.',
  });
