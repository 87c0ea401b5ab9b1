import { hash, verify } from '@node-rs/argon2';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { nameTaken, weakPassword } from './errors.ts';
import type { Role } from './role.ts';

/** Someone who can sign in. */
export type Person = { readonly id: string; readonly name: string; readonly role: string };

const PASSWORD_LENGTH_MIN = 12;
const FIRST_ADMINISTRATOR = 'administrator';
const COLUMNS = sql`id, name, role`;

/** Checked against when the name is unknown, so that both take the same time. */
let decoy: Promise<string> | undefined;

/** Adds a person. Fails with `access.name-taken` or `access.weak-password`. */
export async function addPerson(
  handle: Handle,
  clock: Clock,
  person: { readonly name: string; readonly role: Role; readonly password?: string },
): Promise<Person> {
  const { name, role, password } = person;
  if (password !== undefined && password.length < PASSWORD_LENGTH_MIN) {
    throw weakPassword(PASSWORD_LENGTH_MIN);
  }
  const now = clock();
  const [added] = await rows<Person>(
    handle,
    sql`insert into access.person (id, name, role, password_hash, created_at)
      values (${newId('person', millisecondsOf(now))}, ${name}, ${role},
        ${password === undefined ? null : await hash(password)}, ${now})
      on conflict (name) do nothing returning ${COLUMNS}`,
  );
  if (added === undefined) throw nameTaken(name);
  return added;
}

/** The first administrator, made when there is none. */
export async function ensureAdministrator(handle: Handle, clock: Clock): Promise<Person> {
  const now = clock();
  await rows(
    handle,
    sql`insert into access.person (id, name, role, created_at)
      select ${newId('person', millisecondsOf(now))}, ${FIRST_ADMINISTRATOR}, 'admin', ${now}
      where not exists (select 1 from access.person where role = 'admin')
      on conflict (name) do nothing`,
  );
  const [first] = await rows<Person>(
    handle,
    sql`select ${COLUMNS} from access.person where role = 'admin' order by created_at, id limit 1`,
  );
  if (first === undefined) throw nameTaken(FIRST_ADMINISTRATOR); // Taken by someone else's role.
  return first;
}

/** The person of that name and password. Undefined: no such pair; it does not say which is wrong. */
export async function findByPassword(
  handle: Handle,
  name: string,
  password: string,
): Promise<Person | undefined> {
  const [found] = await rows<Person & { passwordHash: string | null }>(
    handle,
    sql`select ${COLUMNS}, password_hash as "passwordHash" from access.person where name = ${name}`,
  );
  decoy ??= hash('nobody has this password');
  const right = await verify(found?.passwordHash ?? (await decoy), password);
  if (found === undefined || found.passwordHash === null || !right) return undefined;
  return { id: found.id, name: found.name, role: found.role };
}
