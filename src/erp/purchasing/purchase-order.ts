import { sql } from '#database';
import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** What people decided about an order. */
export type Decision = 'draft' | 'awaiting-approval' | 'rejected' | 'issued' | 'cancelled';

/** How far its deliveries and invoices have come; computed from its lines. */
export type Progress = 'open' | 'partly-received' | 'received' | 'invoiced';

/** Where an order stands: the decision, and once issued how far it has come. */
export type OrderStatus =
  | Exclude<Decision, 'issued'>
  | 'issued'
  | 'partly-received'
  | 'received'
  | 'closed';

/** A line as it is asked for. Amounts in the order's currency, quantities in `unit`. */
export type OrderLineDraft = {
  readonly item?: string; // None: what `text` says, bought as an expense or a service.
  readonly text?: string;
  readonly quantity: Decimal;
  readonly unit?: string; // Else the item's base unit.
  readonly unitPrice: Decimal; // Per `priceBase` units.
  readonly priceBase?: Decimal;
  readonly taxCode?: string;
  readonly warehouse?: string;
  readonly account?: string;
  readonly costCentre?: string;
  readonly project?: string;
  readonly workOrder?: string;
  readonly requestedOn?: LocalDate;
  readonly promisedOn?: LocalDate;
  readonly overPercentMax?: Decimal;
  readonly underPercentMax?: Decimal;
  readonly isReceivedAgainst?: boolean; // False: only an invoice comes.
  readonly requisition?: { readonly id: string; readonly line: number };
};

/** An order as it is asked for. */
export type OrderDraft = {
  readonly kind?: 'standard' | 'subcontract' | 'service' | 'blanket-release';
  readonly supplier: string;
  readonly issuedOn: LocalDate;
  readonly currency?: string; // Else the supplier's, else the company's.
  readonly paymentTerms?: string; // Else the supplier's.
  readonly incoterm?: string;
  readonly requester?: string;
  readonly agreement?: string;
  readonly text?: string;
  readonly lines: readonly OrderLineDraft[];
};

/** A line as it stands. The last six are computed from receipts and invoices. */
export type OrderLine = {
  readonly number: number;
  readonly item: string | null;
  readonly text: string;
  readonly unit: string;
  readonly ordered: Decimal;
  readonly baseNumerator: Decimal; // One unit is numerator/denominator of the item's base unit.
  readonly baseDenominator: Decimal;
  readonly unitPrice: Decimal;
  readonly priceBase: Decimal;
  readonly net: Decimal;
  readonly taxCode: string | null;
  readonly warehouse: string | null;
  readonly account: string | null;
  readonly costCentre: string | null;
  readonly project: string | null;
  readonly workOrder: string | null;
  readonly requestedOn: LocalDate | null;
  readonly promisedOn: LocalDate | null;
  readonly firstPromisedOn: LocalDate | null;
  readonly overPercentMax: Decimal;
  readonly underPercentMax: Decimal;
  readonly isReceivedAgainst: boolean;
  readonly isFinal: boolean;
  readonly isCancelled: boolean;
  readonly requisitionId: string | null;
  readonly requisitionLine: number | null;
  readonly received: Decimal;
  readonly receivedValue: Decimal; // Company currency, at the order's price.
  readonly receivedNet: Decimal; // The same in the order's currency.
  readonly invoiced: Decimal;
  readonly invoicedValue: Decimal; // Of the received value: what invoices took.
  readonly invoicedNet: Decimal;
};

/** A purchase order as it stands. */
export type PurchaseOrder = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly kind: NonNullable<OrderDraft['kind']>;
  readonly supplier: string;
  readonly decision: Decision;
  readonly isClosed: boolean;
  readonly progress: Progress;
  readonly issuedOn: LocalDate;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly paymentTerms: string;
  readonly incoterm: string | null;
  readonly requester: string | null;
  readonly agreement: string | null;
  readonly text: string;
  readonly net: Decimal;
  readonly approvedBy: string | null;
  readonly raisedBy: string | null; // Who last made it worth more than was approved.
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly OrderLine[];
};

/** The one word for where an order stands. */
export function statusOf({
  decision,
  isClosed,
  progress,
}: Pick<PurchaseOrder, 'decision' | 'isClosed' | 'progress'>): OrderStatus {
  if (decision !== 'issued') return decision;
  if (isClosed || progress === 'invoiced') return 'closed';
  return progress === 'open' ? 'issued' : progress;
}

/** The same in SQL, for filters. */
export const STATUS_SQL = sql`case when o.decision <> 'issued' then o.decision
  when o.is_closed or o.progress = 'invoiced' then 'closed'
  when o.progress = 'open' then 'issued' else o.progress end`;

/** Whether goods or invoices are still to come for an order `o`, in SQL. */
export const isUnfinished = sql`o.decision = 'issued' and not o.is_closed and o.progress <> 'invoiced'`;

/** Whether an order `o` is still expected, and something of it should have come before a day, in SQL. */
export const isLate = (on: LocalDate) => sql<boolean>`(${isUnfinished}
  and o.progress in ('open', 'partly-received') and exists (
    select from erp_purchasing.purchase_order_line l
    where l.order_id = o.id and coalesce(l.promised_on, l.requested_on) < ${on}::date
      and l.is_received_against and not l.is_final and not l.is_cancelled
      and l.received < l.ordered))`;

/** An order's columns in SQL, under their names here. */
export const ORDER_COLUMNS = sql`o.id, o.legal_entity as "legalEntity", o.number, o.kind, o.supplier,
  o.decision, o.is_closed as "isClosed", o.progress, o.issued_on as "issuedOn", o.currency,
  o.rate::text as rate, o.payment_terms as "paymentTerms", o.incoterm, o.requester, o.agreement,
  o.text, o.net::text as net, o.approved_by as "approvedBy", o.raised_by as "raisedBy", o.version,
  o.created_by as "createdBy", o.created_at as "createdAt"`;

/** A line's columns in SQL, under their names here. */
export const LINE_COLUMNS = sql`l.number, l.item, l.text, l.unit, l.ordered::text as ordered,
  l.base_numerator::text as "baseNumerator", l.base_denominator::text as "baseDenominator",
  l.unit_price::text as "unitPrice", l.price_base::text as "priceBase", l.net::text as net,
  l.tax_code as "taxCode", l.warehouse, l.account, l.cost_centre as "costCentre", l.project,
  l.work_order as "workOrder", l.requested_on as "requestedOn", l.promised_on as "promisedOn",
  l.first_promised_on as "firstPromisedOn", l.over_percent_max::text as "overPercentMax",
  l.under_percent_max::text as "underPercentMax", l.is_received_against as "isReceivedAgainst",
  l.is_final as "isFinal", l.is_cancelled as "isCancelled",
  l.requisition_id as "requisitionId", l.requisition_line as "requisitionLine",
  l.received::text as received,
  l.received_value::text as "receivedValue", l.received_net::text as "receivedNet",
  l.invoiced::text as invoiced, l.invoiced_value::text as "invoicedValue",
  l.invoiced_net::text as "invoicedNet"`;
