import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** Everything that can go wrong with a database as a source, as codes one may switch on. */
export type DatabaseSourceErrorCode =
  | 'database.column-missing'
  | 'database.column-unreadable'
  | 'database.cursor-malformed'
  | 'database.log-forbidden'
  | 'database.log-not-kept'
  | 'database.profile-invalid'
  | 'database.settings-invalid'
  | 'database.source-busy'
  | 'database.source-duplicate'
  | 'database.source-forbidden'
  | 'database.source-lost'
  | 'database.source-not-reached'
  | 'database.source-refused'
  | 'database.source-sign-in'
  | 'database.table-missing'
  | 'database.unknown-entity';

/** Makes an error of this adapter. */
export function sourceError(
  kind: ErrorKind,
  code: DatabaseSourceErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<DatabaseSourceErrorCode> {
  return new RialtoError(kind, code, message, more);
}

/** What a server's error means for us, whichever server it is. */
export type Failure =
  | 'busy' // A lock, a deadlock, a statement that took too long: it may be tried again.
  | 'duplicate' // A unique key has this value already.
  | 'forbidden'
  | 'lost' // The connection is gone.
  | 'not-reached'
  | 'refused' // The server takes neither this value nor this statement.
  | 'sign-in';

const KINDS = {
  busy: 'unavailable',
  duplicate: 'conflict',
  forbidden: 'forbidden',
  lost: 'unavailable',
  'not-reached': 'unavailable',
  refused: 'invalid',
  'sign-in': 'unauthenticated',
} as const satisfies Record<Failure, ErrorKind>;

const REMEDIES: Readonly<Partial<Record<Failure, string>>> = {
  forbidden: 'Give the user the right, or leave the table or column out of the profile.',
  'not-reached': 'Check host, port and network.',
  'sign-in': 'Check user, password and database.',
};

/** An error of the server as one of ours. */
export function failed(failure: Failure, doing: string, cause: unknown): RialtoError {
  const remedy = REMEDIES[failure];
  return sourceError(KINDS[failure], `database.source-${failure}`, doing, {
    cause,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

/** Whether the connection broke: what was under way may or may not have happened. */
export const isLost = (error: unknown): boolean =>
  error instanceof RialtoError && error.code === 'database.source-lost';

/** Whether a unique key had the value already. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof RialtoError && error.code === 'database.source-duplicate';

/** The server's own code of what it said: 'SQLSTATE', a number; else 'none'. */
export function serverCodeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null) return 'none';
  for (const name of ['code', 'errno', 'number', 'errorNum']) {
    const value: unknown = Reflect.get(cause, name);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return 'none';
}
