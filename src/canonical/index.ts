export type { Quantity } from './common.ts';
export type { CurrencyRecord, ExchangeRate } from './exchange-rate.ts';
export { ITEM_KINDS, ITEM_STATUSES } from './item.ts';
export type { Item, SupplierItem } from './item.ts';
export { PURCHASE_ORDER_KINDS, PURCHASE_ORDER_STATUSES } from './purchase-order.ts';
export type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';
export {
  checkContent,
  ID_PREFIXES,
  isRecordKind,
  RECORD_KINDS,
  RECORD_SCHEMAS,
} from './record-kind.ts';
export type { CanonicalRecord, ContentOf, ContentProblem, RecordKind } from './record-kind.ts';
export { referencesOf } from './references.ts';
export { SUPPLIER_STATUSES } from './supplier.ts';
export type { Supplier } from './supplier.ts';
