import { z } from 'zod';
import {
  CurrencySchema,
  DecimalSchema,
  ExtensionsSchema,
  LocalDateSchema,
  NameSchema,
} from './common.ts';

/** A currency as the source knows it. */
export const CurrencyRecordSchema = z.strictObject({
  code: CurrencySchema,
  name: NameSchema,
  extensions: ExtensionsSchema.optional(),
});
export type CurrencyRecord = Readonly<z.infer<typeof CurrencyRecordSchema>>;

/** One unit of `from` costs `rate` units of `to`. */
export const ExchangeRateSchema = z.strictObject({
  from: CurrencySchema,
  to: CurrencySchema,
  type: z.enum(['spot', 'average', 'month-end', 'budget']),
  validOn: LocalDateSchema,
  rate: DecimalSchema,
  extensions: ExtensionsSchema.optional(),
});
export type ExchangeRate = Readonly<z.infer<typeof ExchangeRateSchema>>;
