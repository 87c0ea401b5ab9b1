import { RoleName } from '#api-contract';
import type { Person } from '#api-contract';
import { EXIT_CODES, mainError } from '../errors.ts';
import type { Client } from './client.ts';
import { printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

const MOST = { pageSize: 200 } as const;

/** The roles there are, for the help of a command. */
export const ROLE_NAMES = RoleName.options.join(', ');

/** Lists everyone who can sign in. */
export async function showPeople({ client, json }: Context): Promise<number> {
  const reply = await client.call('listPeople', { query: MOST });
  if (json) printJson(reply);
  else {
    printTable(
      ['name', 'role', 'e-mail', 'signs in by', 'last signed in', 'state'],
      reply.items.map((person) => [
        person.name,
        person.role,
        person.email,
        person.hasPassword ? 'password' : 'link',
        person.signedInAt,
        person.disabledAt === undefined ? 'active' : `disabled ${person.disabledAt}`,
      ]),
    );
  }
  return EXIT_CODES.done;
}

/** Adds a person and prints the link that signs them in, once. */
export async function addPerson(
  { client, json }: Context,
  name: string,
  how: { readonly role: string; readonly email?: string },
): Promise<number> {
  const { role, email } = how;
  const body = { name, role: roleOf(role), ...(email === undefined ? {} : { email }) };
  const reply = await client.call('addPerson', { body });
  return tellLink({ client, json }, reply, `${name} is added as ${role}.`);
}

/** Gives a person another role. */
export async function changeRole(
  { client, json }: Context,
  name: string,
  role: string,
): Promise<number> {
  const { id } = await personNamed(client, name);
  const person = await client.call('changeRole', { params: { id }, body: { role: roleOf(role) } });
  if (json) printJson(person);
  else console.log(`${name} is now ${role}.`);
  return EXIT_CODES.done;
}

/** Lets a person in no more. */
export async function disablePerson({ client, json }: Context, name: string): Promise<number> {
  const { id } = await personNamed(client, name);
  const person = await client.call('disablePerson', { params: { id } });
  if (json) printJson(person);
  else console.log(`${name} is disabled; every session of theirs has ended.`);
  return EXIT_CODES.done;
}

/** Lets a disabled person sign in again. */
export async function enablePerson({ client, json }: Context, name: string): Promise<number> {
  const { id } = await personNamed(client, name);
  const person = await client.call('enablePerson', { params: { id } });
  if (json) printJson(person);
  else console.log(`${name} may sign in again.`);
  return EXIT_CODES.done;
}

/** Takes a person's password and sessions away and prints a fresh link. */
export async function resetPerson({ client, json }: Context, name: string): Promise<number> {
  const { id } = await personNamed(client, name);
  const reply = await client.call('resetPerson', { params: { id } });
  return tellLink({ client, json }, reply, `The password and sessions of ${name} are gone.`);
}

function tellLink(
  { client, json }: Context,
  reply: { readonly person: Person; readonly path: string },
  said: string,
): number {
  const link = new URL(reply.path, client.address).href;
  if (json) printJson({ person: reply.person, link });
  else {
    console.log(said);
    console.log(`${link}\nIt signs them in once, within half an hour, while Rialto runs.`);
  }
  return EXIT_CODES.done;
}

async function personNamed(client: Client, name: string): Promise<Person> {
  const { items } = await client.call('listPeople', { query: { search: name, ...MOST } });
  const found = items.find((person) => person.name === name || person.id === name);
  if (found !== undefined) return found;
  throw mainError('not-found', 'main.refused', `looking for a person named '${name}'`, {
    remedy: 'See: rialto people list',
  });
}

function roleOf(text: string): RoleName {
  const { success, data } = RoleName.safeParse(text);
  if (success) return data;
  throw mainError('invalid', 'main.refused', `'${text}' is no role`, {
    remedy: `Use one of: ${ROLE_NAMES}.`,
  });
}
