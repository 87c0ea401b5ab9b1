import { z } from 'zod';
import { AnyJson, Day } from './common.ts';

/** A title in every language the product speaks. */
export const Title = z.strictObject({ en: z.string(), de: z.string() });

/** A question in plain words. `asOf` fixes today. */
export const Question = z.strictObject({
  question: z.string().trim().min(1).max(500),
  after: z.record(z.string(), AnyJson).optional(), // The `query` of the answer before: this goes on from it.
  asOf: Day.optional(),
  locale: z.enum(['en', 'de']).optional(),
});
export type Question = Readonly<z.infer<typeof Question>>;

const Cell = z.union([z.string(), z.number(), z.null()]);

/** Where a value of a narrative comes from, as positions in `rows` and `columns`. */
const FactSource = z.discriminatedUnion('of', [
  z.object({ of: z.literal('cell'), row: z.number().int(), column: z.number().int() }),
  z.object({ of: z.literal('rows') }), // How many there are.
  z.object({ of: z.literal('sum'), column: z.number().int() }), // Of the column's cells.
  z.object({ of: z.literal('part'), row: z.number().int(), column: z.number().int() }), // Of that sum.
]);

/** A sentence of a narrative; '{0}' stands for its first value. */
const Fact = z.object({
  sentence: z.string(),
  values: z.array(z.object({ shown: z.string(), source: FactSource })),
});

/** What a question comes back as. Every number of the narrative is a cell of `rows`. */
export const Answer = z.object({
  status: z.enum(['answered', 'clarify', 'unsupported', 'forbidden']),
  reading: z.string(),
  query: z.record(z.string(), z.unknown()), // The typed metric query; empty when not answered.
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(), // text, date, money, quantity, count, days, ratio
      unit: z.string().optional(), // The currency of money, the unit of a quantity.
      title: z.string().optional(),
      role: z.string().optional(), // dimension, metric, comparison, change
      recordKind: z.string().optional(), // supplier, item, purchase-order
      fiscalYearStartMonth: z.number().int().optional(), // Of fiscal steps: when their years begin.
    }),
  ),
  rows: z.array(z.array(Cell)),
  narrative: z.string(),
  assumptions: z.array(z.string()),
  options: z.array(z.object({ label: z.string(), question: z.string() })),
  followUps: z.array(z.string()),
  chart: z
    .object({
      kind: z.enum(['bar', 'line', 'number', 'table', 'grouped-bar']),
      x: z.string().optional(),
      y: z.array(z.string()),
    })
    .optional(),
  facts: z.array(Fact).optional(), // The narrative in pieces, each value with its cells.
  drill: z.array(z.array(z.string().nullable())).optional(), // Record ids, aligned to rows.
  sql: z.string().optional(),
  position: z.string().optional(), // Of the change log the answer speaks of.
});
export type Answer = Readonly<z.infer<typeof Answer>>;

/** A question worth asking, for the box to complete. */
export const Suggestion = z.strictObject({ question: z.string(), because: z.string().optional() });
export type Suggestion = Readonly<z.infer<typeof Suggestion>>;

/** A metric as the catalogue states it. */
export const MetricEntry = z.strictObject({
  name: z.string(),
  title: Title,
  answers: Title, // The question in a user's words.
  synonyms: z.strictObject({ en: z.array(z.string()), de: z.array(z.string()) }),
  unit: z.string(), // money, quantity, count, days, ratio
  direction: z.string(), // up, down, none
  overTime: z.string(), // sum, last, ratio, distinct
  by: z.array(z.string()),
  owner: z.string(),
  assumptions: z.array(Title),
});
export type MetricEntry = Readonly<z.infer<typeof MetricEntry>>;

/** A thing metrics can be split by. */
export const DimensionEntry = z.strictObject({
  name: z.string(),
  title: Title,
  kind: z.string(), // member, date, flag
});

/** Everything that can be asked. */
export const Catalogue = z.strictObject({
  metrics: z.array(MetricEntry),
  dimensions: z.array(DimensionEntry),
});
export type Catalogue = Readonly<z.infer<typeof Catalogue>>;
