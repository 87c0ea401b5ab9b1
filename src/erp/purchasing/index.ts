export { changeOrders } from './change-orders.ts';
export { committedTo } from './committed-to.ts';
export type { Commitment } from './committed-to.ts';
export { createOrders } from './create-orders.ts';
export type { LineChange, OrderChange } from './decide-change.ts';
export type { ReceiptDraft, ReceiptLineDraft } from './decide-receipt.ts';
export { STEPS } from './decide-step.ts';
export type { Step } from './decide-step.ts';
export type { PurchasingProblemCode } from './errors.ts';
export { purchasingMigrations } from './migrations.ts';
export { noteCancelled, noteInvoiced } from './note-invoiced.ts';
export type { InvoicedLine } from './note-invoiced.ts';
export { postReceipts } from './post-receipts.ts';
export type { PostedReceipt } from './post-receipts.ts';
export { statusOf } from './purchase-order.ts';
export type {
  OrderDraft,
  OrderLine,
  OrderLineDraft,
  OrderStatus,
  PurchaseOrder,
} from './purchase-order.ts';
export { orderHistory } from './read-order-events.ts';
export { findOrders, listOrderHeads, listOrders, lockOrders } from './read-orders.ts';
export { findReceipts, listReceiptHeads, listReceipts } from './read-receipts.ts';
export { rejectedOf } from './rejected-of.ts';
export type { GoodsReceipt } from './read-receipts.ts';
export { reverseReceipts } from './reverse-receipts.ts';
export type { ReceiptReversal } from './reverse-receipts.ts';
export { readApprovalLimit, setApprovalLimit, steerOrders } from './steer-orders.ts';
export type { OrderStep, Steered } from './steer-orders.ts';
