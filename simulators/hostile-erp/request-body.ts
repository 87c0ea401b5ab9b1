import { z } from 'zod';
import { parseDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';
import type { Collection } from './document.ts';

const Amount = z.custom<Decimal>(
  (value) => typeof value === 'string' && parseDecimal(value) === value,
  { error: 'must be a decimal as text' },
);
const Day = z.string().refine((text) => parseLocalDate(text) !== undefined, 'must be a day');
const Text = z.string().min(1).max(300);
const Currency = z.string().regex(/^[A-Z]{3}$/);
const externalReference = z.string().min(1).max(40).optional();
const status = z.enum(['ACTIVE', 'BLOCKED']).optional();

const OrderLine = z.strictObject({
  lineNumber: z.number().int().min(1).optional(),
  itemId: z.string().optional(),
  description: Text.optional(),
  quantity: Amount,
  unit: Text,
  unitPrice: Amount,
  netAmount: Amount.optional(),
  dueDate: Day.optional(),
});
export type OrderLineBody = Readonly<z.infer<typeof OrderLine>>;

const Supplier = z.strictObject({
  number: Text.optional(),
  name: Text,
  status,
  country: z.string().length(2).optional(),
  city: Text.optional(),
  currency: Currency.optional(),
  paymentTerms: Text.optional(),
  externalReference,
});
const Item = z.strictObject({
  number: Text.optional(),
  description: Text,
  unit: Text,
  status,
  standardCost: Amount.optional(),
  currency: Currency.optional(),
  externalReference,
});
const Order = z.strictObject({
  supplierId: z.string(),
  orderDate: Day,
  currency: Currency,
  netAmount: Amount.optional(),
  lines: z.array(OrderLine).min(1).max(1000),
  externalReference,
});
const Receipt = z.strictObject({
  purchaseOrderId: z.string(),
  receivedOn: Day,
  lines: z
    .array(z.strictObject({ orderLine: z.number().int(), quantity: Amount, unit: Text.optional() }))
    .min(1),
  externalReference,
});
const Invoice = z.strictObject({
  supplierInvoiceNumber: Text,
  supplierId: z.string(),
  purchaseOrderId: z.string().optional(),
  invoiceDate: Day,
  currency: Currency,
  netAmount: Amount,
  taxAmount: Amount,
  grossAmount: Amount,
  externalReference,
});

/** What may be sent to make a document. */
export const CREATION = {
  suppliers: Supplier,
  items: Item,
  'purchase-orders': Order,
  'goods-receipts': Receipt,
  'supplier-invoices': Invoice,
} as const satisfies Record<Collection, z.ZodType>;

/** What may be sent to change one. */
export const CHANGE = {
  suppliers: Supplier.partial(),
  items: Item.partial(),
  'purchase-orders': Order.partial(),
} as const;

/** What may be sent to cancel one. */
export const CancellationBody = z.strictObject({ externalReference, reason: Text.optional() });

export type OrderBody = Readonly<z.infer<typeof Order>>;
export type ReceiptBody = Readonly<z.infer<typeof Receipt>>;
export type InvoiceBody = Readonly<z.infer<typeof Invoice>>;
