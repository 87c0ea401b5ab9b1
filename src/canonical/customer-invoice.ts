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
const CustomerInvoiceLineSchema = z.strictObject({
  number: NumberSchema,
  order: KeySchema.optional(), // The sales order it charges.
  orderLine: NumberSchema.optional(),
  delivery: KeySchema.optional(), // The delivery it charges, or the return it gives back.
  deliveryLine: NumberSchema.optional(),
  invoice: KeySchema.optional(), // The customer invoice that a credit note's line corrects.
  invoiceLine: NumberSchema.optional(),
  item: KeySchema.optional(), // Absent: a text line.
  text: z.string().max(500).optional(),
  quantity: QuantitySchema.optional(), // Absent: the price alone is corrected.
  unitPrice: DecimalSchema.optional(), // Per one unit of `quantity`.
  discountPercent: DecimalSchema.optional(),
  netAmount: DecimalSchema,
  taxCode: z.string().max(100).optional(),
  account: z.string().max(100).optional(),
  costCentre: z.string().max(100).optional(),
});

/**
 * What a customer is asked to pay, or is given back.
 * UBL Invoice and CreditNote · SAP A_BillingDocument · NetSuite invoice · Tryton account.invoice.
 */
export const CustomerInvoiceSchema = z.strictObject({
  number: NumberSchema,
  kind: z.enum(['invoice', 'credit-note', 'prepayment']),
  status: z.enum(['draft', 'posted', 'paid', 'cancelled']),
  sourceStatus: z.string().max(50).optional(),
  customer: KeySchema,
  issuedOn: LocalDateSchema,
  postedOn: LocalDateSchema.optional(),
  dueOn: LocalDateSchema.optional(),
  currency: CurrencySchema,
  netAmount: DecimalSchema,
  taxAmount: DecimalSchema.optional(),
  grossAmount: DecimalSchema,
  openAmount: DecimalSchema.optional(), // Still to be paid.
  taxes: z.array(TaxSchema).max(100).optional(),
  paymentTerms: z.string().max(200).optional(),
  customerReference: z.string().max(200).optional(),
  lines: z.array(CustomerInvoiceLineSchema).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
