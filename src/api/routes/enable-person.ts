import { enablePerson as enable } from '#access';
import { route } from '../route.ts';

/** Lets a disabled person sign in again. */
export const enablePerson = route({
  name: 'enablePerson',
  summary: 'Lets a disabled person sign in again.',
  permission: 'people:write',
  audit: { within: 'people.enabled' },
  errors: ['access.no-such-person'],
  handle: ({ params: { id }, change }) => change((transaction) => enable(transaction, id)),
});
