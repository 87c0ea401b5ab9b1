import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** A credit note's amounts are above zero too: its kind says which way they go. */
export type InvoiceKind = 'invoice' | 'credit-note' | 'subsequent-debit';

/** A line as the supplier charges it, in the invoice's currency. */
export type InvoiceLineDraft = {
  readonly kind?: 'item' | 'service' | 'freight' | 'surcharge';
  readonly order?: { readonly id: string; readonly line: number };
  readonly withdrawal?: string; // What was taken of his consignment, instead of an order.
  readonly item?: string;
  readonly text?: string;
  readonly quantity?: Decimal; // In the order line's unit, or the withdrawn item's base unit.
  readonly unitPrice?: Decimal;
  readonly net: Decimal;
  readonly taxCode?: string;
  readonly account?: string; // Without an order: where it is an expense; else determined.
  readonly costCentre?: string;
  readonly project?: string;
};

/** What is charged as tax under one code. */
export type InvoiceTax = {
  readonly code: string;
  readonly base: Decimal;
  readonly amount: Decimal;
};

/** An invoice as it is asked for. */
export type InvoiceDraft = {
  readonly kind?: InvoiceKind;
  readonly supplier: string;
  readonly supplierNumber: string;
  readonly issuedOn: LocalDate;
  readonly receivedOn?: LocalDate; // Else the day it is posted.
  readonly postedOn: LocalDate;
  readonly currency?: string; // Else the supplier's, else the company's.
  readonly paymentTerms?: string; // Else those of the order, else the supplier's.
  readonly payeeAccount?: string;
  readonly text?: string;
  readonly taxes?: readonly InvoiceTax[]; // As printed; else computed.
  readonly gross?: Decimal; // As printed; it must agree.
  readonly acceptsDuplicate?: boolean;
  readonly lines: readonly InvoiceLineDraft[];
};

/** Something on an invoice that its order and receipts do not say. */
export type Deviation = {
  readonly line: number;
  readonly kind: 'price-above' | 'quantity-above-received' | 'quantity-above-ordered';
  readonly by: Decimal; // Invoice currency for prices, the line's unit for quantities.
};

/** A line as it was posted. */
export type SupplierInvoiceLine = {
  readonly number: number;
  readonly kind: 'item' | 'service' | 'freight' | 'surcharge';
  readonly order: string | null;
  readonly orderLine: number | null;
  readonly withdrawal: string | null;
  readonly item: string | null;
  readonly text: string;
  readonly quantity: Decimal | null;
  readonly unit: string | null;
  readonly unitPrice: Decimal | null;
  readonly net: Decimal;
  readonly taxCode: string | null;
  readonly account: string | null;
  readonly costCentre: string | null;
  readonly project: string | null;
  readonly taken: Decimal; // Of goods received, not invoiced; company currency.
  readonly variance: Decimal; // Charged above it: another price; company currency.
  readonly exchangeDifference: Decimal; // The same price at the rate of another day; company currency.
};

/** An invoice as it was posted. */
export type SupplierInvoice = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly supplierNumber: string;
  readonly kind: InvoiceKind;
  readonly supplier: string;
  readonly issuedOn: LocalDate;
  readonly receivedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly gross: Decimal;
  readonly taxes: readonly InvoiceTax[];
  readonly paymentTerms: string;
  readonly payeeAccount: string | null;
  readonly matchStatus: 'matched' | 'deviating' | 'not-matched';
  readonly deviations: readonly Deviation[];
  readonly text: string;
  readonly entry: string;
  readonly cancelledOn: LocalDate | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly SupplierInvoiceLine[];
};

/** A supplier's number as duplicates are looked for: 'RE-2026/001' and 're 2026 001' are one. */
export const duplicateKeyOf = (number: string): string =>
  number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
