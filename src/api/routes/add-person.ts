import { addPerson as add, newSignInLink } from '#access';
import { route } from '../route.ts';

/** Adds a person, and makes the link that signs them in, once. */
export const addPerson = route({
  name: 'addPerson',
  summary: 'Adds a person, and makes the link that signs them in, once.',
  permission: 'people:write',
  audit: { within: 'people.added' },
  errors: ['access.name-taken', 'access.email-taken'],
  handle: ({ body, change, note }, { clock }) =>
    change(async (transaction) => {
      const person = await add(transaction, clock, body);
      note({ subject: person.id, details: { name: person.name, role: person.role } });
      const token = await newSignInLink(transaction, clock, person);
      return { person, path: `/sign-in?token=${token}` };
    }),
});
