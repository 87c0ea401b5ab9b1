import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import { itemRoutes, OpenItem } from './open-items.ts';
import {
  LINES_OR_NONE,
  acts,
  AmountIn,
  BETWEEN,
  creates,
  CurrencyIn,
  DayIn,
  Numbered,
  pages,
  perhapsLines,
  shows,
  text,
  sort,
} from './shapes.ts';
import { newLines } from './trade.ts';

const InvoiceKind = z.enum(['invoice', 'credit-note']);
const Invoice = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  kind: InvoiceKind,
  customer: z.string(),
  issuedOn: Day,
  postedOn: Day,
  dueOn: Day,
  currency: z.string(),
  net: z.string(),
  tax: z.string(),
  gross: z.string(),
  taxes: z.array(z.object({ code: z.string(), base: z.string(), amount: z.string() })).readonly(),
  paymentTerms: z.string(),
  reference: z.string(),
  reason: z.string(),
  text: z.string(),
  entry: z.string(),
  cancelledOn: Day.nullable(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        order: z.string().nullable(),
        orderLine: z.number().int().nullable(),
        delivery: z.string().nullable(), // On a credit note: the return.
        deliveryLine: z.number().int().nullable(),
        corrects: z.string().nullable(), // The invoice that a credit note's line gives back.
        correctsLine: z.number().int().nullable(),
        item: z.string().nullable(),
        text: z.string(),
        quantity: z.string().nullable(), // Null: the price alone is lowered.
        unit: z.string(),
        unitPrice: z.string(),
        discountPercent: z.string(),
        net: z.string(),
        tax: z.string(),
        taxCode: z.string().nullable(),
      }),
    )
    .readonly(),
});
const Ref = z.strictObject({ id: text(100), line: z.number().int() });
const FreeLine = z.strictObject({
  item: text(100).exactOptional(),
  text: text(500).exactOptional(),
  quantity: AmountIn.exactOptional(),
  unit: text(20).exactOptional(),
  unitPrice: AmountIn,
  priceBase: AmountIn.exactOptional(),
  discountPercent: AmountIn.exactOptional(),
  taxCode: text(30).exactOptional(),
  account: text(20).exactOptional(),
  costCentre: text(50).exactOptional(),
  project: text(100).exactOptional(),
});
const ids = z.array(text(100)).min(1).max(500).exactOptional();
const NewInvoice = z.strictObject({
  customer: text(100).exactOptional(), // Else the one of its orders.
  issuedOn: DayIn,
  postedOn: DayIn,
  currency: CurrencyIn.exactOptional(),
  paymentTerms: text(30).exactOptional(),
  reference: text(100).exactOptional(),
  text: text(1000).exactOptional(),
  deliveries: ids, // All of them that is not charged yet.
  orders: ids, // All of them that may be charged.
  lines: newLines(
    z.union([
      z.strictObject({ order: Ref, quantity: AmountIn.exactOptional() }),
      z.strictObject({ delivery: Ref, quantity: AmountIn.exactOptional() }),
      FreeLine,
    ]),
  ).exactOptional(),
});
const NewCreditNote = z.strictObject({
  issuedOn: DayIn,
  postedOn: DayIn,
  reason: z.string().min(1).max(500),
  reference: text(100).exactOptional(),
  text: text(1000).exactOptional(),
  invoice: text(100).exactOptional(), // All that is left of it.
  returns: ids, // Deliveries that came back.
  corrections: newLines(
    z.strictObject({
      invoice: text(100),
      line: z.number().int(),
      quantity: AmountIn.exactOptional(),
      net: AmountIn.exactOptional(), // Alone: the price is lowered.
    }),
  ).exactOptional(),
  free: z
    .strictObject({
      customer: text(100),
      currency: CurrencyIn.exactOptional(),
      lines: newLines(FreeLine),
    })
    .exactOptional(),
});
const Posted = Numbered.extend({ entry: z.string(), item: z.string() });

const PaymentMethod = z.enum(['transfer', 'direct-debit', 'card', 'cheque', 'cash']);
const Payment = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  customer: z.string(),
  paidOn: Day,
  bankAccount: z.string(),
  method: PaymentMethod,
  isRefund: z.boolean(),
  currency: z.string(),
  amount: z.string(),
  companyAmount: z.string(),
  reference: z.string(),
  entry: z.string(),
  takenBackOn: Day.nullable(), // It bounced.
  createdBy: z.string(),
  createdAt: Moment,
});
const NewPayment = z.strictObject({
  customer: text(100),
  paidOn: DayIn,
  bankAccount: text(50), // Ours, by its code.
  method: PaymentMethod.exactOptional(),
  isRefund: z.boolean().exactOptional(), // We pay back.
  currency: CurrencyIn,
  amount: AmountIn, // What its parts do not use stays the customer's credit.
  reference: text(200).exactOptional(),
  grantsDiscount: z.boolean().exactOptional(), // Though it was not earned.
  parts: z
    .array(
      z.strictObject({ item: text(100), amount: AmountIn, discount: AmountIn.exactOptional() }),
    )
    .max(500)
    .default([]),
});
const TakenBack = z.strictObject({ on: DayIn, reason: z.string().trim().min(3).max(500) });
const Made = z.object({ id: z.string() });

const ITEMS = itemRoutes('receivables');

/** Routes about what customers are charged and pay. */
export const RECEIVABLES_ROUTES = {
  listCustomerInvoices: pages('customer-invoices', Invoice.extend(perhapsLines(Invoice.shape)), {
    ...LINES_OR_NONE,
    ...BETWEEN, // Posted.
    customer: text(100).exactOptional(),
    order: text(100).exactOptional(),
    kind: InvoiceKind.exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['postedOn', 'issuedOn', 'dueOn', 'number', 'customer', 'gross']),
  }),
  getCustomerInvoice: shows(
    'customer-invoices/:id',
    z.strictObject({ invoice: Invoice, items: z.array(OpenItem).readonly() }),
  ),
  postCustomerInvoice: creates('customer-invoices', NewInvoice, Posted),
  postCustomerCreditNote: creates('customer-credit-notes', NewCreditNote, Posted),
  cancelCustomerInvoice: acts('customer-invoices/:id/cancel', TakenBack, Made),
  listReceivables: ITEMS.list,
  getReceivable: ITEMS.show,
  markReceivable: ITEMS.mark,
  getReceivablesAging: ITEMS.aging,
  allocateReceivable: ITEMS.allocate,
  reverseReceivableAllocation: ITEMS.reverse,
  listCustomerPayments: pages('customer-payments', Payment, {
    ...BETWEEN,
    customer: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['paidOn', 'number', 'customer', 'amount']),
  }),
  getCustomerPayment: shows('customer-payments/:id', Payment),
  postCustomerPayment: creates(
    'customer-payments',
    NewPayment,
    Posted, // `item`: what of it is left to allocate.
  ),
  reverseCustomerPayment: acts('customer-payments/:id/reverse', TakenBack, Made),
  writeOffReceivable: acts(
    'receivables/:id/write-off',
    z.strictObject({
      kind: z.enum(['small-difference', 'bad-debt']),
      amount: AmountIn.exactOptional(), // Else all that is open.
      on: DayIn,
      reason: z.string().trim().min(3).max(500),
    }),
    Numbered,
  ),
} as const;
