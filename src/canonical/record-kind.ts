import type { z } from 'zod';
import { CustomerInvoiceSchema } from './customer-invoice.ts';
import { CustomerSchema } from './customer.ts';
import { DeliverySchema } from './delivery.ts';
import { JournalEntrySchema } from './journal-entry.ts';
import { SalesOrderSchema } from './sales-order.ts';
import { CurrencyRecordSchema, ExchangeRateSchema } from './exchange-rate.ts';
import { GoodsReceiptSchema } from './goods-receipt.ts';
import { ItemSchema } from './item.ts';
import { PurchaseOrderSchema } from './purchase-order.ts';
import { ShipmentNoticeSchema } from './shipment-notice.ts';
import { StockBalanceSchema } from './stock-balance.ts';
import { StockCountSchema } from './stock-count.ts';
import { StockMovementSchema } from './stock-movement.ts';
import { SupplierInvoiceSchema } from './supplier-invoice.ts';
import { SupplierSchema } from './supplier.ts';
import { WarehouseSchema } from './warehouse.ts';
import { WorkOrderSchema } from './work-order.ts';

/**
 * Every kind of record with the schema its content must pass to get in. A kind stands after those it
 * may point at: in this order they come in, and against it they go.
 */
export const RECORD_SCHEMAS = {
  currency: CurrencyRecordSchema,
  warehouse: WarehouseSchema,
  supplier: SupplierSchema,
  customer: CustomerSchema,
  item: ItemSchema,
  'exchange-rate': ExchangeRateSchema,
  'purchase-order': PurchaseOrderSchema,
  'shipment-notice': ShipmentNoticeSchema,
  'goods-receipt': GoodsReceiptSchema,
  'supplier-invoice': SupplierInvoiceSchema,
  'sales-order': SalesOrderSchema,
  delivery: DeliverySchema,
  'customer-invoice': CustomerInvoiceSchema,
  'work-order': WorkOrderSchema,
  'stock-movement': StockMovementSchema,
  'stock-balance': StockBalanceSchema,
  'stock-count': StockCountSchema,
  'journal-entry': JournalEntrySchema,
} as const;

export type RecordKind = keyof typeof RECORD_SCHEMAS;

/** What one system says about one thing. Plain JSON: decimals and days are text. */
export type ContentOf<Kind extends RecordKind> = Readonly<z.infer<(typeof RECORD_SCHEMAS)[Kind]>>;

export type CanonicalRecord = {
  [Kind in RecordKind]: { readonly kind: Kind; readonly content: ContentOf<Kind> };
}[RecordKind];

/** The short word an id of each kind begins with: `po_01J…`. */
export const ID_PREFIXES = {
  supplier: 'supplier',
  item: 'item',
  'purchase-order': 'po',
  currency: 'currency',
  'exchange-rate': 'rate',
  warehouse: 'warehouse',
  'goods-receipt': 'receipt',
  'supplier-invoice': 'invoice',
  'shipment-notice': 'notice',
  'stock-movement': 'movement',
  'stock-balance': 'balance',
  'stock-count': 'count',
  'work-order': 'wo',
  customer: 'customer',
  'sales-order': 'so',
  delivery: 'delivery',
  'customer-invoice': 'ci',
  'journal-entry': 'je',
} as const satisfies Record<RecordKind, string>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the object above.
export const RECORD_KINDS = Object.keys(RECORD_SCHEMAS) as readonly RecordKind[];

export const isRecordKind = (text: string): text is RecordKind =>
  Object.hasOwn(RECORD_SCHEMAS, text);

/** Why a content cannot be a record of its kind: one entry per field that is wrong. */
export type ContentProblem = { readonly field: string; readonly reason: string };

/** Checks content against its kind's schema. A value either way: bad input is no exception. */
export function checkContent(
  kind: RecordKind,
  content: unknown,
):
  | { readonly ok: true; readonly record: CanonicalRecord }
  | { readonly ok: false; readonly problems: readonly ContentProblem[] } {
  const result = RECORD_SCHEMAS[kind].safeParse(content);
  if (result.success) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind chose the schema.
    return { ok: true, record: { kind, content: result.data } as CanonicalRecord };
  }
  const problems = result.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    reason: issue.message,
  }));
  return { ok: false, problems };
}
