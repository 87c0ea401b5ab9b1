import { z } from 'zod';
import {
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  MoneySchema,
  QuantitySchema,
} from './common.ts';

const STOCK_STATUSES = [
  'free',
  'quality',
  'blocked',
  'reserved',
  'consignment',
  'in-transit',
] as const;

/** How much of one item is in one place. SAP A_MatlStkInAcctMod · Tryton product quantity by location. */
export const StockBalanceSchema = z.strictObject({
  item: KeySchema,
  warehouse: KeySchema,
  location: z.string().max(200).optional(), // Absent: the whole warehouse.
  batch: z.string().max(100).optional(),
  status: z.enum(STOCK_STATUSES),
  quantity: QuantitySchema, // Below zero where the source lets it.
  value: MoneySchema.optional(),
  asOf: LocalDateSchema.optional(), // Absent: when it was read.
  extensions: ExtensionsSchema.optional(),
});
