/** A company of which a customer sent goods back before the rest of his order had left. */
import { expect, test } from 'vitest';
import { rows, sql } from '#database';
import { openByReturns } from '#erp/sales';
import { instantOf, localDate } from '#kernel/time';
import { openInstallation } from './testing.ts';
import type { Plan } from './world/plan.ts';
import { writeHistory } from './write-history.ts';

/** Of this seed, goods come back on the last day of January; the rest of the order leaves in February. */
const PLAN: Plan = { size: 'small', seed: 688, startedOn: localDate('2024-01-01') };
const clock = () => instantOf(1_770_000_000_000);

test('its rest is delivered all the same, and then the order is done', async () => {
  const database = await openInstallation();
  const wish = { plan: PLAN, until: localDate('2024-02-05'), by: 'ada' };
  const { refused } = await writeHistory({ database, clock }, wish);
  expect(refused).toEqual({});
  const orders = await rows<{ id: string; isClosed: boolean; early: boolean }>(
    database.kysely,
    sql`select o.id, o.is_closed as "isClosed",
        max(d.posted_on) filter (where d.kind = 'delivery')
          > min(d.posted_on) filter (where d.kind = 'return') as early
      from erp_sales.sales_order o join erp_sales.delivery_line l on l.order_id = o.id
      join erp_sales.delivery d on d.id = l.delivery_id group by o.id`,
  );
  expect(orders.filter(({ early }) => early)).toMatchObject([{ isClosed: true }]);
  const ids = orders.map(({ id }) => id);
  expect(await openByReturns(database.kysely, ids)).toEqual([]);
  await database.close();
}, 120_000);
