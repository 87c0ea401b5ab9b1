import { z } from 'zod';
import { ExpressionSchema } from '#adapter-kit/expression';
import { AddressSchema } from './entity.ts';

const PathSchema = z.string().max(500);
const TextsSchema = z.record(z.string().min(1).max(100), z.string().max(2000));

/** How several commands of one operation, none with a target, go out as one request. */
export const BatchSchema = z.strictObject({
  method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
  path: AddressSchema,
  query: TextsSchema.optional(),
  headers: TextsSchema.optional(),
  commandsMax: z.int().min(2).max(1000),
  list: z.string().max(100), // The field that the commands go into; '': the body is the list.
  beside: z.record(z.string(), z.json()).optional(), // What stands beside the list.
  each: ExpressionSchema.optional(), // What one becomes. Absent: the body of the operation.
  answers: z.strictObject({
    records: PathSchema, // '' when the answer is the list.
    /** Where each carries our reference. Absent: they come in the order that was sent. */
    match: PathSchema.min(1).optional(),
    /** Where each has an HTTP status of its own. Absent: all are booked, or none. */
    status: PathSchema.min(1).optional(),
    /** Where in each stands what a single answer would say. Absent: it is that. */
    document: PathSchema.min(1).optional(),
  }),
});
export type Batch = Readonly<z.infer<typeof BatchSchema>>;
