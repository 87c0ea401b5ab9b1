import { newSignInLink, resetPerson as reset } from '#access';
import { route } from '../route.ts';

/** Takes a person's password away, ends their sessions, and makes a link that signs them in, once. */
export const resetPerson = route({
  name: 'resetPerson',
  summary: "Takes a person's password and sessions away; a new link signs them in, once.",
  permission: 'people:write',
  audit: { within: 'people.reset' },
  errors: ['access.no-such-person', 'access.person-disabled'],
  async handle({ params: { id }, change, endStreams }, { clock }) {
    const invited = await change(async (transaction) => {
      const person = await reset(transaction, id);
      const token = await newSignInLink(transaction, clock, person);
      return { person, path: `/sign-in?token=${token}` };
    });
    endStreams(id);
    return invited;
  },
});
