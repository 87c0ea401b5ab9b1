import { z } from 'zod';
import type { Cursor } from '#adapter-kit';
import { trytonError } from './errors.ts';

/** A place in rows ordered by a moment and, within it, by id. */
const PlaceSchema = z.strictObject({ at: z.string(), id: z.string() });
export type Place = Readonly<z.infer<typeof PlaceSchema>>;

/**
 * A place in one stream. Rows that were never written again have no `write_date`: they are ordered
 * by when they were created, on a way of their own. A row that is written leaves it for the other.
 */
const StreamPlaceSchema = z.strictObject({ written: PlaceSchema, created: PlaceSchema });
export type StreamPlace = Readonly<z.infer<typeof StreamPlaceSchema>>;

const CursorSchema = z.discriminatedUnion('mode', [
  // A snapshot goes by id; `changes` is from where changes are to be read when it is done.
  z.strictObject({
    mode: z.literal('snapshot'),
    after: z.string(),
    changes: z.array(StreamPlaceSchema),
  }),
  // `done`: all changes up to here have been read, and the next reading steps back a little.
  z.strictObject({
    mode: z.literal('changes'),
    streams: z.array(StreamPlaceSchema),
    done: z.boolean(),
  }),
]);
export type Reached = Readonly<z.infer<typeof CursorSchema>>;

export const cursorOf = (reached: Reached): Cursor =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- we are its maker.
  JSON.stringify(reached) as Cursor;

/** Reads a cursor. Fails with `tryton.cursor-unreadable`: it was not made here. */
export function reachedOf(cursor: Cursor): Reached {
  let value: unknown;
  try {
    value = JSON.parse(cursor);
  } catch {
    value = undefined;
  }
  const parsed = CursorSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw trytonError('invalid', 'tryton.cursor-unreadable', 'reading a place in Tryton', {
    remedy: 'Read everything again.',
  });
}
