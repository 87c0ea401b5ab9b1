export { cancelInvoices } from './cancel-invoices.ts';
export type { Cancellation } from './cancel-invoices.ts';
export type { PayablesProblemCode } from './errors.ts';
export { TOLERANCE } from './match-line.ts';
export type { Tolerance } from './match-line.ts';
export { payablesMigrations } from './migrations.ts';
export { createPaymentRun, createPaymentRuns } from './create-payment-runs.ts';
export {
  changePaymentRun,
  decidePaymentRun,
  decidePaymentRuns,
  executePaymentRun,
  executePaymentRuns,
} from './execute-payment-runs.ts';
export { findPaymentRun, listPaymentRuns, paymentRunsToDecide } from './payment-run.ts';
export type { PaymentRun } from './payment-run.ts';
export { postInvoices } from './post-invoices.ts';
export type { PostedInvoice } from './post-invoices.ts';
export { findPayments, listPayments, postPayments } from './post-payments.ts';
export type { PostedPayment } from './post-payments.ts';
export { reversePayments } from './reverse-payments.ts';
export type { RunCriteria, RunItem } from './propose-payments.ts';
export { findInvoices, listInvoiceHeads, listInvoices } from './read-invoices.ts';
export type { InvoiceFilter } from './read-invoices.ts';
export type {
  Deviation,
  InvoiceDraft,
  InvoiceLineDraft,
  SupplierInvoice,
  SupplierInvoiceLine,
} from './supplier-invoice.ts';
export type { PaymentDraft, SupplierPayment } from './supplier-payment.ts';
