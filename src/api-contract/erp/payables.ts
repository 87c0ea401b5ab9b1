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
  puts,
  shows,
  text,
  version,
  sort,
} from './shapes.ts';

const InvoiceKind = z.enum(['invoice', 'credit-note', 'subsequent-debit']);
const LineKind = z.enum(['item', 'service', 'freight', 'surcharge']);
const MatchStatus = z.enum(['matched', 'deviating', 'not-matched']);
const Tax = z.strictObject({ code: z.string(), base: z.string(), amount: z.string() });
const Invoice = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  supplierNumber: z.string(),
  kind: InvoiceKind,
  supplier: z.string(),
  issuedOn: Day,
  receivedOn: Day,
  postedOn: Day,
  dueOn: Day,
  currency: z.string(),
  rate: z.string(),
  net: z.string(),
  tax: z.string(),
  gross: z.string(),
  taxes: z.array(Tax).readonly(),
  paymentTerms: z.string(),
  payeeAccount: z.string().nullable(),
  matchStatus: MatchStatus,
  deviations: z // What its order and receipts do not say.
    .array(
      z.object({
        line: z.number().int(),
        kind: z.enum(['price-above', 'quantity-above-received', 'quantity-above-ordered']),
        by: z.string(), // Invoice currency for prices, the line's unit for quantities.
      }),
    )
    .readonly(),
  text: z.string(),
  entry: z.string(),
  cancelledOn: Day.nullable(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        kind: LineKind,
        order: z.string().nullable(),
        orderLine: z.number().int().nullable(),
        withdrawal: z.string().nullable(), // What was taken of the supplier's consignment.
        item: z.string().nullable(),
        text: z.string(),
        quantity: z.string().nullable(),
        unit: z.string().nullable(),
        unitPrice: z.string().nullable(),
        net: z.string(),
        taxCode: z.string().nullable(),
        account: z.string().nullable(),
        costCentre: z.string().nullable(),
        project: z.string().nullable(),
        taken: z.string(), // From goods received, not invoiced; company currency.
        variance: z.string(), // Charged above it at another price; company currency.
        exchangeDifference: z.string(), // The same price at the rate of another day; company currency.
      }),
    )
    .readonly(),
});
const NewInvoice = z.strictObject({
  kind: InvoiceKind.exactOptional(), // A credit note's amounts are above zero too.
  supplier: text(100),
  supplierNumber: z.string().min(1).max(100),
  issuedOn: DayIn,
  receivedOn: DayIn.exactOptional(),
  postedOn: DayIn,
  currency: CurrencyIn.exactOptional(),
  paymentTerms: text(30).exactOptional(), // Else those of the order, else the supplier's.
  payeeAccount: text(100).exactOptional(),
  text: text(1000).exactOptional(),
  taxes: z // As printed; else computed.
    .array(z.strictObject({ code: text(30), base: AmountIn, amount: AmountIn }))
    .max(50)
    .exactOptional(),
  gross: AmountIn.exactOptional(), // As printed; it must agree.
  acceptsDuplicate: z.boolean().exactOptional(),
  lines: z
    .array(
      z.strictObject({
        kind: LineKind.exactOptional(),
        order: z.strictObject({ id: text(100), line: z.number().int() }).exactOptional(),
        withdrawal: text(150).exactOptional(), // Of his consignment, instead of an order.
        item: text(100).exactOptional(),
        text: text(500).exactOptional(),
        quantity: AmountIn.exactOptional(), // In the order line's unit.
        unitPrice: AmountIn.exactOptional(),
        net: AmountIn,
        taxCode: text(30).exactOptional(),
        account: text(20).exactOptional(),
        costCentre: text(50).exactOptional(),
        project: text(100).exactOptional(),
      }),
    )
    .min(1)
    .max(500),
});
const PostedInvoice = Numbered.extend({
  entry: z.string(),
  item: z.string(), // The open item that it leaves.
  blocks: z.array(z.string()).readonly(), // 'price', 'quantity': not paid until somebody has looked.
});

const PaymentMethod = z.enum(['transfer', 'direct-debit', 'card', 'cheque', 'cash']);
const Payment = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  supplier: z.string(),
  paidOn: Day,
  bankAccount: z.string(),
  method: PaymentMethod,
  currency: z.string(),
  amount: z.string(),
  companyAmount: z.string(),
  reference: z.string(),
  run: z.string().nullable(),
  entry: z.string(),
  takenBackOn: Day.nullable(), // The bank returned it, or it was a mistake.
  createdBy: z.string(),
  createdAt: Moment,
});
const PostedPayment = z.object({ id: z.string(), number: z.string(), entry: z.string() });
const NewPayment = z.strictObject({
  supplier: text(100),
  paidOn: DayIn,
  bankAccount: text(50), // Ours, by its code.
  method: PaymentMethod.exactOptional(),
  currency: CurrencyIn,
  amount: AmountIn, // What its parts do not use stays open as an advance.
  reference: text(200).exactOptional(),
  parts: z
    .array(
      z.strictObject({ item: text(100), amount: AmountIn, discount: AmountIn.exactOptional() }),
    )
    .max(500)
    .default([]),
});

const RunStatus = z.enum(['proposed', 'approved', 'paid', 'withdrawn']);
const Run = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  payOn: Day,
  bankAccount: z.string(),
  currency: z.string(),
  status: RunStatus,
  version: z.number().int(),
  createdBy: z.string(),
  approvedBy: z.string().nullable(),
  items: z
    .array(
      z.object({
        item: z.string(),
        supplier: z.string(),
        amount: z.string(),
        discount: z.string(),
        isLeftOut: z.boolean(),
        leftOutBecause: z
          .enum(['blocked', 'disputed', 'no-payee-account', 'supplier-blocked'])
          .optional(),
      }),
    )
    .readonly(),
});
const Refusal = z.object({ code: z.string(), message: z.string() });

const ITEMS = itemRoutes('payables');

/** Routes about what suppliers charge and are paid. */
export const PAYABLES_ROUTES = {
  listSupplierInvoices: pages('supplier-invoices', Invoice.extend(perhapsLines(Invoice.shape)), {
    ...LINES_OR_NONE,
    ...BETWEEN, // Posted.
    supplier: text(100).exactOptional(),
    order: text(100).exactOptional(),
    matchStatus: MatchStatus.exactOptional(),
    number: text(100).exactOptional(), // Ours or the supplier's begins like this.
    ...sort(['postedOn', 'issuedOn', 'dueOn', 'number', 'supplier', 'gross']),
  }),
  getSupplierInvoice: shows(
    'supplier-invoices/:id',
    z.strictObject({ invoice: Invoice, items: z.array(OpenItem).readonly() }),
  ),
  postSupplierInvoice: creates('supplier-invoices', NewInvoice, PostedInvoice),
  cancelSupplierInvoice: acts(
    'supplier-invoices/:id/cancel',
    z.strictObject({ on: DayIn, reason: z.string().trim().min(3).max(500) }),
    z.object({ id: z.string() }),
  ),
  listPayables: ITEMS.list,
  getPayable: ITEMS.show,
  markPayable: ITEMS.mark,
  getPayablesAging: ITEMS.aging,
  allocatePayable: ITEMS.allocate,
  reversePayableAllocation: ITEMS.reverse,
  listSupplierPayments: pages('supplier-payments', Payment, {
    ...BETWEEN,
    supplier: text(100).exactOptional(),
    run: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['paidOn', 'number', 'supplier', 'amount']),
  }),
  getSupplierPayment: shows('supplier-payments/:id', Payment),
  postSupplierPayment: creates('supplier-payments', NewPayment, PostedPayment),
  reverseSupplierPayment: acts(
    'supplier-payments/:id/reverse',
    z.strictObject({ on: DayIn, reason: z.string().trim().min(3).max(500) }),
    z.object({ id: z.string() }),
  ),
  listPaymentRuns: pages(
    'payment-runs',
    z.object({
      id: z.string(),
      legalEntity: z.string(),
      number: z.string(),
      payOn: Day,
      bankAccount: z.string(),
      currency: z.string(),
      status: RunStatus,
      version: z.number().int(),
      createdBy: z.string(),
      approvedBy: z.string().nullable(),
      suppliers: z.number().int(), // That it pays.
      amount: z.string(), // That it settles.
      leftOut: z.number().int(), // Items.
    }),
    {
      status: RunStatus.exactOptional(),
      number: text(30).exactOptional(), // It begins like this.
      ...sort(['payOn', 'number']),
    },
  ),
  createPaymentRun: creates(
    'payment-runs',
    z.strictObject({
      payOn: DayIn,
      nextRunOn: DayIn, // What is due before then has to be paid now.
      bankAccount: text(50),
      currency: CurrencyIn,
      suppliers: z.array(text(100)).max(1000).exactOptional(), // Left out: all.
    }),
    Numbered,
  ),
  getPaymentRun: shows('payment-runs/:id', Run),
  changePaymentRun: puts(
    'payment-runs/:id',
    z.strictObject({
      version,
      items: z
        .array(z.strictObject({ item: text(100), isLeftOut: z.boolean() }))
        .min(1)
        .max(10_000),
    }),
    z.object({ version }),
  ),
  decidePaymentRun: acts(
    'payment-runs/:id/decision',
    z.strictObject({ version, decision: z.enum(['approve', 'withdraw']) }),
    z.object({ version }),
  ),
  executePaymentRun: acts(
    'payment-runs/:id/execute',
    z.strictObject({ version }),
    z.strictObject({
      payments: z.array(PostedPayment).readonly(),
      refused: z.array(Refusal).readonly(), // What cannot be paid any more, a supplier each.
    }),
  ),
} as const;
