import { rows, sql } from '#database';
import type { Handle } from '#database';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import type { Person } from './person.ts';
import { hashToken, newToken } from './token.ts';

/** A signed-in person. */
export type Session = { readonly person: Person; readonly expiresAt: Instant };

const SESSION_MS = 12 * 3_600_000;
const LINK_MS = 30 * 60_000;

/** Opens a session; the token is shown this once and kept only as a hash. Sweeps expired ones. */
export async function openSession(
  handle: Handle,
  clock: Clock,
  person: Person,
): Promise<{ readonly token: string; readonly session: Session }> {
  const now = clock();
  const token = newToken();
  const expiresAt = instantOf(millisecondsOf(now) + SESSION_MS);
  await rows(handle, sql`delete from access.session where expires_at <= ${now}`);
  await rows(
    handle,
    sql`insert into access.session (token_hash, person_id, created_at, expires_at)
      values (${hashToken(token)}, ${person.id}, ${now}, ${expiresAt})`,
  );
  return { token, session: { person, expiresAt } };
}

/** The session of a token. Undefined: none, closed, or expired. */
export async function findSession(
  handle: Handle,
  clock: Clock,
  token: string,
): Promise<Session | undefined> {
  const [found] = await rows<Person & { expiresAt: Instant }>(
    handle,
    sql`select id, name, role, expires_at as "expiresAt"
      from access.session join access.person on person.id = person_id
      where token_hash = ${hashToken(token)} and expires_at > ${clock()}`,
  );
  if (found === undefined) return undefined;
  const { expiresAt, ...person } = found;
  return { person, expiresAt };
}

/** Ends a session at once. */
export async function closeSession(handle: Handle, token: string): Promise<void> {
  await rows(handle, sql`delete from access.session where token_hash = ${hashToken(token)}`);
}

/** A token that signs this person in once, within half an hour. */
export async function newSignInLink(handle: Handle, clock: Clock, person: Person): Promise<string> {
  const now = clock();
  const token = newToken();
  await rows(handle, sql`delete from access.sign_in_link where expires_at <= ${now}`);
  await rows(
    handle,
    sql`insert into access.sign_in_link (token_hash, person_id, expires_at)
      values (${hashToken(token)}, ${person.id}, ${instantOf(millisecondsOf(now) + LINK_MS)})`,
  );
  return token;
}

/** Uses a sign-in link up. Undefined: never given out, used, or expired. */
export async function useSignInLink(
  handle: Handle,
  clock: Clock,
  token: string,
): Promise<Person | undefined> {
  const now = clock();
  const [person] = await rows<Person>(
    handle,
    sql`update access.sign_in_link set used_at = ${now} from access.person
      where token_hash = ${hashToken(token)} and used_at is null and expires_at > ${now}
        and person.id = person_id
      returning person.id, person.name, person.role`,
  );
  return person;
}
