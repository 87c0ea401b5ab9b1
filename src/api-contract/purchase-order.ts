import { z } from 'zod';
import {
  Day,
  LIST_QUERY,
  listOf,
  Money,
  PROVENANCE,
  Quantity,
  RecordRef,
  sortOf,
  STORED,
} from './common.ts';

const OrderStatus = z.enum([
  'draft',
  'awaiting-approval',
  'issued',
  'partly-received',
  'received',
  'closed',
  'cancelled',
  'rejected',
]);
const OrderKind = z.enum(['standard', 'subcontract', 'service', 'blanket-release', 'return']);

/** A purchase order in a list. */
export const PurchaseOrderRow = z.strictObject({
  ...STORED,
  number: z.string(),
  kind: OrderKind,
  status: OrderStatus,
  sourceStatus: z.string().optional(),
  supplier: RecordRef,
  issuedOn: z.string(),
  shippedOn: z.string().optional(),
  currency: z.string(),
  netAmount: Money,
  lineCount: z.number().int(),
  requester: z.string().optional(),
  shipMethod: z.string().optional(),
});
export type PurchaseOrderRow = Readonly<z.infer<typeof PurchaseOrderRow>>;

/** A purchase order's own page. */
export const PurchaseOrderDetail = z.strictObject({
  ...PurchaseOrderRow.shape,
  ...PROVENANCE,
  taxAmount: Money.optional(),
  freightAmount: Money.optional(),
  grossAmount: Money.optional(),
  lines: z.array(
    z.strictObject({
      number: z.string(),
      item: RecordRef.optional(), // Absent: a text line.
      text: z.string().optional(),
      ordered: Quantity,
      received: z.string(), // In the unit of `ordered`, as the next.
      rejected: z.string(),
      unitPrice: Money, // Per `priceBase` units.
      priceBase: z.string(),
      netAmount: Money,
      promisedOn: z.string().optional(),
      finalReceipt: z.boolean().optional(),
      cancelled: z.boolean().optional(),
    }),
  ),
});
export type PurchaseOrderDetail = Readonly<z.infer<typeof PurchaseOrderDetail>>;

export const PurchaseOrderQuery = z.strictObject({
  ...LIST_QUERY,
  sort: sortOf(['number', 'status', 'issuedOn', 'shippedOn', 'netAmount', 'requester']),
  status: listOf(OrderStatus).optional(),
  kind: listOf(OrderKind).optional(),
  supplier: z.string().max(100).optional(), // The supplier's record id.
  item: z.string().max(100).optional(), // The record id of an item that a line names.
  from: Day.optional(), // issuedOn, first day.
  to: Day.optional(), // issuedOn, last day.
});
