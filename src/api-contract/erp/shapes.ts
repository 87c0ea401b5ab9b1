import { z } from 'zod';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { Day, Moment } from '../common.ts';
import { DecimalText, EntityCode } from './company.ts';

const None = z.strictObject({});

/** A route with neither parameters, query nor body, to be spread. */
export const NOTHING = { params: None, query: None, body: None } as const;
export const ByEntity = z.strictObject({ entity: EntityCode });
export const ById = z.strictObject({ entity: EntityCode, id: z.string().max(100) });

/** A day that comes in. */
export const DayIn = Day.transform((day) => localDate(day));

/** An amount or a quantity that comes in: exact decimal text. */
export const AmountIn = DecimalText.transform((amount) => decimal(amount));

/** How many rows a page of a list by cursor has. */
export const LIMIT = z.coerce.number().int().min(1).max(200).default(50);
export const text = (most: number) => z.string().max(most);

/** What a change answers: the version that it made. */
export const Changed = z.strictObject({ id: z.string(), version: z.number().int() });

/** One change of master data: who, when, and each column before and after. */
export const History = z.strictObject({
  version: z.number().int(),
  changedBy: z.string(),
  changedAt: Moment,
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()]).readonly()),
});

/** A field that a change may leave out (it stays), set, or empty with null. */
export const clearable = <Value extends z.ZodType>(value: Value) =>
  value
    .nullable()
    .transform((sent) => sent ?? undefined)
    .exactOptional();
