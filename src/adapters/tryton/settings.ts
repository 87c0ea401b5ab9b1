import { z } from 'zod';
import { trytonError } from './errors.ts';

const SettingsSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }), // Of the server, without the database.
  database: z.string().regex(/^[^/?#\s]{1,63}$/),
  username: z.string().min(1),
  password: z.string().min(1),
  company: z.string().optional(), // Its id; absent: the one the user works in.
  warehouse: z.string().optional(), // For orders that name none; absent: the only one there is.
  documentsPerPage: z.number().int().min(1).max(1_000).optional(), // 200.
});

/** How a Tryton is reached, and what it is told where a document does not say. */
export type TrytonSettings = Readonly<z.infer<typeof SettingsSchema>>;

/** Reads settings. Fails with `tryton.bad-settings`, which names the fields and shows no value. */
export function parseTrytonSettings(settings: unknown): TrytonSettings {
  const parsed = SettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw trytonError('invalid', 'tryton.bad-settings', 'reading the settings of a Tryton', {
    remedy: z.prettifyError(parsed.error).slice(0, 2000),
  });
}
