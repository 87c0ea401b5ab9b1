import type { Handle } from '#database';
import { readEvents } from '#erp/company/documents';
import type { DocumentEvent } from '#erp/company/documents';
import { ORDER_EVENTS } from './steer-orders.ts';

/** What was done with an order, the oldest first. */
export const orderHistory = (handle: Handle, order: string): Promise<readonly DocumentEvent[]> =>
  readEvents(handle, ORDER_EVENTS, order);
