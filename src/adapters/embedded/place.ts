import { z } from 'zod';
import type { Cursor } from '#adapter-kit';
import type { EmbeddedEntity } from './entities.ts';
import { embeddedError } from './errors.ts';

const PlaceSchema = z.discriminatedUnion('reading', [
  z.strictObject({
    reading: z.literal('all'),
    entity: z.string(),
    begun: z.string(), // The mark of before the first page.
    after: z.string().exactOptional(), // The last key that was read.
  }),
  z.strictObject({
    reading: z.literal('changes'),
    entity: z.string(),
    since: z.string(),
    until: z.string().exactOptional(), // Among pages: what the pages lead up to.
    after: z.string().exactOptional(),
    toEndOf: z.literal('all').exactOptional(), // These end the reading of everything.
  }),
]);

/** Where a reading has got to: everything by its key, or the changes between two marks. */
export type Place = Readonly<z.infer<typeof PlaceSchema>>;

/** Writes a place down for sync to keep. */
export const cursorOf = (place: Place): Cursor =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is where cursors are made.
  JSON.stringify(place) as Cursor;

/** Reads a place back. Fails with `embedded.cursor-malformed` when this entity did not give it. */
export function placeOf(cursor: Cursor, entity: EmbeddedEntity): Place {
  const { data } = PlaceSchema.safeParse(parsed(cursor));
  if (data?.entity === entity) return data;
  throw embeddedError('invalid', 'embedded.cursor-malformed', `going on in '${entity}'`, {
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
