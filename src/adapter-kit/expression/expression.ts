import { z } from 'zod';
import type { Json } from '#kernel';

/** How a value of what is sent is made from a command. Closed: there is no code in a profile. */
export type Expression =
  | { readonly const: Json }
  | PathExpression
  | { readonly reference: true } // Our own reference.
  | { readonly target: 'key' | 'version' } // What the command changes.
  | { readonly fields: Readonly<Record<string, Expression>> } // An object; absent fields are left out.
  | { readonly list: readonly Expression[] }
  | { readonly each: string; readonly of: Expression } // A list from a list of the payload.
  | { readonly join: readonly Expression[]; readonly with: string }
  | { readonly first: readonly Expression[] }; // The first that is there.

/** A value of the payload; inside `each`, of the member, and from '$.' on again of the payload. */
export type PathExpression = {
  readonly path: string;
  readonly as?: 'text' | 'number'; // A decimal as a number literal, digit by digit. Else as it is.
  readonly required?: true; // Without it nothing is sent.
  readonly lookup?: Readonly<Record<string, Json>>; // Our word → theirs.
  readonly otherwise?: Json; // For a word that the lookup lacks.
};

const some = z.lazy(() => ExpressionSchema);
const JsonSchema: z.ZodType<Json> = z.json();

const KINDS: Readonly<Record<string, z.ZodType>> = {
  const: z.strictObject({ const: JsonSchema }),
  path: z.strictObject({
    path: z.string().min(1),
    as: z.enum(['text', 'number']).optional(),
    required: z.literal(true).optional(),
    lookup: z.record(z.string(), JsonSchema).optional(),
    otherwise: JsonSchema.optional(),
  }),
  reference: z.strictObject({ reference: z.literal(true) }),
  target: z.strictObject({ target: z.enum(['key', 'version']) }),
  fields: z.strictObject({ fields: z.record(z.string().min(1), some) }),
  list: z.strictObject({ list: z.array(some) }),
  each: z.strictObject({ each: z.string().min(1), of: some }),
  join: z.strictObject({ join: z.array(some).min(1), with: z.string() }),
  first: z.strictObject({ first: z.array(some).min(1) }),
};

const NAMES = Object.keys(KINDS).join(', ');

/** Reads an expression; what is wrong is told at the very place, not for every kind there is. */
export const ExpressionSchema: z.ZodType<Expression> = z
  .custom<Expression>()
  .superRefine((value: unknown, context) => {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const [schema] = keys.flatMap((key) => (Object.hasOwn(KINDS, key) ? [KINDS[key]] : []));
    if (schema === undefined) {
      const said = keys.length === 0 ? 'no object' : `only ${keys.join(', ')}`;
      context.addIssue({
        code: 'custom',
        message: `an expression has one of ${NAMES}; here is ${said}`,
      });
      return;
    }
    for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

/** Whether our reference is among what an expression makes. */
export function carriesReference(expression: Expression | undefined): boolean {
  if (expression === undefined) return false;
  if ('reference' in expression) return true;
  if ('fields' in expression) return Object.values(expression.fields).some(carriesReference);
  if ('list' in expression) return expression.list.some(carriesReference);
  if ('each' in expression) return carriesReference(expression.of);
  if ('join' in expression) return expression.join.some(carriesReference);
  return 'first' in expression && expression.first.some(carriesReference);
}
