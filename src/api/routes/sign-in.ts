import { findByPassword, openSession, permissionsOf } from '#access';
import { PERMISSIONS } from '#api-contract';
import type { ReplyOf } from '#api-contract';
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
  audit: { record: 'sessions.opened' },
  errors: ['api.wrong-password'],
  async handle({ body, cookie }, { database, clock }) {
    const person = await findByPassword(database.kysely, body.name, body.password);
    if (person === undefined) {
      throw new RialtoError<ApiErrorCode>(
        'unauthenticated',
        'api.wrong-password',
        'no person has that name and password',
        { remedy: 'Check both, or use a sign-in link.' },
      );
    }
    const { token, session } = await openSession(database.kysely, clock, person);
    cookie.set(token, session.expiresAt);
    return sessionReply(person, session.expiresAt);
  },
});
