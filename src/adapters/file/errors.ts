import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** Everything that can go wrong with a folder of files, as codes one may switch on. */
export type FileErrorCode =
  | 'file.already-there'
  | 'file.changed-while-reading'
  | 'file.cursor-expired'
  | 'file.cursor-malformed'
  | 'file.host-key-differs'
  | 'file.layout-invalid'
  | 'file.not-readable'
  | 'file.outside-folder'
  | 'file.sftp-lost'
  | 'file.sftp-not-reached'
  | 'file.sftp-sign-in'
  | 'file.too-slow'
  | 'file.unknown-entity';

/** Makes an error of this adapter. */
export function fileError(
  kind: ErrorKind,
  code: FileErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<FileErrorCode> {
  return new RialtoError(kind, code, message, more);
}
