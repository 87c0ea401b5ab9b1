import { RialtoError } from '#kernel';

/** What can go wrong here, for callers to switch on. */
export type AccessErrorCode = 'access.name-taken' | 'access.weak-password';

/** A name that another person has. */
export const nameTaken = (name: string): RialtoError<AccessErrorCode> =>
  new RialtoError('conflict', 'access.name-taken', `adding a person named '${name}'`, {
    remedy: 'Choose another name.',
  });

/** A password that is too short to protect anything. */
export const weakPassword = (lengthMin: number): RialtoError<AccessErrorCode> =>
  new RialtoError('invalid', 'access.weak-password', 'setting a password', {
    remedy: `Use at least ${lengthMin} characters.`,
  });
