import { z } from 'zod';
import {
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
  QuantitySchema,
} from './common.ts';

const DeliveryLineSchema = z.strictObject({
  number: NumberSchema,
  order: KeySchema.optional(), // The sales order. Absent: it left without one.
  orderLine: NumberSchema.optional(),
  item: KeySchema.optional(), // Absent: a text line.
  quantity: QuantitySchema, // Above zero; the kind says which way it went.
  cost: DecimalSchema.optional(), // Of what left, in company currency.
  warehouse: KeySchema.optional(),
  location: z.string().max(200).optional(),
  batch: z.string().max(100).optional(),
  reason: z.string().max(500).optional(), // Why it came back.
});

/**
 * Goods that left for a customer, or came back.
 * UBL DespatchAdvice · SAP A_OutbDeliveryHeader · NetSuite itemFulfillment · Tryton stock.shipment.out.
 */
export const DeliverySchema = z.strictObject({
  number: NumberSchema,
  kind: z.enum(['delivery', 'return', 'reversal']),
  status: z.enum(['planned', 'shipped', 'posted', 'cancelled']),
  sourceStatus: z.string().max(50).optional(),
  customer: KeySchema,
  shippedOn: LocalDateSchema.optional(),
  postedOn: LocalDateSchema.optional(), // Absent: the books do not know of it yet.
  deliveredOn: LocalDateSchema.optional(), // When it was there, where somebody says so.
  carrier: z.string().max(200).optional(),
  tracking: z.string().max(200).optional(),
  reversalOf: KeySchema.optional(), // The delivery that this one takes back.
  lines: z.array(DeliveryLineSchema).min(1).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
