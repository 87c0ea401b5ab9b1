import type { PaymentPart } from '#erp/open-items/settling';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** How money comes. */
export type PaymentMethod = 'transfer' | 'direct-debit' | 'card' | 'cheque' | 'cash';

/** A payment as it is asked for. What its parts do not use stays open as the customer's credit. */
export type PaymentDraft = {
  readonly customer: string;
  readonly paidOn: LocalDate;
  readonly bankAccount: string; // Ours, by its code.
  readonly method?: PaymentMethod;
  readonly isRefund?: boolean; // We pay back: its parts are credits of the customer.
  readonly currency: string;
  readonly amount: Decimal;
  readonly reference?: string;
  readonly grantsDiscount?: boolean; // Somebody lets a discount pass that was not earned.
  readonly parts: readonly PaymentPart[];
};

/** A payment as it was posted. */
export type CustomerPayment = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly customer: string;
  readonly paidOn: LocalDate;
  readonly bankAccount: string;
  readonly method: PaymentMethod;
  readonly isRefund: boolean;
  readonly currency: string;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly reference: string;
  readonly entry: string;
  readonly takenBackOn: LocalDate | null; // It bounced.
  readonly createdBy: string;
  readonly createdAt: Instant;
};
