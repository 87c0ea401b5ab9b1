/** Commands in canonical words, each with a reference of its own. */
import { randomBytes } from 'node:crypto';
import type { Command, Operation } from '#adapter-kit';
import type { JsonObject } from '#kernel';
import type { Company } from './company.ts';

export const newReference = (): string => `RLT-${randomBytes(6).toString('hex').toUpperCase()}`;

export const commandOf = (
  operation: Operation,
  payload: JsonObject,
  target?: Command['target'],
): Command => ({
  operation,
  reference: newReference(),
  payload,
  ...(target === undefined ? {} : { target }),
});

export const supplierPayload = (more: JsonObject = {}): JsonObject => ({
  number: `S-${randomBytes(4).toString('hex')}`,
  name: 'Bolt & Söhne',
  status: 'active',
  city: 'Köln',
  ...more,
});

export const itemPayload = (more: JsonObject = {}): JsonObject => ({
  number: `I-${randomBytes(4).toString('hex')}`,
  name: 'Washer M8',
  kind: 'stock',
  status: 'active',
  baseUnit: 'EA',
  categoryPath: [],
  standardCost: { amount: '0.0125', currency: 'EUR' },
  supplierItems: [],
  ...more,
});

export const orderPayload = (company: Company, day: string, more: JsonObject = {}): JsonObject => ({
  number: 'PO-1',
  kind: 'standard',
  supplier: String(company.supplier),
  status: 'issued',
  issuedOn: day,
  currency: 'EUR',
  netAmount: '435.00',
  lines: [orderLine(company)],
  ...more,
});

export const orderLine = (company: Company, more: JsonObject = {}): JsonObject => ({
  number: 'new',
  item: String(company.items[0]),
  ordered: { value: '100', unit: 'EA' },
  received: '0',
  rejected: '0',
  unitPrice: '4.35',
  priceBase: '1',
  netAmount: '435.00',
  ...more,
});

export const receiptPayload = (
  company: Company,
  day: string,
  line: { readonly order: string; readonly orderLine: string; readonly quantity: string },
): JsonObject => ({
  number: 'GR-1',
  status: 'posted',
  receivedOn: day,
  supplier: String(company.supplier),
  warehouse: String(company.warehouse),
  deliveryNote: 'DN-4',
  lines: [
    {
      number: '1',
      order: line.order,
      orderLine: line.orderLine,
      item: String(company.items[0]),
      quantity: { value: line.quantity, unit: 'EA' },
    },
  ],
});

/** An invoice of one line of an order. */
export const invoicePayload = (
  company: Company,
  day: string,
  line: {
    readonly order: string;
    readonly orderLine: string;
    readonly quantity: string;
    readonly price: string;
    readonly amount: string;
  },
): JsonObject => ({
  number: 'NF-9001',
  kind: 'invoice',
  status: 'posted',
  supplier: String(company.supplier),
  issuedOn: day,
  currency: 'EUR',
  netAmount: line.amount,
  grossAmount: line.amount,
  lines: [
    {
      number: '1',
      order: line.order,
      orderLine: line.orderLine,
      item: String(company.items[0]),
      quantity: { value: line.quantity, unit: 'EA' },
      unitPrice: line.price,
      netAmount: line.amount,
    },
  ],
});

export const noticePayload = (
  company: Company,
  day: string,
  line: { readonly order: string; readonly orderLine: string; readonly quantity: string },
): JsonObject => ({
  number: 'ASN-77',
  direction: 'inbound',
  status: 'announced',
  supplier: String(company.supplier),
  warehouse: String(company.warehouse),
  expectedOn: day,
  lines: [
    {
      number: '1',
      order: line.order,
      orderLine: line.orderLine,
      item: String(company.items[0]),
      quantity: { value: line.quantity, unit: 'EA' },
    },
  ],
});

export const countPayload = (company: Company, day: string, counted: string): JsonObject => ({
  number: 'C-1',
  status: 'posted',
  countedOn: day,
  warehouse: String(company.warehouse),
  lines: [{ number: '1', item: String(company.items[0]), unit: 'EA', counted }],
});

export const movementPayload = (company: Company, day: string, value: string): JsonObject => ({
  number: 'M-1',
  kind: 'adjustment',
  status: 'posted',
  movedOn: day,
  item: String(company.items[0]),
  quantity: { value, unit: 'EA' },
  warehouse: String(company.warehouse),
  reason: 'found behind a shelf',
});

export const workOrderPayload = (company: Company, day: string): JsonObject => ({
  number: 'W-1',
  status: 'released',
  item: String(company.items[1]),
  quantity: { value: '5', unit: 'EA' },
  warehouse: String(company.warehouse),
  plannedStartOn: day,
  plannedEndOn: day,
  components: [
    { number: '1', item: String(company.items[0]), required: { value: '10', unit: 'EA' } },
  ],
});
