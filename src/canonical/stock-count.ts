import { z } from 'zod';
import {
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
} from './common.ts';

const StockCountLineSchema = z.strictObject({
  number: NumberSchema,
  item: KeySchema,
  location: z.string().max(200).optional(),
  batch: z.string().max(100).optional(),
  unit: z.string().min(1).max(20),
  expected: DecimalSchema.optional(), // What the books said.
  counted: DecimalSchema.optional(), // Absent: not counted yet.
  reason: z.string().max(500).optional(),
});

/** What somebody counted, beside what the books said. SAP physical inventory · Tryton stock.inventory. */
export const StockCountSchema = z.strictObject({
  number: NumberSchema,
  status: z.enum(['open', 'posted', 'cancelled']),
  sourceStatus: z.string().max(50).optional(),
  countedOn: LocalDateSchema,
  warehouse: KeySchema.optional(),
  location: z.string().max(200).optional(), // Where all of it was counted.
  lines: z.array(StockCountLineSchema).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
