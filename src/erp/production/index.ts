export { changeComponents } from './change-components.ts';
export { closeWorkOrders } from './close-orders.ts';
export type { CloseDraft } from './close-orders.ts';
export { createWorkOrders } from './create-orders.ts';
export type { WorkOrderDraft } from './create-orders.ts';
export type { ConfirmationDraft } from './decide-confirmation.ts';
export type { IssueDraft, MaterialDraft } from './decide-issue.ts';
export type { ReceiptDraft } from './decide-receipt.ts';
export type { PostingReversal } from './decide-reversal.ts';
export type { ProductionProblemCode } from './errors.ts';
export { productionMigrations } from './migrations.ts';
export { postConfirmations, postIssues, postReceipts } from './post-production.ts';
export type { Posted, PostingKind } from './posting.ts';
export { findWorkOrders, listWorkOrders } from './read-orders.ts';
export type { WorkOrderFilter } from './read-orders.ts';
export { findPostings, listPostings } from './read-postings.ts';
export type { Posting, PostingLine } from './read-postings.ts';
export { releaseWorkOrders } from './release-orders.ts';
export type { Released, ReleaseDraft } from './release-orders.ts';
export { reversePostings } from './reverse-postings.ts';
export {
  cancelWorkOrders,
  changeWorkOrders,
  orderEvents,
  reserveMaterials,
  STEPS,
} from './steer-orders.ts';
export type { OrderChange, OrderWish, Steered } from './steer-orders.ts';
export { workInHand } from './work-in-hand.ts';
export { statusOf } from './work-order.ts';
export type { WorkOrder, WorkOrderStatus } from './work-order.ts';
