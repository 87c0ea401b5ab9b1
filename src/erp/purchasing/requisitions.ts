export { createRequisitions } from './create-requisitions.ts';
export { orderRequisitions } from './order-requisitions.ts';
export type { OrderedPart, OrderingWish } from './order-requisitions.ts';
export { findRequisitions, listRequisitions } from './read-requisitions.ts';
export type { RequisitionFilter } from './read-requisitions.ts';
export { requisitionStatusOf } from './requisition.ts';
export type {
  Requisition,
  RequisitionDraft,
  RequisitionLine,
  RequisitionLineDraft,
  RequisitionStatus,
} from './requisition.ts';
export { REQUISITION_STEPS, steerRequisitions } from './steer-requisitions.ts';
export type { RequisitionStep } from './steer-requisitions.ts';
