import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What can go wrong here, for callers to switch on. */
export type PostingsErrorCode =
  | 'postings.unknown'
  | 'postings.wrong-state'
  | 'postings.taken'
  | 'postings.invalid-payload'
  | 'postings.invalid-policy'
  | 'postings.batch-unfinished';

/** Makes an error of this module. */
export function postingsError(
  kind: ErrorKind,
  code: PostingsErrorCode,
  message: string,
  remedy: string,
): RialtoError<PostingsErrorCode> {
  return new RialtoError(kind, code, message, { remedy });
}
