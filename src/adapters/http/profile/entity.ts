import { z } from 'zod';

const PathSchema = z.string().max(500);
const ParameterSchema = z.string().min(1).max(100);
const QuerySchema = z.record(ParameterSchema, z.string().max(2000));
const SizeSchema = z.strictObject({ parameter: ParameterSchema, rows: z.int().min(1).max(2000) });

/** Where on the system something is: begins with '/', may hold placeholders in braces. */
export const AddressSchema = z.string().regex(/^\/[^\s?#]*$/, {
  error: "is a path that begins with '/' and has no query: that goes into 'query'",
});

const counted = {
  total: PathSchema.optional(), // Where the answer says how many there are in all.
  /**
   * The promise that rows do not shift while they are read, and pages are full: then pages are read
   * ahead. Without it, each page is checked against the one before.
   */
  stable: z.literal(true).optional(),
};

/** How one gets from a page to the next. */
const PagingSchema = z.discriminatedUnion('style', [
  z.strictObject({ style: z.literal('none') }),
  z.strictObject({
    style: z.literal('page'),
    parameter: ParameterSchema,
    first: z.int().min(0).max(1).default(1),
    size: SizeSchema,
    ...counted,
  }),
  z.strictObject({
    style: z.literal('offset'),
    parameter: ParameterSchema,
    size: SizeSchema,
    ...counted,
  }),
  z.strictObject({
    style: z.literal('cursor'),
    parameter: ParameterSchema,
    next: PathSchema.min(1), // Where the answer has the cursor of the page after; absent: the end.
    size: SizeSchema.optional(),
    total: PathSchema.optional(),
  }),
  z.strictObject({
    style: z.literal('link-header'),
    size: SizeSchema.optional(),
    total: PathSchema.optional(),
  }),
  z.strictObject({
    style: z.literal('next-link'),
    next: PathSchema.min(1).default('@odata.nextLink'),
    size: SizeSchema.optional(),
    total: PathSchema.optional(),
  }),
]);
export type Paging = Readonly<z.infer<typeof PagingSchema>>;
export type CountedPaging = Extract<Paging, { style: 'page' | 'offset' }>;

/** How a moment is written in a query. */
const MOMENT_FORMATS = ['rfc3339', 'rfc3339-seconds', 'epoch-seconds', 'epoch-ms', 'date'] as const;
export type MomentFormat = (typeof MOMENT_FORMATS)[number];

const ChangesSchema = z.strictObject({
  query: QuerySchema.refine(
    (query) => Object.values(query).some((text) => text.includes('{since}')),
    {
      error: "one of the parameters must hold '{since}'",
    },
  ),
  format: z.enum(MOMENT_FORMATS).default('rfc3339'),
  /** Asked for again each time: for clocks that differ and bookings that show up late. */
  overlapSeconds: z.int().min(0).max(86_400).default(60),
});

/** Where a document's version stands: in it, or in the header of its answer. */
export const VersionSchema = z.union([
  z.strictObject({ path: PathSchema.min(1) }),
  z.strictObject({ header: z.string().min(1).max(100).toLowerCase() }),
]);

/** One thing that the system lists. */
export const EntitySchema = z
  .strictObject({
    path: AddressSchema,
    query: QuerySchema.optional(),
    paging: PagingSchema,
    records: PathSchema, // Where the answer has the list; '' when the answer is the list.
    key: z.union([PathSchema.min(1), z.array(PathSchema.min(1)).min(2).max(5)]),
    version: VersionSchema.optional(),
    changedAt: PathSchema.min(1).optional(),
    changes: ChangesSchema.optional(), // Absent: read whole each time.
    deleted: z.strictObject({ path: PathSchema.min(1), is: z.array(z.string()).min(1) }).optional(),
    detail: z
      .strictObject({
        path: AddressSchema, // With '{key}', or '{1}', '{2}' for the parts of a key.
        query: QuerySchema.optional(),
        record: PathSchema.default(''),
        each: z.literal(true).optional(), // The list says too little: each is fetched by itself.
      })
      .refine(({ path }) => /\{(key|\d)\}/.test(path), {
        error: "the path needs '{key}'",
        path: ['path'],
      }),
  })
  .refine(({ version, detail }) => !(version && 'header' in version) || detail.each === true, {
    error: "a version in a header needs 'detail.each': a list shows no header of its members",
    path: ['version'],
  });
export type Entity = Readonly<z.infer<typeof EntitySchema>>;
