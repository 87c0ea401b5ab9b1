export { changeOrders } from './change-orders.ts';
export { createOrders } from './create-orders.ts';
export type { SalesLineChange, SalesOrderChange } from './decide-change.ts';
export type { DeliveryDraft } from './decide-delivery.ts';
export { netOf } from './decide-order.ts';
export { STEPS } from './decide-step.ts';
export type { Step } from './decide-step.ts';
export type { SalesProblemCode } from './errors.ts';
export { salesMigrations } from './migrations.ts';
export { listChargeable } from './list-chargeable.ts';
export { chargeableOf, noteInvoiced } from './note-invoiced.ts';
export type { InvoicedLine } from './note-invoiced.ts';
export { postDeliveries } from './post-deliveries.ts';
export type { PostedDelivery } from './post-deliveries.ts';
export {
  findDeliveries,
  listDeliveries,
  listDeliveryHeads,
  ordersBehind,
} from './read-deliveries.ts';
export type { Delivery, DeliveryLine } from './read-deliveries.ts';
export { orderBacklog } from './order-backlog.ts';
export { orderHistory } from './read-order-events.ts';
export { findOrders, listOrderHeads, listOrders, lockOrders } from './read-orders.ts';
export { reserveOrders } from './reserve-lines.ts';
export { reverseDeliveries } from './reverse-deliveries.ts';
export type { DeliveryReversal } from './reverse-deliveries.ts';
export { openByReturns } from './sent-back.ts';
export { statusOf } from './sales-order.ts';
export type {
  SalesLineDraft,
  SalesOrder,
  SalesOrderDraft,
  SalesOrderLine,
  SalesOrderStatus,
} from './sales-order.ts';
export { steerOrders } from './steer-orders.ts';
export type { OrderStep } from './steer-orders.ts';
