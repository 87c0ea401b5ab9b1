import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Which of these customers have, or had, a subscription. */
export async function customersSubscribed(
  handle: Handle,
  customers: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ customer: string }>(
    handle,
    sql`select distinct customer from erp_subscriptions.subscription
      where customer = any(${[...customers]})`,
  );
  return found.map(({ customer }) => customer);
}
