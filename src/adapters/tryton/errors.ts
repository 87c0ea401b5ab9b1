import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What goes wrong with Tryton itself. What it refuses in so many words is a value, not an error. */
export type TrytonErrorCode =
  | 'tryton.answer-unreadable'
  | 'tryton.bad-settings'
  | 'tryton.cursor-unreadable'
  | 'tryton.no-answer'
  | 'tryton.no-entity'
  | 'tryton.no-rights'
  | 'tryton.not-understood'
  | 'tryton.refused'
  | 'tryton.signed-out'
  | 'tryton.too-many-sign-ins';

/** Makes an error of this adapter. */
export function trytonError(
  kind: ErrorKind,
  code: TrytonErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string; readonly retryAfterMs?: number } = {},
): RialtoError<TrytonErrorCode> {
  return new RialtoError(kind, code, message, more);
}
