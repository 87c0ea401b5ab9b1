import { z } from 'zod';
import { carriesReference, ExpressionSchema } from '#adapter-kit/expression';
import { placeholdersOf } from '../fill-template.ts';
import { BatchSchema } from './batch.ts';
import { AddressSchema, VersionSchema } from './entity.ts';

const PathSchema = z.string().max(500);
const TextsSchema = z.record(z.string().min(1).max(100), z.string().max(2000));

const KeySchema = z.union([
  z.strictObject({ path: PathSchema.min(1) }),
  z.strictObject({ header: z.literal('location') }), // Its last step.
]);

/** How a command is looked for by our own reference. */
const LookupSchema = z
  .strictObject({
    path: AddressSchema,
    query: TextsSchema.optional(),
    records: PathSchema, // '' when the answer is the list, or the one document.
    /** Where a document carries references: one must be ours, to the letter. */
    match: z.array(PathSchema.min(1)).min(1),
    key: PathSchema.min(1),
    version: PathSchema.min(1).optional(),
    detail: z.record(z.string(), PathSchema.min(1)).optional(),
  })
  .refine(
    ({ path, query = {} }) =>
      [path, ...Object.values(query)].some((text) => placeholdersOf(text).includes('reference')),
    { error: "the path or the query must hold '{reference}'" },
  );
export type Lookup = Readonly<z.infer<typeof LookupSchema>>;

/** How one operation is sent and looked up. */
export const OperationSchema = z
  .strictObject({
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
    path: AddressSchema,
    query: TextsSchema.optional(),
    headers: TextsSchema.optional(), // One whose placeholder stands for nothing is left out.
    body: ExpressionSchema.optional(),
    /** The system books the same thing once, however often it is sent. */
    idempotent: z.literal(true).optional(),
    result: z
      .strictObject({
        key: KeySchema.optional(), // Absent: the key of the target.
        version: VersionSchema.optional(),
        detail: z.record(z.string(), PathSchema.min(1)).optional(), // Our word → where it stands.
      })
      .default({}),
    lookup: LookupSchema,
    batch: BatchSchema.optional(), // Absent: one at a time.
  })
  .refine(
    ({ path, query = {}, headers = {}, body }) =>
      carriesReference(body) ||
      [path, ...Object.values(query), ...Object.values(headers)].some((text) =>
        placeholdersOf(text).includes('reference'),
      ),
    {
      error:
        'our reference must go somewhere: {"reference": true} in the body, or \'{reference}\' in path, query or a header',
    },
  )
  .refine(({ path, result }) => result.key !== undefined || path.includes('{target.key}'), {
    error: 'says where the key of what was booked stands',
    path: ['result', 'key'],
  })
  .refine(({ body, batch }) => batch === undefined || carriesReference(batch.each ?? body), {
    error: 'each command of a batch must carry our reference in the body',
    path: ['batch', 'each'],
  })
  .refine(({ batch, result }) => batch === undefined || 'path' in (result.key ?? {}), {
    error: 'the key of what was booked has to stand in the body for a batch',
    path: ['result', 'key'],
  });
export type HttpOperation = Readonly<z.infer<typeof OperationSchema>>;
