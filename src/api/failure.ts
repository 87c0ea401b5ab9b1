import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';
import { FieldRefusal } from './errors.ts';

/** An error as it goes from one thread to another, which keeps no class of ours. */
export type Failure = {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: Failure | undefined;
  /** What a database or the system calls it; ours tell theirs below. */
  readonly state?: string;
  readonly ours?: {
    readonly kind: ErrorKind;
    readonly code: string;
    readonly field?: string; // Of a refusal that names one; `message` is its reason then.
    readonly more: ConstructorParameters<typeof RialtoError>[3];
  };
};

/** Takes an error apart. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) };
  const cause = error.cause === undefined ? undefined : failureOf(error.cause);
  const { stack } = error;
  if (error instanceof FieldRefusal) {
    const { kind, code, field, reason } = error;
    return { message: reason, stack, ours: { kind, code, field, more: {} } };
  }
  if (isOurs(error)) {
    const { kind, code, message, remedy, slots, retryAfterMs } = error;
    const more = {
      ...(remedy === undefined ? {} : { remedy }),
      ...(slots === undefined ? {} : { slots }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
    return { message, stack, cause, ours: { kind, code, more } };
  }
  const state = 'code' in error && typeof error.code === 'string' ? { state: error.code } : {};
  return { message: error.message, stack, cause, ...state };
}

const isOurs = (error: unknown): error is RialtoError => error instanceof RialtoError;

/** Puts it together again, as it was thrown. */
export function errorFrom(failure: Failure): Error {
  const { message, stack, state, ours } = failure;
  const cause = failure.cause === undefined ? {} : { cause: errorFrom(failure.cause) };
  const error = makeFrom(ours, message, cause);
  if (stack !== undefined) error.stack = stack;
  return state === undefined ? error : Object.assign(error, { code: state });
}

function makeFrom(ours: Failure['ours'], message: string, cause: { cause?: Error }): Error {
  if (ours === undefined) return new Error(message, cause);
  const { kind, code, field, more } = ours;
  if (field !== undefined) return new FieldRefusal(kind, code, field, message);
  return new RialtoError(kind, code, message, { ...more, ...cause });
}
