import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';
import { isLate, isUnfinished, LINE_COLUMNS, ORDER_COLUMNS, STATUS_SQL } from './purchase-order.ts';
import type { OrderLine, OrderStatus, PurchaseOrder } from './purchase-order.ts';

type Header = Omit<PurchaseOrder, 'lines'>;

/** Which orders to list. */
export type OrderFilter = {
  readonly legalEntity?: string;
  readonly statuses?: readonly OrderStatus[];
  readonly supplier?: string;
  readonly item?: string;
  readonly from?: LocalDate; // Issued.
  readonly to?: LocalDate;
  readonly lateOn?: LocalDate; // Something of it should have come before this day.
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_purchasing.purchase_order',
  alias: 'o',
  columns: { issuedOn: 'issued_on', number: 'number', supplier: 'supplier', net: 'net' },
} as const;

const mayBeUnfinished = (status: OrderStatus): boolean =>
  status === 'issued' || status === 'partly-received' || status === 'received';

/** Orders, unless sorted otherwise the newest first, without their lines. */
export async function listOrderHeads(
  handle: Handle,
  filter: OrderFilter,
): Promise<readonly Header[]> {
  const { statuses, legalEntity, supplier, item } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-issuedOn', filter.after);
  const conditions = [
    ...given(legalEntity, (value) => sql`o.legal_entity = ${value}`),
    ...given(statuses, (value) => sql`${STATUS_SQL} = any(${[...value]})`),
    ...(statuses?.every(mayBeUnfinished) === true ? [isUnfinished] : []),
    ...given(supplier, (value) => sql`o.supplier = ${value}`),
    ...given(
      item,
      (value) =>
        sql`exists (select 1 from erp_purchasing.purchase_order_line l where l.order_id = o.id and l.item = ${value})`,
    ),
    ...given(filter.from, (value) => sql`o.issued_on >= ${value}`),
    ...given(filter.to, (value) => sql`o.issued_on <= ${value}`),
    ...given(filter.lateOn, isLate),
    ...given(filter.number, (value) => sql`starts_with(o.number, ${value})`),
    isAfter,
  ];
  return await rows<Header>(
    handle,
    sql`select ${ORDER_COLUMNS} from erp_purchasing.purchase_order o
      where ${sql.join(conditions, sql` and `)}
      order by ${order} ${atMost(filter.limit)}`,
  );
}

/** The same with their lines. */
export async function listOrders(
  handle: Handle,
  filter: OrderFilter,
): Promise<readonly PurchaseOrder[]> {
  const found = await listOrderHeads(handle, filter);
  const lines = await linesOf(
    handle,
    found.map(({ id }) => id),
  );
  return joined(found, lines);
}

/** Orders by id. */
export async function findOrders(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PurchaseOrder>> {
  return await read(handle, ids, sql``);
}

/** The same, locked until the transaction ends, in the order of ids so that nobody waits in a ring. */
export async function lockOrders(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PurchaseOrder>> {
  return await read(tx, ids, sql`for no key update`);
}

async function read(
  handle: Handle,
  ids: readonly string[],
  lock: ReturnType<typeof sql>,
): Promise<ReadonlyMap<string, PurchaseOrder>> {
  const unique = [...new Set(ids)];
  const [found, lines] = await Promise.all([
    rows<Header>(
      handle,
      sql`select ${ORDER_COLUMNS} from erp_purchasing.purchase_order o
        where o.id = any(${unique}) order by o.id ${lock}`,
    ),
    linesOf(handle, unique), // In a transaction they are read once the lock is held.
  ]);
  return new Map(joined(found, lines).map((order) => [order.id, order]));
}

type Line = OrderLine & { readonly orderId: string };

const linesOf = (handle: Handle, orders: readonly string[]): Promise<Line[]> =>
  rows<Line>(
    handle,
    sql`select l.order_id as "orderId", ${LINE_COLUMNS} from erp_purchasing.purchase_order_line l
      where l.order_id = any(${[...orders]}) order by l.order_id, l.number`,
  );

function joined(headers: readonly Header[], lines: readonly Line[]): readonly PurchaseOrder[] {
  const byOrder = Map.groupBy(lines, ({ orderId }) => orderId);
  return headers.map((header) => ({
    ...header,
    lines: (byOrder.get(header.id) ?? []).map(({ orderId: _order, ...line }) => line),
  }));
}
