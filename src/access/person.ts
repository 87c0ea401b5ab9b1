import { rows, sql } from '#database';
import type { Handle } from '#database';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import { emailTaken, nameTaken } from './errors.ts';
import { hashPassword } from './password.ts';
import type { Role } from './role.ts';

/** Someone who can sign in. */
export type Person = { readonly id: string; readonly name: string; readonly role: string };

/** A person as the list of people shows them. */
export type PersonEntry = Person & {
  readonly email?: string;
  readonly hasPassword: boolean; // Else they sign in by link.
  readonly createdAt: Instant;
  readonly signedInAt?: Instant; // Last.
  readonly disabledAt?: Instant; // Absent: may sign in.
};

type Row = Person & {
  readonly email: string | null;
  readonly hasPassword: boolean;
  readonly createdAt: Instant;
  readonly signedInAt: Instant | null;
  readonly disabledAt: Instant | null;
};

const FIRST_ADMINISTRATOR = 'administrator';
const ENTRY = sql`id, name, role, email, password_hash is not null as "hasPassword",
  created_at as "createdAt", signed_in_at as "signedInAt", disabled_at as "disabledAt"`;

/** Everyone, by name. */
export async function listPeople(handle: Handle): Promise<PersonEntry[]> {
  const found = await rows<Row>(
    handle,
    sql`select ${ENTRY} from access.person order by lower(name), id`,
  );
  return found.map(entryOf);
}

/** One person, disabled or not. */
export async function findPerson(handle: Handle, id: string): Promise<PersonEntry | undefined> {
  const [found] = await rows<Row>(handle, sql`select ${ENTRY} from access.person where id = ${id}`);
  return found === undefined ? undefined : entryOf(found);
}

/**
 * Adds a person. Fails with `access.name-taken`, `access.email-taken` or `access.weak-password`.
 * Without a password they sign in by link and may set one.
 */
export async function addPerson(
  handle: Handle,
  clock: Clock,
  person: {
    readonly name: string;
    readonly role: Role;
    readonly email?: string | undefined;
    readonly password?: string | undefined;
  },
): Promise<PersonEntry> {
  const { name, role, email, password } = person;
  const passwordHash = password === undefined ? null : await hashPassword(name, password);
  const now = clock();
  const [added] = await rows<Row>(
    handle,
    sql`insert into access.person (id, name, role, email, password_hash, created_at)
      values (${newId('person', millisecondsOf(now))}, ${name}, ${role}, ${email ?? null},
        ${passwordHash}, ${now})
      on conflict do nothing returning ${ENTRY}`,
  );
  if (added !== undefined) return entryOf(added);
  const [same] = await rows(handle, sql`select 1 from access.person where name = ${name}`);
  throw same === undefined ? emailTaken() : nameTaken(name);
}

/** The first administrator who may sign in, made when there is none. */
export async function ensureAdministrator(handle: Handle, clock: Clock): Promise<Person> {
  const now = clock();
  const active = sql`role = 'administrator' and disabled_at is null`;
  await rows(
    handle,
    sql`insert into access.person (id, name, role, created_at)
      select ${newId('person', millisecondsOf(now))}, ${FIRST_ADMINISTRATOR}, 'administrator', ${now}
      where not exists (select 1 from access.person where ${active})
      on conflict (name) do nothing`,
  );
  const [first] = await rows<Person>(
    handle,
    sql`select id, name, role from access.person where ${active} order by created_at, id limit 1`,
  );
  if (first === undefined) throw nameTaken(FIRST_ADMINISTRATOR); // Taken by someone else's role.
  return first;
}

function entryOf({ email, signedInAt, disabledAt, ...rest }: Row): PersonEntry {
  return {
    ...rest,
    ...(email === null ? {} : { email }),
    ...(signedInAt === null ? {} : { signedInAt }),
    ...(disabledAt === null ? {} : { disabledAt }),
  };
}
