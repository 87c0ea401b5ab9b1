import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';

/** What was done with an order. A change tells what was before and after, line by line. */
export type OrderEvent = {
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly by: string;
  readonly at: Instant;
};

/** What was done with an order, the oldest first. */
export const orderHistory = (handle: Handle, order: string): Promise<readonly OrderEvent[]> =>
  rows<OrderEvent>(
    handle,
    sql`select action, detail, by, at from erp_purchasing.order_event
      where order_id = ${order} order by id`,
  );
