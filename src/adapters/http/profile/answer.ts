import { z } from 'zod';

const PathsSchema = z.array(z.string().min(1).max(500)).min(1);

/** Why nothing was booked, or that one cannot tell. */
export const WHYS = [
  'invalid',
  'conflict',
  'not-found',
  'forbidden',
  'limited',
  'unavailable',
  'uncertain',
] as const;
export type Why = (typeof WHYS)[number];

/** How the system says no. The first rule that fits decides; without one, the status does. */
export const ErrorsSchema = z.strictObject({
  /** Something here makes an error of an answer that calls itself a success. */
  inside: z.string().min(1).max(500).optional(),
  code: PathsSchema.optional(), // The first that is there.
  message: PathsSchema.optional(),
  field: PathsSchema.optional(),
  rules: z
    .array(
      z
        .strictObject({
          status: z.array(z.int().min(200).max(599)).min(1).optional(),
          code: z.array(z.string()).min(1).optional(),
          why: z.enum(WHYS),
        })
        .refine(({ status, code }) => status !== undefined || code !== undefined, {
          error: 'names a status, a code or both',
        }),
    )
    .default([]),
});
export type Errors = Readonly<z.infer<typeof ErrorsSchema>>;
