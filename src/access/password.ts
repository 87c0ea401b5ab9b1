import { hash, verify } from '@node-rs/argon2';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { weakPassword } from './errors.ts';
import type { Person } from './person.ts';

const LENGTH_MIN = 12;
const DISTINCT_MIN = 5;
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const; // OWASP, argon2id.

/** Checked against when there is no password, so that an unknown name takes as long as a known. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$7ghs/lYBJWG4dnhw1hNb4g$cv+tTEi/BMoS1END9D+xUdeCr+LrObXDHdnT1o1rq+I';

/** What we keep of a password. Fails with `access.weak-password`. */
export async function hashPassword(name: string, password: string): Promise<string> {
  if (password.length < LENGTH_MIN) {
    throw weakPassword(`Use at least ${LENGTH_MIN} characters.`);
  }
  if (new Set(password.toLowerCase()).size < DISTINCT_MIN) {
    throw weakPassword(`Use at least ${DISTINCT_MIN} different characters.`);
  }
  if (password.toLowerCase().includes(name.toLowerCase())) {
    throw weakPassword('Leave your own name out of it.');
  }
  return hash(password, STRENGTH);
}

/** Whether a name and a password go together; if not, whose the name is, for the audit log alone. */
export type Checked =
  | { readonly right: true; readonly person: Person }
  | { readonly right: false; readonly id: string | undefined };

/**
 * Checks a name and a password. An unknown name, one without a password and a disabled person take
 * as long as a wrong password.
 */
export async function checkPassword(
  handle: Handle,
  name: string,
  password: string,
): Promise<Checked> {
  const [found] = await rows<Person & { passwordHash: string | null; disabled: boolean }>(
    handle,
    sql`select id, name, role, password_hash as "passwordHash",
        disabled_at is not null as disabled
      from access.person where name = ${name}`,
  );
  const right = await verify(found?.passwordHash ?? DECOY, password);
  if (found === undefined || found.passwordHash === null || found.disabled || !right) {
    return { right: false, id: found?.id };
  }
  return { right: true, person: { id: found.id, name: found.name, role: found.role } };
}
