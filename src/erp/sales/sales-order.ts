import { sql } from '#database';
import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** What people, or the credit limit, decided about an order. */
export type Decision = 'draft' | 'on-credit-hold' | 'confirmed' | 'cancelled';

/** How far its deliveries and invoices have come; computed from its lines. */
export type Progress = 'open' | 'partly-delivered' | 'delivered' | 'invoiced';

/** Where an order stands: the decision, and once confirmed how far it has come. */
export type SalesOrderStatus = Decision | 'partly-delivered' | 'delivered' | 'closed';

/** A line as it is asked for. Amounts in the order's currency, quantities in `unit`. */
export type SalesLineDraft = {
  readonly item?: string; // None: what `text` says.
  readonly text?: string;
  readonly quantity: Decimal;
  readonly unit?: string; // Else the item's base unit.
  readonly unitPrice: Decimal; // Per `priceBase` units, before discount.
  readonly priceBase?: Decimal;
  readonly discountPercent?: Decimal;
  readonly taxCode?: string;
  readonly warehouse?: string;
  readonly costCentre?: string;
  readonly project?: string;
  readonly promisedOn?: LocalDate;
  readonly overPercentMax?: Decimal;
  readonly isDeliveredAgainst?: boolean; // False: a service that is only charged.
  readonly isChargedAhead?: boolean; // It may be charged before it has left.
  readonly quotation?: { readonly id: string; readonly line: number }; // At its price.
};

/** An order as it is asked for. */
export type SalesOrderDraft = {
  readonly customer: string;
  readonly issuedOn: LocalDate;
  readonly requestedOn?: LocalDate;
  readonly currency?: string; // Else the customer's, else the company's.
  readonly paymentTerms?: string; // Else the customer's.
  readonly salesperson?: string; // Else the customer's.
  readonly channel?: string;
  readonly customerReference?: string;
  readonly text?: string;
  readonly lines: readonly SalesLineDraft[];
};

/** A line as it stands. The last three are computed from deliveries and invoices. */
export type SalesOrderLine = {
  readonly number: number;
  readonly item: string | null;
  readonly text: string;
  readonly unit: string;
  readonly ordered: Decimal;
  readonly unitPrice: Decimal;
  readonly priceBase: Decimal;
  readonly discountPercent: Decimal;
  readonly net: Decimal;
  readonly taxCode: string | null;
  readonly warehouse: string | null;
  readonly costCentre: string | null;
  readonly project: string | null;
  readonly promisedOn: LocalDate | null;
  readonly firstPromisedOn: LocalDate | null;
  readonly overPercentMax: Decimal;
  readonly isDeliveredAgainst: boolean;
  readonly isChargedAhead: boolean;
  readonly isFinal: boolean;
  readonly isCancelled: boolean;
  readonly reservation: string | null;
  readonly quotationId: string | null;
  readonly quotationLine: number | null;
  readonly delivered: Decimal;
  readonly deliveredCost: Decimal; // Company currency.
  readonly invoiced: Decimal;
};

/** A sales order as it stands. */
export type SalesOrder = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly customer: string;
  readonly decision: Decision;
  readonly isClosed: boolean;
  readonly progress: Progress;
  readonly issuedOn: LocalDate;
  readonly requestedOn: LocalDate | null;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly paymentTerms: string;
  readonly salesperson: string | null;
  readonly channel: string | null;
  readonly customerReference: string;
  readonly text: string;
  readonly net: Decimal;
  readonly raisedBy: string | null; // Who last made it worth more than the limit allows.
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly SalesOrderLine[];
};

/** The one word for where an order stands. */
export function statusOf({
  decision,
  isClosed,
  progress,
}: Pick<SalesOrder, 'decision' | 'isClosed' | 'progress'>): SalesOrderStatus {
  if (decision !== 'confirmed') return decision;
  if (isClosed || progress === 'invoiced') return 'closed';
  return progress === 'open' ? 'confirmed' : progress;
}

/** The same in SQL, for filters. */
export const STATUS_SQL = sql`case when o.decision <> 'confirmed' then o.decision
  when o.is_closed or o.progress = 'invoiced' then 'closed'
  when o.progress = 'open' then 'confirmed' else o.progress end`;

/** Whether an order `o` is still to be delivered, and something of it should have left before a day, in SQL. */
export const isLate = (on: LocalDate) => sql<boolean>`(o.decision = 'confirmed' and not o.is_closed
  and o.progress in ('open', 'partly-delivered') and exists (
    select from erp_sales.sales_order_line l
    where l.order_id = o.id and coalesce(l.promised_on, o.requested_on) < ${on}::date
      and l.is_delivered_against and not l.is_final and not l.is_cancelled
      and l.delivered < l.ordered))`;

/** An order's columns in SQL, under their names here. */
export const ORDER_COLUMNS = sql`o.id, o.legal_entity as "legalEntity", o.number, o.customer,
  o.decision, o.is_closed as "isClosed", o.progress, o.issued_on as "issuedOn",
  o.requested_on as "requestedOn", o.currency, o.rate::text as rate,
  o.payment_terms as "paymentTerms", o.salesperson, o.channel,
  o.customer_reference as "customerReference", o.text, o.net::text as net,
  o.raised_by as "raisedBy", o.version,
  o.created_by as "createdBy", o.created_at as "createdAt"`;

/** A line's columns in SQL, under their names here. */
export const LINE_COLUMNS = sql`l.number, l.item, l.text, l.unit, l.ordered::text as ordered,
  l.unit_price::text as "unitPrice", l.price_base::text as "priceBase",
  l.discount_percent::text as "discountPercent", l.net::text as net, l.tax_code as "taxCode",
  l.warehouse, l.cost_centre as "costCentre", l.project, l.promised_on as "promisedOn",
  l.first_promised_on as "firstPromisedOn", l.over_percent_max::text as "overPercentMax",
  l.is_delivered_against as "isDeliveredAgainst", l.is_charged_ahead as "isChargedAhead",
  l.is_final as "isFinal",
  l.is_cancelled as "isCancelled", l.reservation,
  l.quotation_id as "quotationId", l.quotation_line as "quotationLine",
  l.delivered::text as delivered,
  l.delivered_cost::text as "deliveredCost", l.invoiced::text as invoiced`;
