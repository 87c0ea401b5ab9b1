import { verify } from '@node-rs/argon2';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Clock } from '#kernel/time';
import { lastAdministrator, noSuchPerson, wrongPassword } from './errors.ts';
import { hashPassword } from './password.ts';
import { findPerson } from './person.ts';
import type { PersonEntry } from './person.ts';
import type { Role } from './role.ts';

/** Gives a person another role, from their next request on. */
export async function changeRole(
  transaction: Handle,
  id: string,
  role: Role,
): Promise<PersonEntry> {
  await lockPeople(transaction);
  if (role !== 'administrator') await keepAnAdministrator(transaction, id);
  await rows(transaction, sql`update access.person set role = ${role} where id = ${id}`);
  return readPerson(transaction, id);
}

/** Lets a person in no more: their sessions and unused links end with the transaction. */
export async function disablePerson(
  transaction: Handle,
  clock: Clock,
  id: string,
): Promise<PersonEntry> {
  await lockPeople(transaction);
  await keepAnAdministrator(transaction, id);
  await rows(
    transaction,
    sql`update access.person set disabled_at = coalesce(disabled_at, ${clock()}) where id = ${id}`,
  );
  await endSessions(transaction, id);
  return readPerson(transaction, id);
}

/** Lets a disabled person sign in again. */
export async function enablePerson(transaction: Handle, id: string): Promise<PersonEntry> {
  await rows(transaction, sql`update access.person set disabled_at = null where id = ${id}`);
  return readPerson(transaction, id);
}

/** Takes the password away and ends all sessions and links: a new link lets the person in. */
export async function resetPerson(transaction: Handle, id: string): Promise<PersonEntry> {
  await rows(transaction, sql`update access.person set password_hash = null where id = ${id}`);
  await endSessions(transaction, id);
  return readPerson(transaction, id);
}

/**
 * Sets the person's password; `current` must be right when they have one. Their sessions and links
 * end: the caller opens a new one. Fails with `access.wrong-password` or `access.weak-password`.
 */
export async function setPassword(
  transaction: Handle,
  id: string,
  passwords: { readonly current?: string | undefined; readonly password: string },
): Promise<PersonEntry> {
  const [found] = await rows<{ name: string; passwordHash: string | null }>(
    transaction,
    sql`select name, password_hash as "passwordHash" from access.person
      where id = ${id} for update`,
  );
  if (found === undefined) throw noSuchPerson(id);
  const { current = '', password } = passwords;
  const { name, passwordHash } = found;
  if (passwordHash !== null && !(await verify(passwordHash, current))) throw wrongPassword();
  const kept = await hashPassword(name, password);
  await rows(transaction, sql`update access.person set password_hash = ${kept} where id = ${id}`);
  await endSessions(transaction, id);
  return readPerson(transaction, id);
}

/** One change of people at a time: two administrators must not remove each other. */
const lockPeople = (transaction: Handle): Promise<unknown> =>
  rows(transaction, sql`lock table access.person in share row exclusive mode`);

async function keepAnAdministrator(transaction: Handle, id: string): Promise<void> {
  const [last] = await rows(
    transaction,
    sql`select 1 from access.person
      where id = ${id} and role = 'administrator' and disabled_at is null
        and not exists (select 1 from access.person other where other.id <> ${id}
          and other.role = 'administrator' and other.disabled_at is null)`,
  );
  if (last !== undefined) throw lastAdministrator();
}

async function endSessions(transaction: Handle, id: string): Promise<void> {
  await rows(transaction, sql`delete from access.session where person_id = ${id}`);
  await rows(transaction, sql`delete from access.sign_in_link where person_id = ${id}`);
}

async function readPerson(transaction: Handle, id: string): Promise<PersonEntry> {
  const person = await findPerson(transaction, id);
  if (person === undefined) throw noSuchPerson(id);
  return person;
}
