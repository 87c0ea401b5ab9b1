import { closeSession } from '#access';
import { route } from '../route.ts';

/** Ends the session at once. */
export const signOut = route({
  name: 'signOut',
  summary: 'Ends the session at once.',
  permission: 'session:read',
  audit: { record: 'sessions.closed' },
  errors: [],
  async handle({ cookie }, { database }) {
    if (cookie.token !== undefined) await closeSession(database.kysely, cookie.token);
    cookie.clear();
    return { ok: true };
  },
});
