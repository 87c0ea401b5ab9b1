import { z } from 'zod';
import {
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  MoneySchema,
  NumberSchema,
  QuantitySchema,
} from './common.ts';

const STOCK_MOVEMENT_KINDS = [
  'receipt',
  'issue',
  'transfer',
  'adjustment',
  'scrap',
  'consignment-in',
  'consignment-out',
  'production-receipt',
  'production-issue',
  'return',
] as const;

/**
 * Stock that moved: plus is into the warehouse, minus out of it.
 * OAGIS InventoryConsumption · SAP material document · Oracle material transaction · Tryton stock.move.
 */
export const StockMovementSchema = z.strictObject({
  number: NumberSchema,
  kind: z.enum(STOCK_MOVEMENT_KINDS),
  status: z.enum(['planned', 'posted', 'cancelled']),
  sourceStatus: z.string().max(50).optional(),
  movedOn: LocalDateSchema, // The warehouse's calendar day; for a planned one, the planned day.
  postedOn: LocalDateSchema.optional(),
  item: KeySchema,
  quantity: QuantitySchema, // Signed.
  warehouse: KeySchema,
  location: z.string().max(200).optional(),
  toWarehouse: KeySchema.optional(), // A transfer booked as one: what leaves here arrives there.
  toLocation: z.string().max(200).optional(),
  unitCost: MoneySchema.optional(),
  value: MoneySchema.optional(), // Signed like the quantity.
  batch: z.string().max(100).optional(),
  serials: z.array(z.string().min(1).max(100)).max(10_000).optional(),
  reason: z.string().max(500).optional(),
  document: z.string().max(200).optional(), // What caused it, as its source names it.
  reversalOf: KeySchema.optional(), // The movement that this one takes back.
  extensions: ExtensionsSchema.optional(),
});
