import { z } from 'zod';
import { LIST_QUERY, listOf, Moment, Money, PROVENANCE, sortOf, STORED } from './common.ts';
import { PurchaseOrderRow } from './purchase-order.ts';

const SupplierStatus = z.enum(['active', 'blocked-purchasing', 'blocked-payment', 'inactive']);

/** A supplier in a list. */
export const SupplierRow = z.strictObject({
  ...STORED,
  number: z.string(),
  name: z.string(),
  status: SupplierStatus,
  category: z.string().optional(),
  country: z.string().optional(), // ISO 3166-1 alpha-2.
  region: z.string().optional(),
  city: z.string().optional(),
  currency: z.string().optional(),
  paymentTerms: z.string().optional(),
  preferred: z.boolean().optional(),
  creditRating: z.string().optional(), // The source's own scale.
});
export type SupplierRow = Readonly<z.infer<typeof SupplierRow>>;

/** A supplier's own page. */
export const SupplierDetail = z.strictObject({
  ...SupplierRow.shape,
  ...PROVENANCE,
  website: z.string().optional(),
  totals: z.strictObject({
    orderCount: z.number().int(), // Every order, whatever its status.
    ordered: z.array(Money), // One per currency; drafts, rejected and cancelled orders left out.
    firstOrderOn: z.string().optional(),
    lastOrderOn: z.string().optional(),
    countedAt: Moment,
  }),
  recentOrders: z.array(PurchaseOrderRow), // The ten newest.
});
export type SupplierDetail = Readonly<z.infer<typeof SupplierDetail>>;

export const SupplierQuery = z.strictObject({
  ...LIST_QUERY,
  sort: sortOf(['number', 'name', 'status', 'category', 'country', 'city', 'creditRating']),
  status: listOf(SupplierStatus).optional(),
  category: listOf(z.string()).optional(),
  country: listOf(z.string()).optional(),
  preferred: z.enum(['true', 'false']).optional(),
});
