import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What goes wrong on the way to the embedded ERP. What it refuses is a value, not an error. */
export type EmbeddedErrorCode =
  | 'embedded.cursor-malformed'
  | 'embedded.no-entity'
  | 'embedded.no-legal-entity';

/** Makes an error of this adapter. */
export const embeddedError = (
  kind: ErrorKind,
  code: EmbeddedErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<EmbeddedErrorCode> => new RialtoError(kind, code, message, more);
