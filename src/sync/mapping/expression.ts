import { z } from 'zod';

/**
 * How one field is made out of a source row: a closed tree, data and not code.
 * Source text that is empty, or blank after trimming, counts as absent. An absent operand makes an
 * absent result (the field is left out), except where said otherwise. Nothing here throws: what
 * cannot be read becomes a mapping problem with file, line, column, value and reason.
 */
export type Expression =
  | { readonly column: string } // Text of the current row: the header, or the child inside `from` and `sum`.
  | { readonly const: string | number | boolean }
  | { readonly op: 'header'; readonly column: string } // Text of the header row, seen from a child row.
  | { readonly op: 'ref'; readonly lookup: string; readonly column: string } // Text of a looked-up row.
  | { readonly op: 'position' } // 1, 2, 3… of the child row within its document, as text.
  | { readonly op: 'trim' | 'upper' | 'lower'; readonly of: Expression }
  | { readonly op: 'date'; readonly of: Expression } // 'YYYY-MM-DD', also 'YYYY-MM-DD HH:MM:SS.mmm' and with 'T'.
  | { readonly op: 'decimal'; readonly of: Expression } // '1234.50'; exact, kept at its scale.
  | { readonly op: 'integer'; readonly of: Expression } // A JSON number.
  | {
      readonly op: 'boolean';
      readonly of: Expression;
      readonly true: readonly string[];
      readonly false: readonly string[];
    }
  | {
      readonly op: 'lookup'; // Text by a table in the mapping itself: status codes and the like.
      readonly of: Expression;
      readonly table: Readonly<Record<string, string>>;
      readonly default?: string; // For a value not in the table; without it, that is a problem.
    }
  | { readonly op: 'money'; readonly of: Expression; readonly currency: Expression }
  | { readonly op: 'quantity'; readonly of: Expression; readonly unit: Expression }
  | { readonly op: 'concat'; readonly of: readonly Expression[]; readonly with: string } // Skips absent parts.
  | { readonly op: 'multiply' | 'add' | 'subtract'; readonly of: readonly Expression[] } // Exact decimals.
  | { readonly op: 'coalesce'; readonly of: readonly Expression[] } // The first that is present.
  | { readonly op: 'attempt'; readonly of: Expression; readonly else?: Expression } // On error: else, or absent.
  | {
      readonly op: 'when';
      readonly cases: readonly { readonly if: Condition; readonly then: Expression }[];
      readonly else?: Expression;
    }
  | { readonly op: 'list'; readonly of: readonly Expression[] } // An array; absent parts are left out.
  | { readonly op: 'object'; readonly fields: Readonly<Record<string, Expression>> } // Absent when empty.
  | {
      readonly op: 'from'; // An array: one object per child row of the document.
      readonly child: string;
      readonly fields: Readonly<Record<string, Expression>>;
    }
  | { readonly op: 'sum'; readonly child: string; readonly of: Expression }; // Exact; no rows is 0.

/** The expressions of these operations. */
export type Operation<Op extends string> = Expression extends infer Each
  ? Each extends { readonly op: infer Own }
    ? [Own & Op] extends [never]
      ? never
      : Each
    : never
  : never;

/** What a `when` asks. Text is compared as text; `above` compares exact decimals. */
export type Condition =
  | { readonly equals: readonly [Expression, Expression] }
  | { readonly in: Expression; readonly values: readonly string[] }
  | { readonly present: Expression }
  | { readonly above: readonly [Expression, Expression] } // First > second.
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

const several = z.lazy(() => z.array(ExpressionSchema).min(1).max(50));
const one = z.lazy(() => ExpressionSchema);
const fields = z.lazy(() => z.record(z.string().min(1), ExpressionSchema));

export const ConditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ equals: z.tuple([one, one]) }),
    z.strictObject({ in: one, values: z.array(z.string()).min(1) }),
    z.strictObject({ present: one }),
    z.strictObject({ above: z.tuple([one, one]) }),
    z.strictObject({ not: ConditionSchema }),
    z.strictObject({ all: z.array(ConditionSchema).min(1) }),
    z.strictObject({ any: z.array(ConditionSchema).min(1) }),
  ]),
);

const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('header'), column: z.string() }),
  z.strictObject({ op: z.literal('ref'), lookup: z.string(), column: z.string() }),
  z.strictObject({ op: z.literal('position') }),
  z.strictObject({ op: z.enum(['trim', 'upper', 'lower']), of: one }),
  z.strictObject({ op: z.literal('date'), of: one }),
  z.strictObject({ op: z.literal('decimal'), of: one }),
  z.strictObject({ op: z.literal('integer'), of: one }),
  z.strictObject({
    op: z.literal('boolean'),
    of: one,
    true: z.array(z.string()),
    false: z.array(z.string()),
  }),
  z.strictObject({
    op: z.literal('lookup'),
    of: one,
    table: z.record(z.string(), z.string()),
    default: z.string().exactOptional(),
  }),
  z.strictObject({ op: z.literal('money'), of: one, currency: one }),
  z.strictObject({ op: z.literal('quantity'), of: one, unit: one }),
  z.strictObject({ op: z.literal('concat'), of: several, with: z.string() }),
  z.strictObject({ op: z.enum(['multiply', 'add', 'subtract']), of: several }),
  z.strictObject({ op: z.literal('coalesce'), of: several }),
  z.strictObject({ op: z.literal('attempt'), of: one, else: one.exactOptional() }),
  z.strictObject({
    op: z.literal('when'),
    // oxlint-disable-next-line unicorn/no-thenable -- data, never awaited.
    cases: z.array(z.strictObject({ if: ConditionSchema, then: one })).min(1),
    else: one.exactOptional(),
  }),
  z.strictObject({ op: z.literal('list'), of: several }),
  z.strictObject({ op: z.literal('object'), fields }),
  z.strictObject({ op: z.literal('from'), child: z.string(), fields }),
  z.strictObject({ op: z.literal('sum'), child: z.string(), of: one }),
]);

export const ExpressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.strictObject({ column: z.string().min(1) }),
    z.strictObject({ const: z.union([z.string(), z.number(), z.boolean()]) }),
    operation,
  ]),
);
