import { ensureAdministrator, newSignInLink } from '#access';
import { route } from '../route.ts';

/** Makes a link that signs in once: whoever asks, or for the command line the first administrator. */
export const createSignInLink = route({
  name: 'createSignInLink',
  summary: 'Makes a link that signs in once: for oneself, or the first administrator.',
  permission: 'people:write',
  audit: { within: 'sign-in-links.created' },
  errors: [],
  handle: ({ principal, change, note }, { clock }) =>
    change(async (transaction) => {
      const person =
        principal.by === 'cookie' ? principal : await ensureAdministrator(transaction, clock);
      note({ subject: person.id });
      return { path: `/sign-in?token=${await newSignInLink(transaction, clock, person)}` };
    }),
});
