import { disablePerson as disable } from '#access';
import { route } from '../route.ts';

/** Lets a person in no more; their sessions, links and live streams end at once. */
export const disablePerson = route({
  name: 'disablePerson',
  summary: 'Lets a person in no more; their sessions, links and live streams end at once.',
  permission: 'people:write',
  audit: { within: 'people.disabled' },
  errors: ['access.no-such-person', 'access.last-administrator'],
  async handle({ params: { id }, change, endStreams }, { clock }) {
    const person = await change((transaction) => disable(transaction, clock, id));
    endStreams(id);
    return person;
  },
});
