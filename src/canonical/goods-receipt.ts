import { z } from 'zod';
import {
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
  QuantitySchema,
} from './common.ts';

/** What came of one thing in one delivery. Quantities are in the unit of `quantity`. */
const GoodsReceiptLineSchema = z.strictObject({
  number: NumberSchema,
  order: KeySchema.optional(), // The purchase order. Absent: it came without one.
  orderLine: NumberSchema.optional(),
  item: KeySchema,
  quantity: QuantitySchema, // All that came, what was rejected included.
  accepted: DecimalSchema.optional(),
  rejected: DecimalSchema.optional(),
  reason: z.string().max(500).optional(), // Why it was rejected.
  location: z.string().max(200).optional(),
  batch: z.string().max(100).optional(),
  serials: z.array(z.string().min(1).max(100)).max(10_000).optional(),
});

/**
 * Goods taken in from a supplier.
 * UBL ReceiptAdvice · OAGIS ReceiveDelivery · SAP material document 101 · Tryton stock.shipment.in.
 */
export const GoodsReceiptSchema = z.strictObject({
  number: NumberSchema,
  status: z.enum(['received', 'posted', 'cancelled']), // Received: at the door, not yet in stock.
  sourceStatus: z.string().max(50).optional(),
  receivedOn: LocalDateSchema,
  postedOn: LocalDateSchema.optional(), // Absent: the books do not know of it yet.
  supplier: KeySchema.optional(),
  warehouse: KeySchema,
  deliveryNote: z.string().max(100).optional(), // The supplier's number for the delivery.
  reversalOf: KeySchema.optional(), // The goods receipt that this one takes back.
  lines: z.array(GoodsReceiptLineSchema).min(1).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
