import type { PaymentPart } from '#erp/open-items/settling';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** How money leaves. */
export type PaymentMethod = 'transfer' | 'direct-debit' | 'card' | 'cheque' | 'cash';

/** A payment as it is asked for. What its parts do not use stays open as an advance. */
export type PaymentDraft = {
  readonly supplier: string;
  readonly paidOn: LocalDate;
  readonly bankAccount: string; // Ours, by its code.
  readonly method?: PaymentMethod;
  readonly currency: string;
  readonly amount: Decimal;
  readonly reference?: string;
  readonly run?: string;
  readonly parts: readonly PaymentPart[];
};

/** A payment as it was posted. */
export type SupplierPayment = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly supplier: string;
  readonly paidOn: LocalDate;
  readonly bankAccount: string;
  readonly method: PaymentMethod;
  readonly currency: string;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly reference: string;
  readonly run: string | null;
  readonly entry: string;
  readonly takenBackOn: LocalDate | null; // The bank returned it, or it was a mistake.
  readonly createdBy: string;
  readonly createdAt: Instant;
};
