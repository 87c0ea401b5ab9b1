import { listPeople } from '#access';
import { route } from '../route.ts';

/** Names people by id, former ones too. */
export const namePeople = route({
  name: 'namePeople',
  summary: 'Tells what people are called, former ones too, for what says by id who did it.',
  permission: 'session:read',
  audit: { none: 'changes nothing, and tells colleagues names alone' },
  errors: [],
  handle: async (_, { database }) => ({
    items: (await listPeople(database.kysely)).map(({ id, name }) => ({ id, name })),
  }),
});
