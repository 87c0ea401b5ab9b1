import { z } from 'zod';
import { EntityLayoutSchema, faultOf } from './entity-layout.ts';
import { fileError } from './errors.ts';
import { OutboundSchema } from './outbound/layout.ts';

const FileLayoutSchema = z.strictObject({
  entities: z
    .record(z.string().min(1).max(100), EntityLayoutSchema)
    .superRefine((entities, context) => {
      for (const [name, entity] of Object.entries(entities)) {
        const message = faultOf(entity);
        if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message });
      }
    }),
  outbound: OutboundSchema.optional(), // Absent: nothing is ever written.
});

/** The files of a folder, by entity. */
export type FileLayout = Readonly<z.infer<typeof FileLayoutSchema>>;

/** Reads the layout part of a pack. Fails with what is wrong and where. */
export function parseFileLayout(json: unknown): FileLayout {
  const parsed = FileLayoutSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw fileError('invalid', 'file.layout-invalid', 'reading the layout of the files', {
    cause: parsed.error,
    remedy: z.prettifyError(parsed.error),
  });
}
