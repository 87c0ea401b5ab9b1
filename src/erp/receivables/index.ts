export type { PostedDocument } from './book-documents.ts';
export type {
  CorrectionDraft,
  CreditNoteDraft,
  CustomerInvoice,
  CustomerInvoiceLine,
  FreeLineDraft,
  InvoiceDraft,
  InvoiceLineDraft,
} from './customer-invoice.ts';
export { daysSalesOutstanding } from './days-outstanding.ts';
export type { DaysOutstanding } from './days-outstanding.ts';
export type { ReceivablesProblemCode } from './errors.ts';
export { receivablesMigrations } from './migrations.ts';
export { postCreditNotes } from './post-credit-notes.ts';
export { postInvoices } from './post-invoices.ts';
export {
  cancelledInvoices,
  findInvoices,
  listInvoiceHeads,
  listInvoices,
} from './read-invoices.ts';
export type { InvoiceFilter } from './read-invoices.ts';
export { cancelInvoices } from './cancel-invoices.ts';
export type { Cancellation } from './cancel-invoices.ts';
export type { CustomerPayment, PaymentDraft } from './customer-payment.ts';
export { postPayments } from './post-payments.ts';
export { findPayments, listPayments } from './read-payments.ts';
export { listWriteOffs, setWriteOffLimit, writeOffLimit } from './read-write-offs.ts';
export type { WriteOff } from './read-write-offs.ts';
export { reversePayments, reverseWriteOffs } from './take-documents-back.ts';
export { writeOff } from './write-offs.ts';
export type { WriteOffDraft } from './write-offs.ts';
