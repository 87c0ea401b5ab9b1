import type { DocumentAdapter } from '#adapter-kit';
import { onSession } from '../connection.ts';
import type { Connection, Line } from '../connection.ts';
import { sql, value } from '../sql.ts';
import { namesFor, slotState } from './slot.ts';

type KeptLog = Awaited<ReturnType<NonNullable<DocumentAdapter['behind']>>>[number];

/** How far each entity that the log tells is behind it. Changes nothing. */
export async function behindLog(
  connection: Connection,
  stop: AbortSignal,
): Promise<readonly KeptLog[]> {
  const told = Object.entries(connection.profile.entities).filter(
    ([, { changes }]) => changes.by === 'log',
  );
  if (told.length === 0) return [];
  return await onSession(connection, stop, async (line) => {
    const found: KeptLog[] = [];
    for (const [entity] of told) found.push(await behindOf(line, entity));
    return found;
  });
}

async function behindOf(line: Line, entity: string): Promise<KeptLog> {
  const names = namesFor(line.slots, entity);
  const of = { entity, name: names.slot };
  const state = await slotState(line, names);
  if (state === undefined) return { ...of, state: 'none', followed: false };
  const { lost, heldBy, lagBytes } = state;
  const followed = heldBy !== undefined;
  if (lost !== undefined) return { ...of, state: 'lost', why: lost, followed };
  const idle = followed ? 0 : await secondsIdle(line, names.slot);
  return {
    ...of,
    state: state.atRisk ? 'at-risk' : 'kept',
    followed,
    behindBytes: Number(lagBytes), // Of a disk: far below what a number holds exactly.
    ...(idle === undefined ? {} : { behindSeconds: idle }),
  };
}

/** Since nobody has read it. PostgreSQL tells it from 17 on. */
async function secondsIdle({ session }: Line, slot: string): Promise<number | undefined> {
  const [[seconds] = []] = await session.rows(
    sql`select floor(extract(epoch from
        clock_timestamp() - (to_jsonb(s) ->> 'inactive_since')::timestamptz))::bigint::text
      from pg_replication_slots s where s.slot_name = ${value(slot)}`,
  );
  return seconds === undefined || seconds === null ? undefined : Math.max(0, Number(seconds));
}
