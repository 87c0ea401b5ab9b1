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

export const PURCHASE_ORDER_STATUSES = [
  'draft',
  'awaiting-approval',
  'issued',
  'partly-received',
  'received',
  'closed',
  'cancelled',
  'rejected',
] as const;
export const PURCHASE_ORDER_KINDS = [
  'standard',
  'subcontract',
  'service',
  'blanket-release',
  'return',
] as const;

/** All amounts are in the order's currency, exact, never rounded per line. */
const PurchaseOrderLineSchema = z.strictObject({
  number: NumberSchema, // The ERP's own: '10' in SAP, '1' elsewhere. Compare, do not count.
  item: KeySchema.optional(), // Absent: a text line.
  text: z.string().max(500).optional(),
  ordered: QuantitySchema,
  received: DecimalSchema, // In the unit of `ordered`. May exceed it, within tolerance.
  rejected: DecimalSchema, // Of what was received.
  unitPrice: DecimalSchema, // Per `priceBase` units.
  priceBase: DecimalSchema, // Usually 1; SAP prices per 100.
  netAmount: DecimalSchema, // After line discount, before tax.
  promisedOn: LocalDateSchema.optional(),
  finalReceipt: z.boolean().optional(), // Nothing more is expected.
  cancelled: z.boolean().optional(),
});
export type PurchaseOrderLine = Readonly<z.infer<typeof PurchaseOrderLineSchema>>;

/**
 * A buyer's order to a supplier.
 * UBL Order · SAP EKKO/EKPO · Oracle PO_HEADERS_ALL · Dynamics PurchTable · NetSuite PurchOrd.
 */
export const PurchaseOrderSchema = z.strictObject({
  number: NumberSchema,
  kind: z.enum(PURCHASE_ORDER_KINDS),
  supplier: KeySchema,
  status: z.enum(PURCHASE_ORDER_STATUSES),
  sourceStatus: z.string().max(50).optional(), // What the ERP calls it, kept beside ours.
  issuedOn: LocalDateSchema, // The buyer's calendar day.
  shippedOn: LocalDateSchema.optional(), // When the supplier shipped; not a receipt.
  currency: CurrencySchema,
  netAmount: DecimalSchema, // Sum of the lines, exactly.
  taxAmount: DecimalSchema.optional(),
  freightAmount: DecimalSchema.optional(),
  grossAmount: DecimalSchema.optional(),
  requester: z.string().max(100).optional(),
  shipMethod: z.string().max(200).optional(),
  lines: z.array(PurchaseOrderLineSchema).min(1).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
export type PurchaseOrder = Readonly<z.infer<typeof PurchaseOrderSchema>>;
