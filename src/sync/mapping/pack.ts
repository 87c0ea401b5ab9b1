import { z } from 'zod';
import { RECORD_KINDS } from '#canonical';
import { ConditionSchema, ExpressionSchema } from './expression.ts';

/**
 * Which rows belong together: column of the joined entity → column of the row it is joined to.
 * Compared as text, exactly.
 */
const OnSchema = z.record(z.string().min(1), z.string().min(1));

/** Rows of another entity that are part of the document, such as the lines of an order. */
export const ChildSchema = z.strictObject({
  as: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  entity: z.string(),
  on: OnSchema, // Child column → header column.
  orderBy: z.string().optional(), // Numbers sort as numbers. Without it: by line in the file.
});

/** One row of another entity that a row may use. Of several that fit, the first in the file. */
export const LookupSchema = z.strictObject({
  as: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  entity: z.string(),
  on: OnSchema, // Column of the looked-up entity → column of the row named by `of`.
  of: z.string().optional(), // A child's or an earlier lookup's `as`. Absent: the header row.
  where: z.record(z.string(), z.string()).optional(), // Only rows whose column has this text.
});

/** A rule the document must keep; broken, it goes to quarantine. Decimals compare by value. */
export const CheckSchema = z.strictObject({
  field: z.string(), // The canonical field to look at: 'netAmount'.
  left: ExpressionSchema,
  equals: ExpressionSchema,
  reason: z.string(), // Plain words; '{left}' and '{right}' stand for the two values.
});

/** How rows of one entity become records of one kind. */
export const MappingSchema = z.strictObject({
  name: z.string().optional(), // Needed when two mappings make the same kind. Else: the kind.
  kind: z.enum(RECORD_KINDS),
  from: z.string(), // The header entity: one row, one record.
  key: ExpressionSchema, // Made of column, const, trim and concat only. Unique within the kind.
  where: ConditionSchema.optional(), // Only these rows are records of this mapping.
  children: z.array(ChildSchema).max(5).optional(),
  lookups: z.array(LookupSchema).max(20).optional(),
  fields: z.record(z.string().min(1), ExpressionSchema),
  checks: z.array(CheckSchema).max(20).optional(),
  sourceAt: ExpressionSchema.optional(), // When the source last touched it: 'YYYY-MM-DD HH:MM:SS.mmm', taken as UTC.
});
export type Mapping = Readonly<z.infer<typeof MappingSchema>>;

/** Where the columns of each entity stand. The rest of a layout is its adapter's own business. */
export const LayoutSchema = z.looseObject({
  entities: z.record(
    z.string().min(1),
    z.looseObject({ columns: z.array(z.string().min(1)).min(1).max(500) }),
  ),
});

/**
 * A pack: one JSON document that says how a source's files are laid out and what its rows mean.
 * Mappings run in the order in which records may point at each other: suppliers before orders.
 */
export const PackSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.number().int().min(1),
  title: z.string(),
  adapter: z.literal('file'),
  layout: LayoutSchema,
  mappings: z.array(MappingSchema).min(1).max(50),
});
export type Pack = Readonly<z.infer<typeof PackSchema>>;
