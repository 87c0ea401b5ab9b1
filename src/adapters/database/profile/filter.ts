import { z } from 'zod';
import { ColumnNameSchema } from './table-name.ts';

/** A plain value: numbers beyond whole ones are written as text, so that no digit is lost. */
export const ScalarSchema = z.union([z.string().max(1000), z.int(), z.boolean()]);
export type Scalar = z.infer<typeof ScalarSchema>;

const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;

/** Which rows are taken. A closed tree: there is no SQL in a profile. */
export type Filter =
  | { readonly column: string; readonly op: (typeof COMPARISONS)[number]; readonly value: Scalar }
  | { readonly column: string; readonly op: 'in' | 'not-in'; readonly values: readonly Scalar[] }
  | { readonly column: string; readonly op: 'is-null' | 'not-null' }
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] };

const several = z.lazy(() => z.array(FilterSchema).min(1).max(20));

export const FilterSchema: z.ZodType<Filter> = z.union([
  z.strictObject({ column: ColumnNameSchema, op: z.enum(COMPARISONS), value: ScalarSchema }),
  z.strictObject({
    column: ColumnNameSchema,
    op: z.enum(['in', 'not-in']),
    values: z.array(ScalarSchema).min(1).max(100),
  }),
  z.strictObject({ column: ColumnNameSchema, op: z.enum(['is-null', 'not-null']) }),
  z.strictObject({ all: several }),
  z.strictObject({ any: several }),
]);

/** The columns that a filter looks at. */
export function columnsOfFilter(filter: Filter): readonly string[] {
  if ('all' in filter) return filter.all.flatMap(columnsOfFilter);
  if ('any' in filter) return filter.any.flatMap(columnsOfFilter);
  return [filter.column];
}
