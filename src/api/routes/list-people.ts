import { route } from '../route.ts';
import { peopleRows } from '../views/person.ts';
import { pageOfRows } from '../views/rows-in-memory.ts';

/** Lists everyone who can sign in, disabled ones too. */
export const listPeople = route({
  name: 'listPeople',
  summary: 'Lists everyone who can sign in, disabled ones too.',
  permission: 'people:read',
  audit: { none: 'changes nothing, and whoever reads it looks after people' },
  errors: [],
  handle: async ({ query }, { database }) =>
    pageOfRows(await peopleRows(database.kysely, query), query),
});
