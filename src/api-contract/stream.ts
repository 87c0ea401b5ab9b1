import { z } from 'zod';
import { Run } from './integration.ts';

/** What GET /v1/stream sends: the SSE event's name is `kind`, its data this object as JSON. */
export const StreamEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('records.changed'), position: z.string() }),
  z.strictObject({ kind: z.literal('warehouse.loaded'), position: z.string() }),
  z.strictObject({ kind: z.literal('run.progress'), run: Run }),
]);
export type StreamEvent = Readonly<z.infer<typeof StreamEvent>>;
