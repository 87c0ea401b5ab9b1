import { RialtoError } from '#kernel';

/** What can go wrong here, for callers to switch on. */
export type RecordsErrorCode = 'records.unknown-field' | 'records.bad-value';

/** A question about records that cannot be asked that way. */
export function badQuestion(code: RecordsErrorCode, message: string, remedy: string): RialtoError {
  return new RialtoError<RecordsErrorCode>('invalid', code, message, { remedy });
}
