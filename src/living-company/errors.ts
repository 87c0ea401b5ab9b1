import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** Everything that keeps a company from living. */
type LivingCompanyErrorCode =
  | 'living-company.books-exist'
  | 'living-company.none'
  | 'living-company.other-world'
  | 'living-company.unfinished';

/** Makes an error of this module. */
export const livingError = (
  kind: ErrorKind,
  code: LivingCompanyErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<LivingCompanyErrorCode> => new RialtoError(kind, code, message, more);
