import type { DatabaseProfile } from './profile/profile.ts';
import type { Dialect, Session, SignIn } from './dialect.ts';
import { sourceError } from './errors.ts';
import type { Entity } from './profile/entity.ts';

/** A database, its profile, and the way into it. */
export type Connection = {
  readonly profile: DatabaseProfile;
  readonly dialect: Dialect;
  /** Opens a connection of its own; whoever opens it ends it. */
  open(stop: AbortSignal): Promise<Session>;
  /** How one signs in, for a line of another kind. */
  signIn(stop: AbortSignal): Promise<SignIn>;
  readonly slots: string; // What slots and publications of this connection begin with.
};

/** What works on one session. */
export type Line = Connection & { readonly session: Session };

/** Works on a session of its own, and ends it. */
export async function onSession<T>(
  connection: Connection,
  stop: AbortSignal,
  work: (line: Line) => Promise<T>,
): Promise<T> {
  const session = await connection.open(stop);
  try {
    return await work({ ...connection, session });
  } finally {
    await session.end();
  }
}

/** Everything that is read inside sees one state of the database. */
export async function consistently<T>({ session }: Line, work: () => Promise<T>): Promise<T> {
  await session.begin('read');
  try {
    return await work();
  } finally {
    await session.rollback().catch(() => undefined); // Nothing was changed.
  }
}

/** The entity of this name. */
export function entityOf({ profile }: Connection, name: string): Entity {
  const entity = Object.hasOwn(profile.entities, name) ? profile.entities[name] : undefined;
  if (entity !== undefined) return entity;
  throw sourceError('not-found', 'database.unknown-entity', `reading '${name}'`, {
    remedy: `The profile knows: ${Object.keys(profile.entities).join(', ')}.`,
  });
}
