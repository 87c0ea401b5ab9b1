import { listPeople } from '#access';
import type { PersonEntry } from '#access';
import type { Handle } from '#database';
import type { ListQuery } from '../route.ts';
import { chosenRows } from './rows-in-memory.ts';

type Query = ListQuery<'listPeople'>;

/** The people that fit a query, by name unless asked otherwise. */
export async function peopleRows(handle: Handle, query: Query): Promise<readonly PersonEntry[]> {
  const { role, status } = query;
  const all = await listPeople(handle);
  const fitting = all.filter(
    (person) =>
      (role === undefined || person.role === role) &&
      (status === undefined || (status === 'disabled') === (person.disabledAt !== undefined)),
  );
  return chosenRows(fitting, query, {
    search: ({ id, name, email = '', role: theirs }) => `${name} ${email} ${theirs} ${id}`,
    sorts: {
      name: ({ name }) => name,
      email: ({ email }) => email,
      role: (person) => person.role,
      signedInAt: ({ signedInAt }) => signedInAt,
      createdAt: ({ createdAt }) => createdAt,
    },
    first: 'name',
    idOf: ({ id }) => id,
  });
}
