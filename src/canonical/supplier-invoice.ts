import { z } from 'zod';
import {
  CurrencySchema,
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
  QuantitySchema,
} from './common.ts';
import { TaxSchema } from './tax.ts';

/** All amounts are in the invoice's currency. A credit note's are positive too: its kind says it. */
const SupplierInvoiceLineSchema = z.strictObject({
  number: NumberSchema,
  kind: z.enum(['item', 'service', 'freight', 'surcharge', 'deposit-deduction']).optional(),
  order: KeySchema.optional(), // The purchase order it charges.
  orderLine: NumberSchema.optional(),
  receipt: KeySchema.optional(), // The goods receipt it charges.
  receiptLine: NumberSchema.optional(),
  item: KeySchema.optional(), // Absent: a text line.
  text: z.string().max(500).optional(),
  quantity: QuantitySchema.optional(),
  unitPrice: DecimalSchema.optional(), // Per one unit of `quantity`.
  netAmount: DecimalSchema,
  taxCode: z.string().max(100).optional(),
  account: z.string().max(100).optional(),
  costCentre: z.string().max(100).optional(),
});

/**
 * What a supplier asks to be paid.
 * UBL Invoice and CreditNote · SAP A_SupplierInvoice · NetSuite vendorBill · Tryton account.invoice.
 */
export const SupplierInvoiceSchema = z.strictObject({
  number: NumberSchema, // The supplier's own.
  ourNumber: NumberSchema.optional(),
  kind: z.enum(['invoice', 'credit-note', 'prepayment', 'subsequent-debit']),
  status: z.enum(['draft', 'parked', 'posted', 'paid', 'cancelled']),
  sourceStatus: z.string().max(50).optional(),
  supplier: KeySchema,
  issuedOn: LocalDateSchema, // The day on the invoice.
  receivedOn: LocalDateSchema.optional(),
  postedOn: LocalDateSchema.optional(), // The day it counts in the books.
  dueOn: LocalDateSchema.optional(),
  currency: CurrencySchema,
  netAmount: DecimalSchema,
  taxAmount: DecimalSchema.optional(),
  grossAmount: DecimalSchema,
  openAmount: DecimalSchema.optional(), // Still to be paid.
  discount: z
    .strictObject({ percent: DecimalSchema, until: LocalDateSchema }) // For paying early.
    .optional(),
  taxes: z.array(TaxSchema).max(100).optional(),
  payeeAccount: z.string().max(100).optional(), // IBAN where there is one.
  matchStatus: z.enum(['matched', 'deviating', 'not-matched']).optional(),
  paymentBlocks: z.array(z.string().min(1).max(200)).max(20).optional(),
  lines: z.array(SupplierInvoiceLineSchema).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
