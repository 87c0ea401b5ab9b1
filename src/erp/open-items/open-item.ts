import { sql } from '#database';
import type { CurrencyCode } from '#kernel';
import { subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** Whose debt it is: the customer's to us, or ours to the supplier. */
export type Side = 'receivable' | 'payable';

/** An early payment's worth: `percent` of the amount, until a day. */
export type Discount = { readonly percent: Decimal; readonly until: LocalDate };

/** What of an item was charged under one tax code; a cash discount corrects both parts. */
export type TaxShare = { readonly code: string; readonly net: Decimal; readonly tax: Decimal };

/** Why somebody does not pay, and how much of it. */
export type Dispute = {
  readonly reason: string;
  readonly amount: Decimal;
  readonly since: LocalDate;
};

/**
 * What is owed for one document, or for one instalment of it. Amounts are positive and in the
 * document's currency; `company…` are in the legal entity's own.
 */
export type OpenItem = {
  readonly id: string;
  readonly legalEntity: string;
  readonly side: Side;
  readonly effect: 'raises' | 'lowers'; // What is owed.
  readonly kind: 'invoice' | 'credit-note' | 'payment' | 'prepayment' | 'opening';
  readonly party: string;
  readonly documentKind: string;
  readonly documentId: string;
  readonly documentNumber: string;
  readonly instalment: number;
  readonly entryId?: string;
  readonly currency: CurrencyCode;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly issuedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly discounts: readonly Discount[];
  readonly taxShares: readonly TaxShare[];
  readonly cleared: Decimal;
  readonly companyCleared: Decimal;
  readonly dispute?: Dispute;
  readonly blocks: readonly string[];
  readonly dunningLevel: number;
  readonly dunnedOn?: LocalDate;
  readonly version: number;
};

/** What is still owed of it. */
export const openOf = ({ amount, cleared }: Pick<OpenItem, 'amount' | 'cleared'>): Decimal =>
  subtractDecimals(amount, cleared);

export const companyOpenOf = (item: Pick<OpenItem, 'companyAmount' | 'companyCleared'>): Decimal =>
  subtractDecimals(item.companyAmount, item.companyCleared);

/** A row as PostgreSQL gives it: null where there is nothing. */
export type OpenItemRow = Omit<OpenItem, 'entryId' | 'dispute' | 'dunnedOn'> & {
  readonly entryId: string | null;
  readonly dispute: Dispute | null;
  readonly dunnedOn: LocalDate | null;
};

/** The columns of a row, in SQL, under their names here. */
export const OPEN_ITEM_COLUMNS = sql`i.id, i.legal_entity as "legalEntity", i.side, i.effect, i.kind,
  i.party, i.document_kind as "documentKind", i.document_id as "documentId",
  i.document_number as "documentNumber", i.instalment, i.entry_id as "entryId", i.currency,
  i.amount::text as amount, i.company_amount::text as "companyAmount", i.issued_on as "issuedOn",
  i.posted_on as "postedOn", i.due_on as "dueOn", i.discounts, i.tax_shares as "taxShares",
  i.cleared::text as cleared, i.company_cleared::text as "companyCleared", i.dispute, i.blocks,
  i.dunning_level as "dunningLevel", i.dunned_on as "dunnedOn", i.version`;

export function openItemOf({ entryId, dispute, dunnedOn, ...rest }: OpenItemRow): OpenItem {
  return {
    ...rest,
    ...(entryId === null ? {} : { entryId }),
    ...(dispute === null ? {} : { dispute }),
    ...(dunnedOn === null ? {} : { dunnedOn }),
  };
}
