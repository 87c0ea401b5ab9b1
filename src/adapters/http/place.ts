import { z } from 'zod';
import type { Cursor } from '#adapter-kit';
import { parseInstant } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { httpError } from './errors.ts';

const InstantSchema = z.custom<Instant>(
  (value) => typeof value === 'string' && parseInstant(value) === value,
);

/** Where the next page of the source begins. Each way of paging uses its own. */
const PagePlaceSchema = z.union([
  z.strictObject({ offset: z.int().min(0), anchor: z.string().optional() }),
  z.strictObject({ page: z.int().min(0), anchor: z.string().optional() }),
  z.strictObject({ cursor: z.string().min(1) }),
  z.strictObject({ url: z.string().startsWith('/') }), // Of the system: its path and query.
]);
export type PagePlace = Readonly<z.infer<typeof PagePlaceSchema>>;

const PlaceSchema = z.strictObject({
  entity: z.string(),
  since: InstantSchema.optional(), // Absent: a snapshot.
  began: InstantSchema.optional(), // The source's own time when the first page was asked for.
  aheadMs: z.int().optional(), // Of our clock: the source's, as it was then. Absent: it does not tell.
  at: PagePlaceSchema.optional(), // Absent: the beginning.
  done: z.literal(true).optional(), // Nothing was left.
});
export type Place = Readonly<z.infer<typeof PlaceSchema>>;

/** Writes a place down for sync to keep. */
export function cursorOf(place: Place): Cursor {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is where cursors are made.
  return JSON.stringify(place) as Cursor;
}

/** Reads a place back. Fails when this entity did not give it. */
export function placeOf(cursor: Cursor, entity: string): Place {
  const { data } = PlaceSchema.safeParse(parsed(cursor));
  if (data?.entity === entity) return data;
  throw httpError('invalid', 'http.cursor-malformed', `going on in '${entity}'`, {
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
