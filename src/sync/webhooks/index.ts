export { WEBHOOK_JOB, wakeFor } from './accept-delivery.ts';
export { listDeliveries } from './list-deliveries.ts';
export type { DeliveryQuery, DeliveryRow } from './list-deliveries.ts';
export { receiveDelivery } from './receive.ts';
export type { Received, Receiving } from './receive.ts';
export type { RawDelivery } from './verify-delivery.ts';
export { integrationsWaiting } from './wishes.ts';
export { workOff } from './work-off.ts';
