import type { Cursor } from '#adapter-kit';
import { entityOf, onSession } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { layOut } from '../layout.ts';
import { logPlaceOf } from './place.ts';
import type { LogPlace } from './place.ts';
import { dropPublication, dropSlot, namesFor, slotState, tablesOf } from './slot.ts';
import { openLogStream } from './stream.ts';
import type { LogItem } from './stream.ts';

/**
 * Waits until the log tells a change beyond one of these places, and says of which entities. The
 * server hands it over as it is committed: nobody asks in between, and nothing is decoded twice.
 */
export async function followLog(
  connection: Connection,
  places: ReadonlyMap<string, Cursor>,
  stop: AbortSignal,
): Promise<readonly string[]> {
  const told = [...places].filter(
    ([name]) => connection.profile.entities[name]?.changes.by === 'log',
  );
  const enough = new AbortController();
  const either = AbortSignal.any([stop, enough.signal]);
  const changed = new Set<string>();
  const following = told.map(async ([name, cursor]) => {
    if (await changesIn(connection, name, logPlaceOf(cursor, name), either)) changed.add(name);
    enough.abort();
  });
  const ended = await Promise.allSettled(following);
  stop.throwIfAborted();
  const failed = ended.find((one) => one.status === 'rejected');
  if (changed.size === 0 && failed !== undefined) throw failed.reason;
  return [...changed];
}

/** True: something has changed, or the slot is of no use and a read will say so. */
async function changesIn(
  connection: Connection,
  name: string,
  place: LogPlace,
  stop: AbortSignal,
): Promise<boolean> {
  const names = namesFor(connection.slots, name);
  const tables = await onSession(connection, stop, async (line) => {
    const state = await slotState(line, names);
    if (state === undefined || state.lost !== undefined) return undefined;
    const layout = await layOut(line, entityOf(connection, name));
    return new Set(tablesOf(layout).map((table) => `${table.schema}.${table.name}`));
  });
  if (tables === undefined || place.at === undefined || place.beyond !== undefined) return true;
  const from = BigInt(place.at.before);
  const stream = await openLogStream(
    await connection.signIn(stop),
    { ...names, from, name: 'rialto follow' },
    stop,
  );
  const relations = new Map<number, string>();
  try {
    for await (const { message } of stream.items) {
      if (message.kind === 'relation') {
        const { id, schema, name: table } = message.relation;
        relations.set(id, `${schema}.${table}`);
      }
      if (relationsOf(message).some((id) => tables.has(relations.get(id) ?? ''))) return true;
    }
    return false;
  } finally {
    await stream.end();
  }
}

function relationsOf(message: LogItem['message']): readonly number[] {
  if (message.kind === 'row') return [message.relation];
  return message.kind === 'truncate' ? message.relations : [];
}

/** Takes slots and publications of this connection away, so that they keep nothing back. */
export async function releaseLog(connection: Connection, stop: AbortSignal): Promise<void> {
  const told = Object.entries(connection.profile.entities).filter(
    ([, { changes }]) => changes.by === 'log',
  );
  if (told.length === 0) return;
  await onSession(connection, stop, async (line) => {
    for (const [name] of told) {
      const names = namesFor(connection.slots, name);
      await dropSlot(line, names);
      await dropPublication(line, names);
    }
  });
}
