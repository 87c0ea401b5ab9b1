import { z } from 'zod';

/** Who wins a field that both sides changed. */
export const WINNERS = ['ours', 'theirs', 'newest', 'ask'] as const;
export type Winner = (typeof WINNERS)[number];

/** Every field that no other rule names. */
export const EVERY_FIELD = '*';

const FIELD = /^(?:\*|[A-Za-z][\w]*(?:\.[A-Za-z][\w]*)*)$/;

/** One rule: a field by its path without line numbers (`lines.unitPrice`, `lines`, `*`). */
export const RuleSchema = z.strictObject({
  field: z.string().max(200).regex(FIELD, 'not a field: write lines.unitPrice, lines or *'),
  wins: z.enum(WINNERS),
});
export type Rule = Readonly<z.infer<typeof RuleSchema>>;

/** The rules of one integration and kind: no field twice. */
export const RulesSchema = z
  .array(RuleSchema)
  .max(200)
  .refine((rules) => new Set(rules.map(({ field }) => field)).size === rules.length, {
    error: 'a field has one rule',
  });

/** The rule for a field: the most specific that fits. Undefined: nobody has said, so ask. */
export function ruleFor(rules: readonly Rule[], field: string): Rule | undefined {
  const plain = field.replaceAll(/\[[^\]]*\]/g, '');
  const fitting = rules.filter(
    (rule) =>
      rule.field === EVERY_FIELD || rule.field === plain || plain.startsWith(`${rule.field}.`),
  );
  return fitting.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
}

const weightOf = ({ field }: Rule): number => (field === EVERY_FIELD ? 0 : field.length);
