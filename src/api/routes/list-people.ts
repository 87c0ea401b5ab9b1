import { listPeople as readPeople } from '#access';
import { route } from '../route.ts';

/** Lists everyone who can sign in, disabled ones too. */
export const listPeople = route({
  name: 'listPeople',
  summary: 'Lists everyone who can sign in, disabled ones too.',
  permission: 'people:read',
  audit: { none: 'changes nothing, and whoever reads it looks after people' },
  errors: [],
  handle: async (_, { database }) => ({ items: await readPeople(database.kysely) }),
});
