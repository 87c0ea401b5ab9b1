import { z } from 'zod';
import type { Cursor } from '#adapter-kit';
import { sourceError } from '../errors.ts';

const Lsn = z.string().regex(/^\d+$/);

/**
 * A place in the server's log. `mark` is a word of ours that was written into the log itself: when
 * it is found where it was, this is the log that was read before, and nothing is missing.
 */
const LogPlaceSchema = z.strictObject({
  entity: z.string(),
  mark: z.string(),
  publication: z.string(), // Its print: of another one, some changes may not have been told.
  /** Just before the mark, and just after it. Absent: it follows somewhere in what the slot tells. */
  at: z.strictObject({ before: Lsn, after: Lsn }).optional(),
  /** How far beyond the mark: into the transaction of this commit, up to this place. */
  beyond: z.strictObject({ commit: Lsn, at: Lsn }).optional(),
  snapshot: z.string().optional(), // During a snapshot: the cursor of its own.
});
export type LogPlace = Readonly<z.infer<typeof LogPlaceSchema>>;

/** Writes a place down for sync to keep. */
export function logCursor(place: LogPlace): Cursor {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is where cursors are made.
  return JSON.stringify(place) as Cursor;
}

/** Reads a place back. Fails when this entity did not give it. */
export function logPlaceOf(cursor: Cursor, entity: string): LogPlace {
  const { data } = LogPlaceSchema.safeParse(parsed(cursor));
  if (data?.entity === entity) return data;
  throw sourceError('invalid', 'database.cursor-malformed', `going on in '${entity}'`, {
    remedy: 'Read the entity from the start.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
