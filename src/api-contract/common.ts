import { z } from 'zod';

/** Any JSON: what only the receiver understands. Named, since it holds itself. */
export const AnyJson = z.json().register(z.globalRegistry, { id: 'Json' });

/** An amount as exact decimal text and its ISO 4217 currency. */
export const Money = z.strictObject({ amount: z.string(), currency: z.string() });
export type Money = Readonly<z.infer<typeof Money>>;

/** Exact decimal text and its unit. */
export const Quantity = z.strictObject({ value: z.string(), unit: z.string() });

/** A calendar day, 'YYYY-MM-DD'. No calendar in use has a year 0. */
export const Day = z.iso.date().refine((day) => !day.startsWith('0000'), 'Invalid ISO date');

/** A UTC instant, RFC 3339. */
export const Moment = z.iso.datetime();

/** Points at another record. No id: the source names it, but no such record is here. */
export const RecordRef = z.strictObject({
  id: z.string().optional(),
  key: z.string(), // In the source.
  number: z.string().optional(),
  name: z.string().optional(),
});
export type RecordRef = Readonly<z.infer<typeof RecordRef>>;

/** Where a record's content was read. */
export const Source = z.strictObject({
  integration: z.string(),
  key: z.string(),
  file: z.string().optional(),
  line: z.number().int().optional(), // 1 is the first.
  mappingVersion: z.number().int().optional(),
  runId: z.string().optional(),
});
export type Source = Readonly<z.infer<typeof Source>>;

/** What every stored record carries beside its content. */
export const STORED = {
  id: z.string(),
  integration: z.string(),
  version: z.number().int(),
  changedAt: Moment,
} as const;

/** What every detail page shows about where its record comes from. */
export const PROVENANCE = {
  source: Source,
  seenAt: Moment,
  extensions: z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])).optional(),
} as const;

/** What a sentence says, for a page in another language than English. */
export const Said = z.strictObject({
  code: z.string(),
  slots: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** One page of a list. `page` counts from 1. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({
    items: z.array(row),
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
  });

/** One page of a list, as a type. */
export type Page<Row> = {
  readonly items: readonly Row[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
};

/** Several values in one URL parameter: `status=issued,received`. */
export const listOf = <Value extends z.ZodType<string, string>>(value: Value) =>
  z
    .string()
    .max(2000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(value).max(100));

/** What every list understands. `sort=-field` is descending. */
export const SEARCH_QUERY = {
  search: z.string().max(200).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
} as const;

/** What every list understands whose rows come from a connected source. */
export const LIST_QUERY = {
  ...SEARCH_QUERY,
  integration: z.string().max(100).optional(),
} as const;

/** `field` ascending or `-field` descending, of the fields named. */
export const sortOf = <const Field extends string>(fields: readonly Field[]) =>
  z.enum(fields.flatMap((field): (Field | `-${Field}`)[] => [field, `-${field}`])).optional();
