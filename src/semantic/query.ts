import { z } from 'zod';
import { parseDecimal } from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';

/** How long one step of a trend is. */
export const GRAINS = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal_quarter',
  'fiscal_year',
] as const;
export type Grain = (typeof GRAINS)[number];

const NameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
const DaySchema = z.string().transform((text, context) => {
  const day = parseLocalDate(text);
  if (day !== undefined) return day;
  context.addIssue({ code: 'custom', message: 'not a day in the form YYYY-MM-DD' });
  return z.NEVER;
});
const AmountSchema = z.string().transform((text, context) => {
  const amount = parseDecimal(text);
  if (amount !== undefined) return amount;
  context.addIssue({ code: 'custom', message: 'not a decimal number' });
  return z.NEVER;
});

const PeriodSchema = z.strictObject({
  start: DaySchema,
  end: DaySchema,
  label: z.string().max(100),
});

/** What is asked: numbers, cut and filtered, in a period. Closed: it carries no SQL. */
export const MetricQuerySchema = z.strictObject({
  metrics: z.array(NameSchema).min(1).max(8),
  by: z
    .array(z.strictObject({ dimension: NameSchema, grain: z.enum(GRAINS).optional() }))
    .max(4)
    .default([]),
  where: z
    .array(
      z.strictObject({
        dimension: NameSchema,
        op: z.enum(['is', 'is-not']),
        values: z.array(z.string().max(300)).min(1).max(500),
      }),
    )
    .max(20)
    .default([]),
  period: PeriodSchema.optional(),
  compare: z
    .union([z.enum(['prior-period', 'prior-year']), z.strictObject({ period: PeriodSchema })])
    .optional(),
  share: z.literal(true).optional(), // The first metric as a part of the same without its cuts.
  per: z.enum(GRAINS).optional(), // The first metric spread evenly over such steps of the period.
  having: z
    .array(
      z.strictObject({
        metric: NameSchema, // Or a column made from one: spend_change, spend_share.
        op: z.enum(['>', '>=', '<', '<=']),
        value: AmountSchema,
      }),
    )
    .max(8)
    .optional(),
  order: z.strictObject({ by: z.string().max(80), direction: z.enum(['asc', 'desc']) }).optional(),
  limit: z.int().min(1).max(10_000).optional(),
  asOf: DaySchema,
});
export type MetricQuery = Readonly<z.infer<typeof MetricQuerySchema>>;
export type Period = NonNullable<MetricQuery['period']>;
