import { z } from 'zod';
import { FilterSchema, ScalarSchema } from './filter.ts';
import { ColumnNameSchema, TableNameSchema } from './table-name.ts';

const ColumnsSchema = z.array(ColumnNameSchema).min(1).max(500);

const ChildSchema = z.strictObject({
  as: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]*$/), // The list's name in the document.
  table: TableNameSchema,
  on: z
    .record(ColumnNameSchema, ColumnNameSchema) // Its column → the header's.
    .refine((on) => Object.keys(on).length > 0, { error: 'names at least one pair of columns' }),
  columns: ColumnsSchema.optional(),
  order: z.array(ColumnNameSchema).min(1).max(5), // Must tell rows of one header apart.
  where: FilterSchema.optional(),
});

const ChangesSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('hash') }), // Read whole; what looks as it did is passed over.
  z.strictObject({
    by: z.literal('watermark'),
    column: ColumnNameSchema, // Grows with every change: a time, a day, a number.
    /**
     * Read again each time: seconds, of a number steps. For what is committed later than it is
     * stamped: longer than the longest transaction of those that write.
     */
    overlap: z.int().min(0).max(31_000_000).default(300),
  }),
  z.strictObject({ by: z.literal('log') }), // The server's own log tells it: PostgreSQL, tables.
]);

/** One thing to be read: a header row with its child rows. */
export const EntitySchema = z.strictObject({
  table: TableNameSchema,
  key: z.array(ColumnNameSchema).min(1).max(5),
  columns: ColumnsSchema.optional(), // Absent: all that can be read.
  json: ColumnsSchema.optional(), // Text columns that hold JSON.
  where: FilterSchema.optional(),
  children: z.array(ChildSchema).max(5).default([]),
  changes: ChangesSchema.default({ by: 'hash' }),
  version: ColumnNameSchema.optional(),
  changedAt: ColumnNameSchema.optional(),
  deleted: z
    .strictObject({ column: ColumnNameSchema, is: z.array(ScalarSchema).min(1) })
    .optional(),
});
export type Entity = Readonly<z.infer<typeof EntitySchema>>;
