import { rows, sql } from '#database';
import type { Handle } from '#database';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import { personDisabled } from './errors.ts';
import type { Person } from './person.ts';
import { hashToken, newToken } from './token.ts';

/** A signed-in person. */
export type Session = { readonly person: Person; readonly expiresAt: Instant };

const SESSION_MS = 12 * 3_600_000;
const IDLE_MS = 2 * 3_600_000;
const SEEN_MS = 60_000; // How exactly we know when a session was last used.
const LINK_MS = 30 * 60_000;

/**
 * Opens a session; the token is shown this once and kept only as a hash. The session that this
 * browser had (`replaced`) ends, and expired ones are swept. Fails with `access.person-disabled`.
 */
export async function openSession(
  handle: Handle,
  clock: Clock,
  person: Person,
  replaced?: string,
): Promise<{ readonly token: string; readonly session: Session }> {
  const now = clock();
  const token = newToken();
  const expiresAt = instantOf(millisecondsOf(now) + SESSION_MS);
  if (replaced !== undefined) await closeSession(handle, replaced);
  await rows(handle, sql`delete from access.session where expires_at <= ${now}`);
  const signedIn = await rows(
    handle,
    sql`update access.person set signed_in_at = ${now}
      where id = ${person.id} and disabled_at is null returning id`,
  );
  if (signedIn.length === 0) throw personDisabled(person.name);
  await rows(
    handle,
    sql`insert into access.session (token_hash, person_id, created_at, expires_at, seen_at)
      values (${hashToken(token)}, ${person.id}, ${now}, ${expiresAt}, ${now})`,
  );
  return { token, session: { person, expiresAt } };
}

/** The session of a token. Undefined: none, closed, expired, unused for long, or disabled. */
export async function findSession(
  handle: Handle,
  clock: Clock,
  token: string,
): Promise<Session | undefined> {
  const now = clock();
  const idle = instantOf(millisecondsOf(now) - IDLE_MS);
  const [found] = await rows<Person & { expiresAt: Instant; seenAt: Instant }>(
    handle,
    sql`select id, name, role, expires_at as "expiresAt", seen_at as "seenAt"
      from access.session join access.person on person.id = person_id
      where token_hash = ${hashToken(token)} and expires_at > ${now} and seen_at > ${idle}
        and disabled_at is null`,
  );
  if (found === undefined) return undefined;
  const { expiresAt, seenAt, ...person } = found;
  if (millisecondsOf(now) - millisecondsOf(seenAt) >= SEEN_MS) {
    await rows(
      handle,
      sql`update access.session set seen_at = ${now} where token_hash = ${hashToken(token)}`,
    );
  }
  return { person, expiresAt };
}

/** Ends a session at once. */
export async function closeSession(handle: Handle, token: string): Promise<void> {
  await rows(handle, sql`delete from access.session where token_hash = ${hashToken(token)}`);
}

/**
 * A token that signs this person in once, within half an hour. Fails with
 * `access.person-disabled`.
 */
export async function newSignInLink(handle: Handle, clock: Clock, person: Person): Promise<string> {
  const now = clock();
  const token = newToken();
  await rows(handle, sql`delete from access.sign_in_link where expires_at <= ${now}`);
  const made = await rows(
    handle,
    sql`insert into access.sign_in_link (token_hash, person_id, expires_at)
      select ${hashToken(token)}, id, ${instantOf(millisecondsOf(now) + LINK_MS)}
      from access.person where id = ${person.id} and disabled_at is null returning person_id`,
  );
  if (made.length === 0) throw personDisabled(person.name);
  return token;
}

/** Uses a sign-in link up. Undefined: never given out, used, expired, or its person disabled. */
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
        and person.id = person_id and disabled_at is null
      returning person.id, person.name, person.role`,
  );
  return person;
}
