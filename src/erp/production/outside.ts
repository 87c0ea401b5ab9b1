export { listOutsideOrders, orderOutside } from './order-outside.ts';
export type { OrderedService, OutsideOrder, OutsideOrderDraft } from './order-outside.ts';
export { receiveOutside } from './receive-outside.ts';
export type { OutsideReceiptDraft } from './receive-outside.ts';
export { shipOutside } from './ship-outside.ts';
export type { ShipmentDraft } from './ship-outside.ts';
