import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What can go wrong at the edge, for callers to switch on. */
export type ApiErrorCode =
  | 'api.body-too-large'
  | 'api.bug'
  | 'api.foreign-origin'
  | 'api.invalid-request'
  | 'api.media-type'
  | 'api.no-such-page'
  | 'api.no-such-record'
  | 'api.no-such-run'
  | 'api.not-allowed'
  | 'api.not-signed-in'
  | 'api.too-many-requests'
  | 'api.unknown-cursor'
  | 'api.webhook-refused'
  | 'api.wrong-host'
  | 'api.wrong-password';

/** Something named in the path that is not there. */
export const notThere = (
  code: 'api.no-such-page' | 'api.no-such-record' | 'api.no-such-run',
  what: string,
): RialtoError<ApiErrorCode> =>
  new RialtoError('not-found', code, `looking for ${what}`, {
    remedy: 'It may have been removed; look in the list.',
  });

/** A refusal that names what in the request it is about. */
export class FieldRefusal extends RialtoError {
  readonly field: string; // As the body has it, such as 'lines.0.quantity'.
  readonly reason: string;

  constructor(kind: ErrorKind, code: string, field: string, reason: string) {
    super(kind, code, `${field}: ${reason}`);
    this.field = field;
    this.reason = reason;
  }
}

/** Someone who has not said who they are. */
export const notSignedIn = (): RialtoError<ApiErrorCode> =>
  new RialtoError('unauthenticated', 'api.not-signed-in', 'answering someone not signed in', {
    remedy: 'Sign in with the link printed at start; `rialto sign-in` prints another.',
  });

/** Someone whose role lacks the permission. */
export const notAllowed = (permission: string): RialtoError<ApiErrorCode> =>
  new RialtoError('forbidden', 'api.not-allowed', `this needs the permission ${permission}`, {
    slots: { permission },
    remedy: 'Ask an administrator for a role that has it.',
  });
