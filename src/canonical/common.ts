import { z } from 'zod';
import { parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { parseDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';

/** Exact decimal text, kept at the scale it came with. */
export const DecimalSchema = z.custom<Decimal>(
  (value) => typeof value === 'string' && parseDecimal(value) === value,
  { error: 'not a plain decimal number' },
);

export const LocalDateSchema = z.custom<LocalDate>(
  (value) => typeof value === 'string' && parseLocalDate(value) !== undefined,
  { error: 'not a calendar day (YYYY-MM-DD)' },
);

export const CurrencySchema = z.custom<CurrencyCode>(
  (value) => typeof value === 'string' && parseCurrency(value) !== undefined,
  { error: 'not an ISO 4217 currency code' },
);

export const MoneySchema = z.strictObject({ amount: DecimalSchema, currency: CurrencySchema });

/** A decimal and its unit: a UN/ECE Recommendation 20 code where the source has one. */
export const QuantitySchema = z.strictObject({
  value: DecimalSchema,
  unit: z.string().min(1).max(20),
});
export type Quantity = Readonly<z.infer<typeof QuantitySchema>>;

/** Points at another record of the same integration by that record's key in the source. */
export const KeySchema = z.string().min(1).max(200);

/** Source fields without a canonical home, flat, so that nothing is dropped. */
export const ExtensionsSchema = z.record(
  z.string().max(100),
  z.union([z.string().max(10_000), z.boolean(), z.null()]),
);

export const NumberSchema = z.string().trim().min(1).max(100);
export const NameSchema = z.string().trim().min(1).max(300);
