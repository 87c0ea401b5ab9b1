import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import { CHANGE_COLUMNS } from './change-order.ts';
import type { ChangeOrder, ChangeOrderStatus } from './change-order.ts';

const LIST = {
  table: 'erp_projects.change_order',
  alias: 'c',
  columns: {
    number: 'number',
    title: 'title',
    costChange: 'cost_change',
    revenueChange: 'revenue_change',
    daysChange: 'days_change',
  },
} as const;

/** A change order with what it says of its project. */
export type ListedChangeOrder = ChangeOrder & {
  readonly projectNumber: string;
  readonly projectName: string;
};

/** Change orders, unless sorted otherwise the newest first. */
export const listChangeOrders = (
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly project?: string;
    readonly status?: ChangeOrderStatus;
    readonly number?: string; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly ListedChangeOrder[]> => {
  const { legalEntity = null, project = null, status = null, number = '' } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-number', filter.after);
  return rows<ListedChangeOrder>(
    handle,
    sql`select ${CHANGE_COLUMNS}, p.number as "projectNumber", p.name as "projectName"
      from erp_projects.change_order c
      join erp_projects.project p on p.id = c.project_id
      where (${legalEntity}::text is null or c.legal_entity = ${legalEntity})
        and (${project}::text is null or c.project_id = ${project})
        and (${status}::text is null or c.decision = ${status})
        and starts_with(c.number, ${number}) and ${isAfter}
      order by ${order} limit ${filter.limit}`,
  );
};

/** How many change orders wait for somebody's decision. */
export async function changeOrdersToDecide(handle: Handle, legalEntity: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    handle,
    sql`select count(*)::integer as count from erp_projects.change_order
      where legal_entity = ${legalEntity} and decision = 'draft'`,
  );
  return found?.count ?? 0;
}
