import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** Everything that can go wrong with the database, as codes one may switch on. */
export type DatabaseErrorCode =
  | 'database.could-not-start'
  | 'database.disk-full'
  | 'database.migration-edited'
  | 'database.migration-failed'
  | 'database.missing-binaries'
  | 'database.newer'
  | 'database.refused'
  | 'database.too-old'
  | 'database.unreachable';

/** Makes an error of this module. */
export function databaseError(
  kind: ErrorKind,
  code: DatabaseErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<DatabaseErrorCode> {
  return new RialtoError(kind, code, message, more);
}

/** PostgreSQL's five-character code of an error (SQLSTATE), or Node's name for a broken line. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Says of a failure of the world what it is and what helps; every other error stays as it is. */
export function translated(error: unknown): unknown {
  const state = sqlStateOf(error) ?? '';
  if (state === '53100' || state === 'ENOSPC') {
    return databaseError('unavailable', 'database.disk-full', 'writing to the database', {
      cause: error,
      remedy: 'Free some disk space where the data folder is, then try again.',
    });
  }
  const cut =
    (error instanceof Error && error.message.startsWith('Connection terminated')) ||
    isSocketGone(error);
  if (cut || /^(08|57P0|53300)|^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT)$/.test(state)) {
    return databaseError('unavailable', 'database.unreachable', 'speaking to the database', {
      cause: error,
      remedy: 'Check that PostgreSQL runs and that DATABASE_URL names it.',
    });
  }
  if (state === '42501') {
    return databaseError('conflict', 'database.refused', 'working in the database', {
      cause: error,
      remedy: 'Let the user in DATABASE_URL own that database: alter database … owner to …;',
    });
  }
  return error;
}

/** The server's socket is not there while it starts anew. */
const isSocketGone = (error: unknown): boolean =>
  sqlStateOf(error) === 'ENOENT' &&
  error instanceof Error &&
  'syscall' in error &&
  error.syscall === 'connect';
