import { z } from 'zod';
import { decimal } from '#kernel/decimal';
import { localDate, parseInstant } from '#kernel/time';
import { Day, Moment, sortOf } from '../common.ts';
import { DecimalText, EntityCode } from './company.ts';

const None = z.strictObject({});

/** A route with neither parameters, query nor body, to be spread. */
export const NOTHING = { params: None, query: None, body: None } as const;
export const ByEntity = z.strictObject({ entity: EntityCode });
export const ById = z.strictObject({ entity: EntityCode, id: z.string().max(100) });

/** Where the books of a legal entity begin. */
export const BOOKS = '/v1/erp/legal-entities/:entity';

/** A day that comes in. */
export const DayIn = Day.transform((day) => localDate(day));

/** A moment that comes in, in UTC. */
export const MomentIn = Moment.transform((moment, context) => {
  const instant = parseInstant(moment);
  if (instant === undefined) context.addIssue('it has a day, hours, minutes and seconds');
  return instant ?? z.NEVER;
});

/** An amount or a quantity that comes in: exact decimal text. */
export const AmountIn = DecimalText.transform((amount) => decimal(amount));

/** A currency that comes in, ISO 4217. */
export const CurrencyIn = z.string().regex(/^[A-Z]{3}$/);

/** How many rows a page of a list by cursor has. */
export const LIMIT = z.coerce.number().int().min(1).max(200).default(50);
export const text = (most: number) => z.string().max(most);

/** The version that a change was decided on. */
export const version = z.number().int();

/** Days from and to, for lists. */
export const BETWEEN = { from: DayIn.exactOptional(), to: DayIn.exactOptional() } as const;

/** Yes or no in a URL. */
export const YesNo = z.enum(['true', 'false']);

/** Which of something, by id, in a URL: `ids=a,b`. */
export const IDS = text(6000)
  .transform((ids) => ids.split(',').filter((id) => id !== ''))
  .pipe(z.array(text(100)).max(200));

/** What a change answers: the version that it made. */
export const Changed = z.strictObject({ id: z.string(), version });

/** A document that was made. */
export const Numbered = z.object({ id: z.string(), number: z.string() });

/** One change of master data: who, when, and each column before and after. */
export const History = z.strictObject({
  version: z.number().int(),
  changedBy: z.string(),
  changedAt: Moment,
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()]).readonly()),
});

/** What was done with a document: who, when, what. */
const DocumentEvent = z.object({
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
  by: z.string(),
  at: Moment,
});

/** A field that a change may leave out (it stays), set, or empty with null. */
export const clearable = <Value extends z.ZodType>(value: Value) =>
  value
    .nullable()
    .transform((sent) => sent ?? undefined)
    .exactOptional();

/** A whole list. */
export const all = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ items: z.array(row).readonly() });

/** A page of a list by cursor. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ items: z.array(row).readonly(), next: z.string().optional() });

/** How a list may go: `key` ascending, `-key` descending. */
export const sort = <const Key extends string>(keys: readonly Key[]) => ({
  sort: sortOf(keys).unwrap().exactOptional(),
});

/** A list by cursor, filtered. */
export const pages = <Row extends z.ZodType, Filters extends z.core.$ZodLooseShape>(
  path: string,
  row: Row,
  filters: Filters,
) =>
  ({
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/${path}`,
    params: ByEntity,
    query: z.strictObject({
      ...filters,
      after: text(300).exactOptional(), // `next` of the page before.
      limit: LIMIT,
    }),
    reply: pageOf(row),
  }) as const;

/** Of a list of documents: `lines=none` leaves their lines out; who shows a list does not need them. */
export const LINES_OR_NONE = { lines: z.literal('none').exactOptional() };

/** The lines of a document in such a list. */
export const perhapsLines = <Lines extends z.ZodType>({ lines }: { readonly lines: Lines }) => ({
  lines: z.exactOptional(lines),
});

/** Something that a legal entity has, or what is told of it. */
export const tells = <Reply extends z.ZodType, Filters extends z.core.$ZodLooseShape>(
  path: string,
  reply: Reply,
  filters: Filters,
) =>
  ({
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/${path}`,
    params: ByEntity,
    query: z.strictObject(filters),
    reply,
  }) as const;

/** One document, by its id. */
export const shows = <Reply extends z.ZodType>(path: string, reply: Reply) =>
  ({ ...NOTHING, method: 'GET', path: `${BOOKS}/${path}`, params: ById, reply }) as const;

/** What was done with a document, the oldest first. */
export const historyOf = (path: string) => shows(`${path}/:id/history`, all(DocumentEvent));

/** Makes something new in the books of a legal entity. */
export const creates = <Body extends z.ZodType, Reply extends z.ZodType>(
  path: string,
  body: Body,
  reply: Reply,
) =>
  ({
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/${path}`,
    params: ByEntity,
    body,
    reply,
  }) as const;

/** Does something with one document. */
export const acts = <Body extends z.ZodType, Reply extends z.ZodType>(
  path: string,
  body: Body,
  reply: Reply,
) => ({ ...NOTHING, method: 'POST', path: `${BOOKS}/${path}`, params: ById, body, reply }) as const;

/** Puts one thing as it is sent. */
export const puts = <Body extends z.ZodType, Reply extends z.ZodType>(
  path: string,
  body: Body,
  reply: Reply,
) => ({ ...NOTHING, method: 'PUT', path: `${BOOKS}/${path}`, params: ById, body, reply }) as const;
