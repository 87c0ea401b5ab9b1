import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';
import {
  COMPONENT_COLUMNS,
  isLate,
  OPERATION_COLUMNS,
  ORDER_COLUMNS,
  STATUS_SQL,
} from './work-order.ts';
import type { Component, Operation, WorkOrder, WorkOrderStatus } from './work-order.ts';

type Header = Omit<WorkOrder, 'operations' | 'components'>;
type Part<T> = T & { readonly orderId: string };

/** Which orders to list. */
export type WorkOrderFilter = {
  readonly legalEntity?: string | undefined;
  readonly statuses?: readonly WorkOrderStatus[] | undefined;
  readonly item?: string | undefined; // That is made.
  readonly component?: string | undefined; // That is needed: where it is used.
  readonly workCentre?: string | undefined;
  readonly warehouse?: string | undefined;
  readonly from?: LocalDate | undefined; // Planned start.
  readonly to?: LocalDate | undefined;
  readonly lateOn?: LocalDate | undefined; // It should have been finished before this day.
  readonly number?: string | undefined; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
  readonly after?: string | undefined; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_production.work_order',
  alias: 'o',
  columns: {
    plannedStartOn: 'planned_start_on',
    plannedEndOn: 'planned_end_on',
    number: 'number',
    quantity: 'quantity',
    wip: 'wip',
  },
} as const;

/** Orders, unless sorted otherwise the newest planned start first, with their operations and components. */
export async function listWorkOrders(
  handle: Handle,
  filter: WorkOrderFilter,
): Promise<readonly WorkOrder[]> {
  const { legalEntity, statuses, item, component, workCentre, warehouse, from, to } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-plannedStartOn', filter.after);
  const conditions = [
    isAfter,
    sql`starts_with(o.number, ${filter.number ?? ''})`,
    ...(legalEntity === undefined ? [] : [sql`o.legal_entity = ${legalEntity}`]),
    ...(statuses === undefined ? [] : [sql`${STATUS_SQL} = any(${[...statuses]})`]),
    ...(item === undefined ? [] : [sql`o.item = ${item}`]),
    ...(warehouse === undefined ? [] : [sql`o.warehouse = ${warehouse}`]),
    ...(component === undefined
      ? []
      : [
          sql`exists (select from erp_production.work_order_component c
            where c.order_id = o.id and c.item = ${component})`,
        ]),
    ...(workCentre === undefined
      ? []
      : [
          sql`exists (select from erp_production.work_order_operation p
            where p.order_id = o.id and p.work_centre = ${workCentre})`,
        ]),
    ...(filter.lateOn === undefined ? [] : [isLate(filter.lateOn)]),
    ...(from === undefined ? [] : [sql`o.planned_start_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`o.planned_start_on <= ${to}`]),
  ];
  const found = await rows<Header>(
    handle,
    sql`select ${ORDER_COLUMNS} from erp_production.work_order o
      where ${sql.join(conditions, sql` and `)}
      order by ${order} limit ${filter.limit}`,
  );
  return await withParts(handle, found);
}

/** Orders by id. */
export const findWorkOrders = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, WorkOrder>> => read(handle, ids, sql``);

/** The same, locked until the transaction ends, in the order of ids so that nobody waits in a ring. */
export const lockWorkOrders = (
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, WorkOrder>> => read(tx, ids, sql`for no key update`);

async function read(
  handle: Handle,
  ids: readonly string[],
  lock: ReturnType<typeof sql>,
): Promise<ReadonlyMap<string, WorkOrder>> {
  const found = await rows<Header>(
    handle,
    sql`select ${ORDER_COLUMNS} from erp_production.work_order o
      where o.id = any(${[...new Set(ids)]}) order by o.id ${lock}`,
  );
  const orders = await withParts(handle, found);
  return new Map(orders.map((order) => [order.id, order]));
}

async function withParts(
  handle: Handle,
  headers: readonly Header[],
): Promise<readonly WorkOrder[]> {
  if (headers.length === 0) return [];
  const ids = headers.map(({ id }) => id);
  const operations = await rows<Part<Operation>>(
    handle,
    sql`select p.order_id as "orderId", ${OPERATION_COLUMNS}
      from erp_production.work_order_operation p
      where p.order_id = any(${ids}) order by p.order_id, p.number`,
  );
  const components = await rows<Part<Component>>(
    handle,
    sql`select c.order_id as "orderId", ${COMPONENT_COLUMNS}
      from erp_production.work_order_component c
      where c.order_id = any(${ids}) order by c.order_id, c.number`,
  );
  const [operationsOf, componentsOf] = [byOrder(operations), byOrder(components)];
  return headers.map((header) => ({
    ...header,
    operations: operationsOf.get(header.id) ?? [],
    components: componentsOf.get(header.id) ?? [],
  }));
}

function byOrder<T>(
  parts: readonly Part<T>[],
): ReadonlyMap<string, readonly Omit<Part<T>, 'orderId'>[]> {
  const found = new Map<string, Omit<Part<T>, 'orderId'>[]>();
  for (const { orderId, ...part } of parts) {
    const own = found.get(orderId) ?? [];
    own.push(part);
    found.set(orderId, own);
  }
  return found;
}
