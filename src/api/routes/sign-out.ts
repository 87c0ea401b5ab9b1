import { closeSession } from '#access';
import { route } from '../route.ts';

/** Ends the session at once. */
export const signOut = route({
  name: 'signOut',
  summary: 'Ends the session at once.',
  permission: 'session:read',
  audit: { within: 'sessions.closed' },
  errors: [],
  async handle({ cookie, principal, change, note, endStreams }) {
    note({ subject: principal.id });
    await change(async (transaction) => {
      if (cookie.token !== undefined) await closeSession(transaction, cookie.token);
    });
    endStreams(principal.id); // Other windows of theirs come back by themselves.
    cookie.clear();
    return { ok: true };
  },
});
