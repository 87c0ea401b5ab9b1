import type { DocumentRef } from '#erp/company';
import type { Noted } from '#erp/company/documents';
import type { PostingTo } from '#erp/ledger';
import type { Discount } from '#erp/open-items';
import type { Party } from '#erp/parties';
import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { InvoiceKind } from './customer-invoice.ts';
import type { Totals } from './document-totals.ts';

/** A line of another document that a line goes back to. */
export type Origin = {
  readonly document: Pick<DocumentRef, 'id' | 'number'>;
  readonly line: number;
};

/** A line that may be posted, its amounts at the currency's scale. */
export type DecidedLine = {
  readonly order: Origin | undefined;
  readonly delivery: Origin | undefined; // On a credit note: the return.
  readonly corrects: Origin | undefined;
  readonly item: string | undefined;
  readonly text: string;
  readonly quantity: Decimal | undefined; // None: the price alone is lowered.
  readonly unit: string;
  readonly unitPrice: Decimal;
  readonly priceBase: Decimal;
  readonly discountPercent: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly taxCode: string | undefined;
  readonly account: string | undefined;
  readonly posting: PostingTo;
  readonly costCentre: string | undefined;
  readonly project: string | undefined;
};

/** An invoice or credit note that may be posted. */
export type DecidedDocument = Totals & {
  readonly kind: InvoiceKind;
  readonly customer: Party;
  readonly issuedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly discounts: readonly Discount[];
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly paymentTerms: string;
  readonly reference: string;
  readonly reason: string;
  readonly text: string;
  readonly lines: readonly DecidedLine[];
};

/** Quantities that earlier documents of the same call took, by document and line: it is changed. */
export type Taken = Noted<Decimal>;

/** The key of a line in `Taken`. */
export const keyOf = (document: string, line: number): string => `${document} ${line}`;
