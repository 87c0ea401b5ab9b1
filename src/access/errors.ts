import { RialtoError } from '#kernel';

/** What can go wrong here, for callers to switch on. */
export type AccessErrorCode =
  | 'access.email-taken'
  | 'access.last-administrator'
  | 'access.name-taken'
  | 'access.no-such-person'
  | 'access.person-disabled'
  | 'access.too-many-attempts'
  | 'access.weak-password'
  | 'access.wrong-password';

/** A name that another person has. */
export const nameTaken = (name: string): RialtoError<AccessErrorCode> =>
  new RialtoError('conflict', 'access.name-taken', `adding a person named '${name}'`, {
    remedy: 'Choose another name.',
  });

/** An e-mail address that another person has. */
export const emailTaken = (): RialtoError<AccessErrorCode> =>
  new RialtoError('conflict', 'access.email-taken', 'adding a person with that e-mail address', {
    remedy: 'Look in the list who has it.',
  });

/** An id or name that no person has. */
export const noSuchPerson = (id: string): RialtoError<AccessErrorCode> =>
  new RialtoError('not-found', 'access.no-such-person', `looking for the person ${id}`, {
    remedy: 'Look in the list of people.',
  });

/** Someone who was disabled and is asked to sign in. */
export const personDisabled = (name: string): RialtoError<AccessErrorCode> =>
  new RialtoError('conflict', 'access.person-disabled', `letting '${name}' sign in`, {
    remedy: 'Enable the person first.',
  });

/** A change after which nobody could administer Rialto. */
export const lastAdministrator = (): RialtoError<AccessErrorCode> =>
  new RialtoError('conflict', 'access.last-administrator', 'taking away the last administrator', {
    remedy: 'Make another person an administrator first.',
  });

/** A password that protects nothing. */
export const weakPassword = (remedy: string): RialtoError<AccessErrorCode> =>
  new RialtoError('invalid', 'access.weak-password', 'setting a password', { remedy });

/** A present password that is not the right one. */
export const wrongPassword = (): RialtoError<AccessErrorCode> =>
  new RialtoError('forbidden', 'access.wrong-password', 'checking the present password', {
    remedy: 'Type it again, or ask an administrator to reset it.',
  });

/** Someone who tried to sign in too often. */
export const tooManyAttempts = (retryAfterMs: number): RialtoError<AccessErrorCode> =>
  new RialtoError('limited', 'access.too-many-attempts', 'signing in after many failures', {
    retryAfterMs,
    slots: { seconds: Math.ceil(retryAfterMs / 1000) },
    remedy: `Wait ${Math.ceil(retryAfterMs / 1000)} s, or use a sign-in link.`,
  });
