import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What can keep Rialto from starting or a command from running. */
export type MainErrorCode =
  | 'main.bad-payload'
  | 'main.bad-setting'
  | 'main.bad-source'
  | 'main.data-folder'
  | 'main.no-adapter'
  | 'main.no-batch'
  | 'main.no-fallback'
  | 'main.booking-lost'
  | 'main.dry-run-running'
  | 'main.file-too-large'
  | 'main.import-running'
  | 'main.is-fallback'
  | 'main.key-taken'
  | 'main.no-operation'
  | 'main.no-space'
  | 'main.no-transaction'
  | 'main.not-written-to'
  | 'main.owned-elsewhere'
  | 'main.port-in-use'
  | 'main.refused'
  | 'main.simulation-running'
  | 'main.sync-failed'
  | 'main.unreachable'
  | 'main.work-interrupted';

/** Makes an error of this module. */
export const mainError = (
  kind: ErrorKind,
  code: MainErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<MainErrorCode> => new RialtoError(kind, code, message, more);

/** What a process ends with, by what the caller should do next. */
export const EXIT_CODES = {
  done: 0,
  failed: 1, // It was tried and did not work, or Rialto has a fault.
  invalid: 2, // The command or a setting needs fixing.
  held: 3, // `sync --strict`: done, but something waits in quarantine or could not be read.
  'not-found': 4,
  conflict: 5, // In use, or already there.
  unavailable: 6, // Try again later: nothing happened.
} as const;

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof RialtoError)) return EXIT_CODES.failed;
  const { kind } = error;
  if (kind === 'invalid' || kind === 'not-found' || kind === 'conflict') return EXIT_CODES[kind];
  return kind === 'unavailable' || kind === 'limited' ? EXIT_CODES.unavailable : EXIT_CODES.failed;
}
