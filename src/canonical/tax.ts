import { z } from 'zod';
import { DecimalSchema } from './common.ts';

/** What an invoice charges as tax under one code. */
export const TaxSchema = z.strictObject({
  code: z.string().min(1).max(100),
  base: DecimalSchema,
  rate: DecimalSchema.optional(), // As a fraction: '0.19'.
  amount: DecimalSchema,
});
