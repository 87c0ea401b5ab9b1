import type { PostingTo } from '#erp/ledger';
import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** A credit note's amounts are above zero too: its kind says which way they go. */
export type InvoiceKind = 'invoice' | 'credit-note';

/** One line of another document. */
export type LineRef = { readonly id: string; readonly line: number };

/** What is charged, or given back, without an order. Amounts in the document's currency. */
export type FreeLineDraft = {
  readonly item?: string;
  readonly text?: string; // Else the item's name.
  readonly quantity?: Decimal; // Else one.
  readonly unit?: string; // Else the item's base unit.
  readonly unitPrice: Decimal; // Per `priceBase` units, before discount.
  readonly priceBase?: Decimal;
  readonly discountPercent?: Decimal;
  readonly taxCode?: string;
  readonly account?: string; // Else what `posting` leads to, else revenue of the item's group.
  readonly posting?: PostingTo;
  readonly costCentre?: string;
  readonly project?: string;
};

/** What is charged of an order line, at its price, discount and tax. */
export type OrderChargeDraft = {
  readonly order: LineRef;
  readonly quantity?: Decimal; // In the order line's unit; else all that may be charged.
};

/** What is charged of one line of a delivery, at its order line's price, discount and tax. */
export type DeliveryChargeDraft = {
  readonly delivery: LineRef;
  readonly quantity?: Decimal;
};

export type InvoiceLineDraft = FreeLineDraft | OrderChargeDraft | DeliveryChargeDraft;

/** An invoice as it is asked for. */
export type InvoiceDraft = {
  readonly customer?: string; // Else the one of its orders.
  readonly issuedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly currency?: string; // Else that of its orders, else the customer's, else the company's.
  readonly paymentTerms?: string; // Else those of its orders, else the customer's.
  readonly reference?: string; // The customer's.
  readonly text?: string;
  readonly deliveries?: readonly string[]; // All of them that is not charged yet.
  readonly orders?: readonly string[]; // All of them that may be charged.
  readonly lines?: readonly InvoiceLineDraft[];
};

/** So much of an invoice's line is given back. Neither: all that is left of it. */
export type CorrectionDraft = {
  readonly invoice: string;
  readonly line: number;
  readonly quantity?: Decimal; // May be charged again, or has come back.
  readonly net?: Decimal; // Else in proportion; alone: the price is lowered, no quantity.
};

/** A credit note as it is asked for: for an invoice, for returns, for some lines, or free. */
export type CreditNoteDraft = {
  readonly issuedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly reason: string;
  readonly reference?: string;
  readonly text?: string;
  readonly invoice?: string; // All that is left of it.
  readonly returns?: readonly string[]; // Deliveries that came back.
  readonly corrections?: readonly CorrectionDraft[];
  readonly free?: {
    readonly customer: string;
    readonly currency?: string;
    readonly lines: readonly FreeLineDraft[];
  };
};

/** What is charged as tax under one code. */
export type InvoiceTax = {
  readonly code: string;
  readonly base: Decimal;
  readonly amount: Decimal;
};

/** A line as it was posted. */
export type CustomerInvoiceLine = {
  readonly number: number;
  readonly order: string | null;
  readonly orderLine: number | null;
  readonly delivery: string | null; // On a credit note: the return.
  readonly deliveryLine: number | null;
  readonly corrects: string | null; // The invoice that a credit note's line gives back.
  readonly correctsLine: number | null;
  readonly item: string | null;
  readonly text: string;
  readonly quantity: Decimal | null; // Null: the price alone is lowered.
  readonly unit: string;
  readonly unitPrice: Decimal;
  readonly priceBase: Decimal;
  readonly discountPercent: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal; // Its share of the document's.
  readonly taxCode: string | null;
  readonly account: string | null;
  readonly posting: PostingTo;
  readonly costCentre: string | null;
  readonly project: string | null;
};

/** An invoice or credit note as it was posted. */
export type CustomerInvoice = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly customer: string;
  readonly issuedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly gross: Decimal;
  readonly companyGross: Decimal;
  readonly taxes: readonly InvoiceTax[];
  readonly paymentTerms: string;
  readonly reference: string;
  readonly reason: string;
  readonly text: string;
  readonly entry: string;
  readonly cancelledOn: LocalDate | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly CustomerInvoiceLine[];
};
