import { z } from 'zod';
import { carriesReference, ExpressionSchema } from '#adapter-kit/expression';
import type { Expression } from '#adapter-kit/expression';
import { FilterSchema, ScalarSchema } from './filter.ts';
import { ColumnNameSchema, TableNameSchema } from './table-name.ts';

/** What a column is given: an expression over the command, or what only the database knows. */
export type ColumnValue =
  | Expression
  | { readonly next: string } // The next number of a sequence.
  | { readonly header: string } // A column of the header row, as the database made it.
  | { readonly now: true };

const DATABASE_VALUES: Readonly<Record<string, z.ZodType>> = {
  next: z.strictObject({ next: TableNameSchema }),
  header: z.strictObject({ header: ColumnNameSchema }),
  now: z.strictObject({ now: z.literal(true) }),
};

const ColumnValueSchema: z.ZodType<ColumnValue> = z
  .custom<ColumnValue>()
  .superRefine((given: unknown, context) => {
    const keys = typeof given === 'object' && given !== null ? Object.keys(given) : [];
    const [own] = keys.flatMap((key) =>
      Object.hasOwn(DATABASE_VALUES, key) ? [DATABASE_VALUES[key]] : [],
    );
    for (const { path, message } of (own ?? ExpressionSchema).safeParse(given).error?.issues ??
      []) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

/** Whether a value is made by the database and not of the command. */
export const isDatabaseValue = (of: ColumnValue): of is Exclude<ColumnValue, Expression> =>
  'next' in of || 'header' in of || 'now' in of;

const ColumnsSchema = z
  .record(ColumnNameSchema, ColumnValueSchema)
  .refine((columns) => Object.keys(columns).length > 0, { error: 'names at least one column' });

const RowsSchema = z.strictObject({
  table: TableNameSchema,
  each: z.string().min(1).max(200).optional(), // A list of the payload: a row for each member.
  columns: ColumnsSchema,
});
export type Rows = z.infer<typeof RowsSchema>;

const StatusesSchema = z
  .array(z.union([ScalarSchema, z.null()]))
  .min(1)
  .max(50);
const DetailSchema = z.record(z.string().min(1), ColumnNameSchema);

/** How the other side says what it has made of rows that were laid out for it. */
const HandOverSchema = z.strictObject({
  status: ColumnNameSchema, // Of the header row.
  waiting: StatusesSchema,
  booked: StatusesSchema,
  refused: StatusesSchema,
  withdrawable: StatusesSchema.optional(), // Absent: the first of those that wait.
  vanishes: z.literal(true).optional(), // Rows are removed once they are taken up.
  /** Where what was booked stands, found by our reference. Absent: the header row has its key. */
  result: z.strictObject({ table: TableNameSchema, reference: ColumnNameSchema }).optional(),
  code: ColumnNameSchema.optional(), // Of the header row: why it was refused.
  message: ColumnNameSchema.optional(),
  errors: z
    .strictObject({
      table: TableNameSchema,
      on: z
        .record(ColumnNameSchema, ColumnNameSchema) // Its column → the header row's.
        .refine((on) => Object.keys(on).length > 0, {
          error: 'names at least one pair of columns',
        }),
      where: FilterSchema.optional(),
      code: ColumnNameSchema.optional(),
      message: ColumnNameSchema,
      field: ColumnNameSchema.optional(),
    })
    .optional(),
});
export type HandOver = z.infer<typeof HandOverSchema>;

/** How one operation is written: rows of one transaction. The first is the header. */
export const OperationSchema = z
  .strictObject({
    rows: z.array(RowsSchema).min(1).max(10),
    reference: ColumnNameSchema, // Of the header row: ours, in a column of its own.
    key: ColumnNameSchema, // Of the header row, or of the result.
    version: ColumnNameSchema.optional(),
    detail: DetailSchema.optional(), // Our word → the column.
    /** Absent: what was written is booked at once. */
    handOver: HandOverSchema.optional(),
  })
  .superRefine(({ rows, reference }, context) => {
    const say = (path: readonly (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    const [header, ...others] = rows;
    if (header?.each !== undefined) say(['rows', 0, 'each'], 'the header is one row');
    const given = header?.columns[reference];
    if (given === undefined || !('reference' in given)) {
      say(['rows', 0, 'columns', reference], 'is given our reference: {"reference": true}');
    }
    for (const [name, of] of Object.entries(header?.columns ?? {})) {
      if ('header' in of) say(['rows', 0, 'columns', name], 'the header has no header of its own');
    }
    for (const [at, { columns }] of others.entries()) {
      if (Object.values(columns).some(isLink)) continue;
      say(
        ['rows', at + 1, 'columns'],
        'one column names the header: {"header": …} or {"reference": true}',
      );
    }
  });
export type DatabaseOperation = Readonly<z.infer<typeof OperationSchema>>;

/** Whether a column says which header a row belongs to. */
export const isLink = (of: ColumnValue): boolean =>
  'header' in of || ('reference' in of && !isDatabaseValue(of) && carriesReference(of));
