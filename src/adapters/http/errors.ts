import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** Everything that can go wrong with a system described by a profile, as codes one may switch on. */
export type HttpErrorCode =
  | 'http.credential-missing'
  | 'http.cursor-expired'
  | 'http.cursor-malformed'
  | 'http.paging-stuck'
  | 'http.profile-invalid'
  | 'http.refused'
  | 'http.settings-invalid'
  | 'http.source-shifted'
  | 'http.unexpected-answer'
  | 'http.unknown-entity';

/** Makes an error of this adapter. */
export function httpError(
  kind: ErrorKind,
  code: HttpErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string; readonly retryAfterMs?: number } = {},
): RialtoError<HttpErrorCode> {
  return new RialtoError(kind, code, message, more);
}
