import { rows, sql } from '#database';
import type { Handle } from '#database';

/** What was ordered from one supplier. */
export type OrderTotals = {
  readonly orderCount: number; // Every order, whatever its status.
  readonly ordered: readonly { readonly currency: string; readonly amount: string }[];
  readonly firstOrderOn?: string;
  readonly lastOrderOn?: string;
};

type Row = {
  readonly currency: string;
  readonly orders: number;
  readonly counted: number;
  readonly amount: string | null;
  readonly first: string;
  readonly last: string;
};

/**
 * Adds up a supplier's orders where they lie. `ordered` leaves out returns and orders in a status
 * that is not one of `counted`; one amount for each currency.
 */
export async function orderTotals(
  handle: Handle,
  supplier: { readonly integration: string; readonly key: string },
  counted: readonly string[],
): Promise<OrderTotals> {
  const ordered = sql`status = any(${[...counted]}) and content ->> 'kind' <> 'return'`;
  const found = await rows<Row>(
    handle,
    sql`select content ->> 'currency' as currency, count(*)::integer as orders,
        (count(*) filter (where ${ordered}))::integer as counted,
        trim_scale(sum(net_amount) filter (where ${ordered}))::text as amount,
        min(issued_on) as first, max(issued_on) as last
      from records.record
      where kind = 'purchase-order' and supplier = ${supplier.key}
        and integration = ${supplier.integration}
      group by 1 order by 1`,
  );
  const [first] = found.map((row) => row.first).toSorted((a, b) => a.localeCompare(b));
  const last = found.map((row) => row.last).toSorted((a, b) => b.localeCompare(a))[0];
  return {
    orderCount: found.reduce((sum, { orders }) => sum + orders, 0),
    ordered: found.flatMap(({ currency, counted: some, amount }) =>
      some === 0 || amount === null ? [] : [{ currency, amount }],
    ),
    ...(first === undefined ? {} : { firstOrderOn: first }),
    ...(last === undefined ? {} : { lastOrderOn: last }),
  };
}
