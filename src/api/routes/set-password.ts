import { openSession, setPassword as set, succeeded, takeTurn } from '#access';
import { transact } from '#database';
import { RialtoError } from '#kernel';
import type { ApiErrorCode } from '../errors.ts';
import { route } from '../route.ts';
import { sessionReply } from './sign-in.ts';

/** Sets one's own password; other sessions end, and this one goes on under a new token. */
export const setPassword = route({
  name: 'setPassword',
  summary: "Sets one's own password; other sessions end, and this one gets a new token.",
  permission: 'session:read',
  audit: { within: 'people.password-set' },
  errors: ['access.weak-password', 'access.wrong-password', 'access.too-many-attempts'],
  async handle({ principal, body, address, cookie, change, note, endStreams }, services) {
    const { database, clock } = services;
    if (principal.by !== 'cookie') throw noPersonAsks();
    const attempt = { name: principal.name, address };
    await transact(database, (transaction) => takeTurn(transaction, clock, attempt));
    note({ subject: principal.id });
    const { token, session } = await change(async (transaction) => {
      const person = await set(transaction, principal.id, body);
      await succeeded(transaction, attempt);
      return openSession(transaction, clock, person);
    });
    endStreams(principal.id);
    cookie.set(token, session.expiresAt);
    return sessionReply(session.person, session.expiresAt);
  },
});

const noPersonAsks = (): RialtoError<ApiErrorCode> =>
  new RialtoError('invalid', 'api.invalid-request', 'setting the password of the command line', {
    remedy: 'Sign in in a browser first: `rialto people reset <name>` prints a link.',
  });
