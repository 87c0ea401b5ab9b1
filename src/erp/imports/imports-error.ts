import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';
import type { ImportsProblemCode } from './errors.ts';

/** Makes an error of this area: the world failed, not the file. */
export const importsError = (
  kind: ErrorKind,
  code: ImportsProblemCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<ImportsProblemCode> => new RialtoError(kind, code, message, more);
