import { ensureAdministrator, newSignInLink } from '#access';
import { route } from '../route.ts';

/** Makes a link that signs the first administrator in, once. */
export const createSignInLink = route({
  name: 'createSignInLink',
  summary: 'Makes a link that signs the first administrator in, once.',
  permission: 'people:write',
  audit: { record: 'sign-in-links.created' },
  errors: [],
  async handle(_, { database, clock }) {
    const person = await ensureAdministrator(database.kysely, clock);
    const token = await newSignInLink(database.kysely, clock, person);
    return { path: `/sign-in?token=${token}` };
  },
});
