import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';

/** What may be charged of an order's line and has not been. */
export type Chargeable = {
  readonly order: string;
  readonly orderNumber: string;
  readonly line: number;
  readonly customer: string;
  readonly currency: string;
  readonly item: string | null;
  readonly text: string;
  readonly quantity: Decimal; // In `unit`.
  readonly unit: string;
};

/** What is waiting to be charged, customer by customer; `after` continues behind an order. */
export async function listChargeable(
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly customer?: string;
    readonly after?: { readonly customer: string; readonly order: string };
    readonly limit: number; // Of orders.
  },
): Promise<readonly Chargeable[]> {
  const { legalEntity, customer = null, after } = filter;
  return await rows<Chargeable>(
    handle,
    sql`with waiting as (
        select o.id, o.number, o.customer, o.currency from erp_sales.sales_order o
        where o.legal_entity = ${legalEntity} and o.decision = 'confirmed' and o.is_uncharged
          and (${customer}::text is null or o.customer = ${customer})
          and (${after?.order ?? null}::text is null
            or (o.customer, o.id) > (${after?.customer ?? null}, ${after?.order ?? null}))
          and exists (select 1 from erp_sales.sales_order_line l
            where l.order_id = o.id and erp_sales.chargeable(l) > l.invoiced)
        order by o.customer, o.id limit ${filter.limit}
      )
      select o.id as order, o.number as "orderNumber", l.number as line, o.customer, o.currency,
        l.item, l.text, (erp_sales.chargeable(l) - l.invoiced)::text as quantity, l.unit
      from waiting o join erp_sales.sales_order_line l on l.order_id = o.id
      where erp_sales.chargeable(l) > l.invoiced order by o.customer, o.id, l.number`,
  );
}
