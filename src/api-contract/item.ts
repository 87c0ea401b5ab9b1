import { z } from 'zod';
import { LIST_QUERY, listOf, Money, PROVENANCE, RecordRef, sortOf, STORED } from './common.ts';
import { PurchaseOrderRow } from './purchase-order.ts';

const ItemKind = z.enum(['stock', 'service', 'subassembly', 'raw', 'finished', 'tool']);
const ItemStatus = z.enum(['active', 'discontinued', 'blocked']);

/** An item in a list. */
export const ItemRow = z.strictObject({
  ...STORED,
  number: z.string(),
  name: z.string(),
  kind: ItemKind,
  status: ItemStatus,
  baseUnit: z.string(),
  categoryPath: z.array(z.string()), // From wide to narrow.
  standardCost: Money.optional(),
  listPrice: Money.optional(),
  supplierCount: z.number().int(),
});
export type ItemRow = Readonly<z.infer<typeof ItemRow>>;

/** An item's own page. */
export const ItemDetail = z.strictObject({
  ...ItemRow.shape,
  ...PROVENANCE,
  safetyStock: z.string().optional(),
  reorderPoint: z.string().optional(),
  leadTimeDays: z.number().int().optional(),
  supplierItems: z.array(
    z.strictObject({
      supplier: RecordRef,
      theirNumber: z.string().optional(),
      standardPrice: Money, // Per one order unit.
      unit: z.string().optional(),
      leadTimeDays: z.number().int().optional(), // Calendar days.
      minOrderQuantity: z.string().optional(),
      maxOrderQuantity: z.string().optional(),
      lastReceiptPrice: Money.optional(),
      lastReceiptOn: z.string().optional(),
    }),
  ),
  recentOrders: z.array(PurchaseOrderRow), // The ten newest that name the item.
});
export type ItemDetail = Readonly<z.infer<typeof ItemDetail>>;

export const ItemQuery = z.strictObject({
  ...LIST_QUERY,
  sort: sortOf(['number', 'name', 'kind', 'status', 'baseUnit']),
  status: listOf(ItemStatus).optional(),
  kind: listOf(ItemKind).optional(),
  category: z.string().max(200).optional(), // The widest step of the path.
  subcategory: z.string().max(200).optional(), // The step below it.
});
