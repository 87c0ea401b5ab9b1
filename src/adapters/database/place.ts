import { z } from 'zod';
import type { Cursor } from '#adapter-kit';
import { sourceError } from './errors.ts';

/** The last row that was read, by the server's own text: a `Date` would lose its microseconds. */
const PointSchema = z.strictObject({
  mark: z.string().nullable().optional(), // Among changes: the row's watermark.
  key: z.array(z.string()).min(1).max(5),
});
export type Point = Readonly<z.infer<typeof PointSchema>>;

const PlaceSchema = z.strictObject({
  entity: z.string(),
  mode: z.enum(['snapshot', 'changes']),
  since: z.string().nullable().optional(), // Changes: from this watermark on; null: from the first.
  high: z.string().nullable().optional(), // The highest watermark when the first page was asked for.
  at: PointSchema.optional(), // Absent: the beginning.
  done: z.literal(true).optional(),
});
export type Place = Readonly<z.infer<typeof PlaceSchema>>;

/** Writes a place down for sync to keep. */
export function cursorOf(place: Place): Cursor {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is where cursors are made.
  return JSON.stringify(place) as Cursor;
}

/** Reads a place back. Fails when this entity did not give it, or was laid out otherwise then. */
export function placeOf(
  cursor: Cursor,
  { entity, mode, keys }: Pick<Place, 'entity' | 'mode'> & { readonly keys: number },
): Place {
  const { data } = PlaceSchema.safeParse(parsed(cursor));
  const fits = data?.entity === entity && data.mode === mode;
  if (fits && (data.at === undefined || data.at.key.length === keys)) return data;
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
