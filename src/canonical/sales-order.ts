import { z } from 'zod';
import {
  CurrencySchema,
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
  QuantitySchema,
} from './common.ts';

/** All amounts are in the order's currency, exact, never rounded per line. */
const SalesOrderLineSchema = z.strictObject({
  number: NumberSchema,
  item: KeySchema.optional(), // Absent: a text line.
  text: z.string().max(500).optional(),
  ordered: QuantitySchema,
  delivered: DecimalSchema.optional(), // In the unit of `ordered`, as is the next.
  invoiced: DecimalSchema.optional(),
  unitPrice: DecimalSchema, // Per `priceBase` units.
  priceBase: DecimalSchema, // Usually 1.
  discountPercent: DecimalSchema.optional(),
  netAmount: DecimalSchema, // After line discount, before tax.
  taxCode: z.string().max(100).optional(),
  warehouse: KeySchema.optional(),
  promisedOn: LocalDateSchema.optional(),
  firstPromisedOn: LocalDateSchema.optional(), // Before anybody moved it.
  finalDelivery: z.boolean().optional(), // Nothing more leaves.
  cancelled: z.boolean().optional(),
});

/** A customer's order to us. UBL Order · SAP A_SalesOrder · NetSuite salesOrder · Tryton sale.sale. */
export const SalesOrderSchema = z.strictObject({
  number: NumberSchema,
  customer: KeySchema,
  status: z.enum([
    'draft',
    'on-credit-hold',
    'confirmed',
    'partly-delivered',
    'delivered',
    'invoiced',
    'closed',
    'cancelled',
  ]),
  sourceStatus: z.string().max(50).optional(),
  issuedOn: LocalDateSchema,
  requestedOn: LocalDateSchema.optional(),
  currency: CurrencySchema,
  netAmount: DecimalSchema, // Sum of the lines, exactly.
  paymentTerms: z.string().max(200).optional(),
  salesperson: z.string().max(200).optional(),
  channel: z.string().max(100).optional(),
  customerReference: z.string().max(200).optional(), // Their number for it.
  lines: z.array(SalesOrderLineSchema).min(1).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
