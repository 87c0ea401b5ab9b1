import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** Everything that can go wrong between an adapter and its system, as codes one may switch on. */
export type AdapterKitErrorCode =
  | 'adapter-kit.answer-unreadable'
  | 'adapter-kit.changes-lost'
  | 'adapter-kit.circuit-open'
  | 'adapter-kit.destination-refused'
  | 'adapter-kit.host-pauses'
  | 'adapter-kit.no-answer'
  | 'adapter-kit.not-reached'
  | 'adapter-kit.not-recorded'
  | 'adapter-kit.redirected'
  | 'adapter-kit.sign-in-failed';

/** Makes an error of this module. */
export function kitError(
  kind: ErrorKind,
  code: AdapterKitErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string; readonly retryAfterMs?: number } = {},
): RialtoError<AdapterKitErrorCode> {
  return new RialtoError(kind, code, message, more);
}
