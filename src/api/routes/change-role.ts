import { changeRole as change, findPerson } from '#access';
import { route } from '../route.ts';

/** Gives a person another role, from their next request on. */
export const changeRole = route({
  name: 'changeRole',
  summary: 'Gives a person another role, from their next request on.',
  permission: 'people:write',
  audit: { within: 'people.role-changed' },
  errors: ['access.no-such-person', 'access.last-administrator'],
  async handle({ params: { id }, body: { role }, change: write, note, endStreams }) {
    const person = await write(async (transaction) => {
      const before = (await findPerson(transaction, id))?.role ?? '';
      note({ details: { before, after: role } });
      return change(transaction, id, role);
    });
    endStreams(id); // It comes back as whoever it now is.
    return person;
  },
});
