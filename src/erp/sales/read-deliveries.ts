import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** A line of a delivery as it was booked. Quantities in the order line's unit, signed. */
export type DeliveryLine = {
  readonly number: number;
  readonly order: string;
  readonly orderLine: number;
  readonly item: string | null;
  readonly quantity: Decimal;
  readonly unit: string; // The order line's.
  readonly reason: string | null;
  readonly batch: string | null;
  readonly warehouse: string | null;
  readonly location: string | null;
  readonly movements: readonly string[];
  readonly cost: Decimal; // Company currency.
};

/** What left or came back, or takes back what was booked. */
export type Delivery = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly kind: 'delivery' | 'return' | 'reversal';
  readonly customer: string;
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly shippedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly entry: string | null;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly DeliveryLine[];
};

const HEADER = sql`r.id, r.legal_entity as "legalEntity", r.number, r.kind, r.customer,
  r.carrier, r.tracking, r.shipped_on as "shippedOn", r.posted_on as "postedOn",
  r.entry_id as entry, r.reverses, (select b.id from erp_sales.delivery b
    where b.reverses = r.id) as "reversedBy", r.created_by as "createdBy",
  r.created_at as "createdAt"`;

type Header = Omit<Delivery, 'lines'>;

const LIST = {
  table: 'erp_sales.delivery',
  alias: 'r',
  columns: {
    postedOn: 'posted_on',
    shippedOn: 'shipped_on',
    number: 'number',
    customer: 'customer',
  },
} as const;

/** Which of them to list. */
type Filter = {
  readonly legalEntity?: string;
  readonly order?: string;
  readonly customer?: string;
  readonly from?: LocalDate; // Posted.
  readonly to?: LocalDate;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

/** Deliveries, unless sorted otherwise the newest first, without their lines. */
export async function listDeliveryHeads(
  handle: Handle,
  filter: Filter,
): Promise<readonly Header[]> {
  const { legalEntity, order, customer } = filter;
  const sorted = sortedBy(LIST, filter.sort ?? '-postedOn', filter.after);
  const conditions = [
    ...given(legalEntity, (value) => sql`r.legal_entity = ${value}`),
    ...given(customer, (value) => sql`r.customer = ${value}`),
    ...given(
      order,
      (value) =>
        sql`exists (select 1 from erp_sales.delivery_line l where l.delivery_id = r.id and l.order_id = ${value})`,
    ),
    ...given(filter.from, (value) => sql`r.posted_on >= ${value}`),
    ...given(filter.to, (value) => sql`r.posted_on <= ${value}`),
    ...given(filter.number, (value) => sql`starts_with(r.number, ${value})`),
    sorted.isAfter,
  ];
  return await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_sales.delivery r
      where ${sql.join(conditions, sql` and `)}
      order by ${sorted.order} ${atMost(filter.limit)}`,
  );
}

/** The same with their lines. */
export const listDeliveries = async (
  handle: Handle,
  filter: Filter,
): Promise<readonly Delivery[]> => await withLines(handle, await listDeliveryHeads(handle, filter));

/** Deliveries by id. */
export async function findDeliveries(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_sales.delivery r where r.id = any(${[...ids]})`,
  );
  return new Map((await withLines(handle, found)).map((delivery) => [delivery.id, delivery]));
}

/** The orders behind deliveries. */
export async function ordersBehind(
  handle: Handle,
  deliveries: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ order: string }>(
    handle,
    sql`select distinct order_id as order from erp_sales.delivery_line
      where delivery_id = any(${[...deliveries]})`,
  );
  return found.map(({ order }) => order);
}

async function withLines(handle: Handle, headers: readonly Header[]): Promise<readonly Delivery[]> {
  const lines = await rows<DeliveryLine & { readonly delivery: string }>(
    handle,
    sql`select l.delivery_id as delivery, l.number, l.order_id as order,
        l.order_line as "orderLine", l.item, l.quantity::text as quantity, o.unit, l.reason, l.batch,
        l.warehouse, l.location, l.movements, l.cost::text as cost
      from erp_sales.delivery_line l
      join erp_sales.sales_order_line o on o.order_id = l.order_id and o.number = l.order_line
      where l.delivery_id = any(${headers.map(({ id }) => id)}) order by l.delivery_id, l.number`,
  );
  const byDelivery = Map.groupBy(lines, ({ delivery }) => delivery);
  return headers.map((header) => ({
    ...header,
    lines: (byDelivery.get(header.id) ?? []).map(({ delivery: _delivery, ...line }) => line),
  }));
}
