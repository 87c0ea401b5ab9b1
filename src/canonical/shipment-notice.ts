import { z } from 'zod';
import {
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
  QuantitySchema,
} from './common.ts';

const ShipmentNoticeLineSchema = z.strictObject({
  number: NumberSchema,
  order: KeySchema.optional(), // The purchase order. Absent: the notice does not say.
  orderLine: NumberSchema.optional(),
  item: KeySchema,
  quantity: QuantitySchema,
  batch: z.string().max(100).optional(),
  serials: z.array(z.string().min(1).max(100)).max(10_000).optional(),
});

/**
 * Goods said to be on their way, from a supplier or, for outside processing, to one.
 * UBL DespatchAdvice · EDI 856 and DESADV · SAP inbound delivery · Tryton draft stock.shipment.in.
 */
export const ShipmentNoticeSchema = z.strictObject({
  number: NumberSchema, // The sender's own.
  direction: z.enum(['inbound', 'outbound']), // As the warehouse sees it.
  status: z.enum(['announced', 'arrived', 'cancelled']),
  sourceStatus: z.string().max(50).optional(),
  supplier: KeySchema,
  warehouse: KeySchema,
  shippedOn: LocalDateSchema.optional(),
  expectedOn: LocalDateSchema.optional(),
  carrier: z.string().max(200).optional(),
  tracking: z.string().max(200).optional(),
  lines: z.array(ShipmentNoticeLineSchema).min(1).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
