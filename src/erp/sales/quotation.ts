import { sql } from '#database';
import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { SalesLineDraft, SalesOrderDraft } from './sales-order.ts';

/** What we, or the customer, decided about a quotation. */
export type QuotationDecision = 'draft' | 'sent' | 'accepted' | 'rejected' | 'superseded';

/** Where a quotation stands on a day: the decision, and once accepted how far it is ordered. */
export type QuotationStatus = QuotationDecision | 'expired' | 'partly-ordered' | 'ordered';

/** A quotation as it is asked for. */
export type QuotationDraft = Omit<SalesOrderDraft, 'lines' | 'requestedOn'> & {
  readonly validUntil: LocalDate; // The last day on which it can be accepted.
  readonly lines: readonly Omit<SalesLineDraft, 'promisedOn' | 'quotation'>[];
};

/** A line as it stands. `ordered` is the sum of its order lines that are not cancelled. */
export type QuotationLine = {
  readonly number: number;
  readonly item: string | null;
  readonly text: string;
  readonly unit: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  readonly priceBase: Decimal;
  readonly discountPercent: Decimal;
  readonly net: Decimal;
  readonly taxCode: string | null;
  readonly warehouse: string | null;
  readonly costCentre: string | null;
  readonly project: string | null;
  readonly isDeliveredAgainst: boolean;
  readonly ordered: Decimal;
};

/** A revision of a quotation as it stands. */
export type Quotation = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly revision: number;
  readonly revises: string | null;
  readonly customer: string;
  readonly decision: QuotationDecision;
  readonly progress: 'open' | 'partly-ordered' | 'ordered';
  readonly issuedOn: LocalDate;
  readonly validUntil: LocalDate;
  readonly currency: CurrencyCode;
  readonly paymentTerms: string;
  readonly salesperson: string | null;
  readonly channel: string | null;
  readonly customerReference: string;
  readonly text: string;
  readonly net: Decimal;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly QuotationLine[];
};

/** The one word for where a quotation stands on a day of the legal entity's calendar. */
export function quotationStatusOf(
  { decision, progress, validUntil }: Pick<Quotation, 'decision' | 'progress' | 'validUntil'>,
  on: LocalDate,
): QuotationStatus {
  if (decision === 'sent' && validUntil < on) return 'expired';
  return decision === 'accepted' && progress !== 'open' ? progress : decision;
}

/** The same in SQL, for filters. */
export const quotationStatusSql = (on: LocalDate) => sql`case
  when q.decision = 'sent' and q.valid_until < ${on}::date then 'expired'
  when q.decision = 'accepted' and q.progress <> 'open' then q.progress else q.decision end`;

/** A quotation's columns in SQL, under their names here. */
export const QUOTATION_COLUMNS = sql`q.id, q.legal_entity as "legalEntity", q.number, q.revision,
  q.revises, q.customer, q.decision, q.progress, q.issued_on as "issuedOn",
  q.valid_until as "validUntil", q.currency, q.payment_terms as "paymentTerms", q.salesperson,
  q.channel, q.customer_reference as "customerReference", q.text, q.net::text as net, q.version,
  q.created_by as "createdBy", q.created_at as "createdAt"`;

/** A line's columns in SQL, under their names here. */
export const QUOTATION_LINE_COLUMNS = sql`l.number, l.item, l.text, l.unit,
  l.quantity::text as quantity, l.unit_price::text as "unitPrice",
  l.price_base::text as "priceBase", l.discount_percent::text as "discountPercent",
  l.net::text as net, l.tax_code as "taxCode", l.warehouse, l.cost_centre as "costCentre",
  l.project, l.is_delivered_against as "isDeliveredAgainst", l.ordered::text as ordered`;
