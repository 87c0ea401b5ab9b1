import { z } from 'zod';
import {
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  MoneySchema,
  NameSchema,
  NumberSchema,
} from './common.ts';

export const ITEM_KINDS = ['stock', 'service', 'subassembly', 'raw', 'finished', 'tool'] as const;
export const ITEM_STATUSES = ['active', 'discontinued', 'blocked'] as const;

/** What one supplier asks for one item: its standard price and planned lead time. */
const SupplierItemSchema = z.strictObject({
  supplier: KeySchema,
  theirNumber: z.string().max(100).optional(),
  standardPrice: MoneySchema, // Per one order unit, before discounts.
  unit: z.string().max(20).optional(), // Order unit.
  leadTimeDays: z.number().int().min(0).optional(), // Calendar days, as planned.
  minOrderQuantity: DecimalSchema.optional(),
  maxOrderQuantity: DecimalSchema.optional(),
  lastReceiptPrice: MoneySchema.optional(),
  lastReceiptOn: LocalDateSchema.optional(),
});
export type SupplierItem = Readonly<z.infer<typeof SupplierItemSchema>>;

/** A thing bought, made, kept or sold. UBL Item · SAP A_Product · Dynamics ReleasedProductsV2. */
export const ItemSchema = z.strictObject({
  number: NumberSchema,
  name: NameSchema,
  kind: z.enum(ITEM_KINDS),
  status: z.enum(ITEM_STATUSES),
  baseUnit: z.string().min(1).max(20),
  categoryPath: z.array(z.string().min(1).max(200)).max(6), // From wide to narrow. Empty: none.
  standardCost: MoneySchema.optional(),
  listPrice: MoneySchema.optional(),
  safetyStock: DecimalSchema.optional(),
  reorderPoint: DecimalSchema.optional(),
  leadTimeDays: z.number().int().min(0).optional(),
  supplierItems: z.array(SupplierItemSchema).max(1000),
  extensions: ExtensionsSchema.optional(),
});
export type Item = Readonly<z.infer<typeof ItemSchema>>;
