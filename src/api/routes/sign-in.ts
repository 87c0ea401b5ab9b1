import { checkPassword, openSession, permissionsOf, succeeded, takeTurn } from '#access';
import { PERMISSIONS } from '#api-contract';
import type { ReplyOf } from '#api-contract';
import { transact } from '#database';
import { RialtoError } from '#kernel';
import type { ApiErrorCode } from '../errors.ts';
import { route } from '../route.ts';

/** What a signed-in person may do, in the contract's words. */
export const sessionReply = (
  person: { readonly id: string; readonly name: string; readonly role: string },
  expiresAt: string,
): ReplyOf<'getSession'> => {
  const allowed = permissionsOf(person.role);
  return {
    person: { id: person.id, name: person.name, role: person.role },
    permissions: PERMISSIONS.filter((permission) => allowed.includes(permission)),
    expiresAt,
  };
};

/** Signs a person in by name and password. */
export const signIn = route({
  name: 'signIn',
  summary: 'Signs a person in by name and password.',
  permission: 'public',
  audit: { within: 'sessions.opened' },
  errors: ['api.wrong-password', 'access.too-many-attempts'],
  async handle({ body: { name, password }, address, cookie, change, note }, services) {
    const { database, clock } = services;
    const attempt = { name, address };
    // What was typed as the name may be a password: only the id of a name we know is kept.
    note({ subject: '', details: { by: 'password', address } });
    await transact(database, (transaction) => takeTurn(transaction, clock, attempt));
    const checked = await checkPassword(database.kysely, name, password);
    if (!checked.right) {
      note({ subject: checked.id ?? '' });
      throw wrongPassword();
    }
    const { person } = checked;
    note({ actor: person.id, subject: person.id });
    const { token, session } = await change(async (transaction) => {
      await succeeded(transaction, attempt);
      return openSession(transaction, clock, person, cookie.token);
    });
    cookie.set(token, session.expiresAt);
    return sessionReply(person, session.expiresAt);
  },
});

const wrongPassword = (): RialtoError<ApiErrorCode> =>
  new RialtoError('unauthenticated', 'api.wrong-password', 'no person has that name and password', {
    remedy: 'Check both, or use a sign-in link.',
  });
