import { z } from 'zod';
import { Moment, Said } from './common.ts';
import { DryRun } from './connection.ts';

const count = z.number().int();

/** Long work that goes on in the server, whoever looks on. Kept until the next of its kind. */
export const WORK = {
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  by: z.string(),
  startedAt: Moment,
  finishedAt: Moment.optional(),
  progress: z
    .strictObject({
      what: z.string(),
      done: count,
      expected: count.optional(), // Absent: nobody knows.
    })
    .optional(),
  failure: z.strictObject({ text: z.string(), ...Said.partial().shape }).optional(),
} as const;

/** A rebuilding of the warehouse: of each table, how many rows, and whether they are as before. */
export const Rebuild = z.strictObject({
  ...WORK,
  result: z
    .strictObject({
      position: z.string(), // Of the change log.
      tables: z.array(
        z.strictObject({
          table: z.string(),
          rows: count,
          same: z.boolean().nullable(), // Null: records changed meanwhile.
        }),
      ),
    })
    .optional(),
});
export type Rebuild = Readonly<z.infer<typeof Rebuild>>;

/** A dry run in the background, and what it found. */
export const DryRunWork = z.strictObject({ ...WORK, result: DryRun.optional() });
export type DryRunWork = Readonly<z.infer<typeof DryRunWork>>;
