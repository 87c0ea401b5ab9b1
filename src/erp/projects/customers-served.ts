import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Which of these customers a project is for that was not cancelled. */
export async function customersServed(
  handle: Handle,
  customers: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ customer: string }>(
    handle,
    sql`select distinct customer from erp_projects.project
      where customer = any(${[...customers]}) and decision <> 'cancelled'`,
  );
  return found.map(({ customer }) => customer);
}
