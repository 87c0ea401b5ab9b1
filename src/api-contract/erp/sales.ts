import { z } from 'zod';
import { Day, listOf, Moment } from '../common.ts';
import {
  acts,
  AmountIn,
  BETWEEN,
  Changed,
  creates,
  CurrencyIn,
  DayIn,
  Numbered,
  pages,
  shows,
  text,
  version,
} from './shapes.ts';

const OrderStatus = z.enum([
  'draft',
  'on-credit-hold',
  'confirmed',
  'cancelled',
  'partly-delivered',
  'delivered',
  'closed',
]);
const OrderLine = z.object({
  number: z.number().int(),
  item: z.string().nullable(),
  text: z.string(),
  unit: z.string(),
  ordered: z.string(),
  unitPrice: z.string(), // Per `priceBase` units, before discount; the order's currency.
  priceBase: z.string(),
  discountPercent: z.string(),
  net: z.string(),
  taxCode: z.string().nullable(),
  warehouse: z.string().nullable(),
  costCentre: z.string().nullable(),
  project: z.string().nullable(),
  promisedOn: Day.nullable(),
  firstPromisedOn: Day.nullable(),
  overPercentMax: z.string(),
  isDeliveredAgainst: z.boolean(),
  isFinal: z.boolean(),
  isCancelled: z.boolean(),
  reservation: z.string().nullable(), // None: no stock could be reserved.
  delivered: z.string(),
  deliveredCost: z.string(), // Company currency.
  invoiced: z.string(),
});
const Order = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  customer: z.string(),
  status: OrderStatus,
  issuedOn: Day,
  requestedOn: Day.nullable(),
  currency: z.string(),
  rate: z.string(),
  paymentTerms: z.string(),
  salesperson: z.string().nullable(),
  channel: z.string().nullable(),
  customerReference: z.string(),
  text: z.string(),
  net: z.string(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z.array(OrderLine).readonly(),
});
const NewOrder = z.strictObject({
  customer: text(100),
  issuedOn: DayIn,
  requestedOn: DayIn.exactOptional(),
  currency: CurrencyIn.exactOptional(), // Else the customer's, else the company's.
  paymentTerms: text(30).exactOptional(),
  salesperson: text(100).exactOptional(),
  channel: text(50).exactOptional(),
  customerReference: text(100).exactOptional(),
  text: text(1000).exactOptional(),
  lines: z
    .array(
      z.strictObject({
        item: text(100).exactOptional(), // None: what `text` says.
        text: text(500).exactOptional(),
        quantity: AmountIn,
        unit: text(20).exactOptional(),
        unitPrice: AmountIn,
        priceBase: AmountIn.exactOptional(),
        discountPercent: AmountIn.exactOptional(),
        taxCode: text(30).exactOptional(),
        warehouse: text(100).exactOptional(),
        costCentre: text(50).exactOptional(),
        project: text(100).exactOptional(),
        promisedOn: DayIn.exactOptional(),
        overPercentMax: AmountIn.exactOptional(),
        isDeliveredAgainst: z.boolean().exactOptional(), // False: it is only charged.
      }),
    )
    .min(1)
    .max(500),
});
const reason = text(500).exactOptional();
const Reservation = z.object({
  id: z.string(),
  item: z.string(),
  warehouse: z.string(),
  quantity: z.string(), // In the item's base unit.
  open: z.string(),
  status: z.enum(['open', 'consumed', 'released']),
  line: z.number().int(),
});

const Delivery = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  kind: z.enum(['delivery', 'return', 'reversal']),
  customer: z.string(),
  carrier: z.string().nullable(),
  tracking: z.string().nullable(),
  shippedOn: Day,
  postedOn: Day,
  entry: z.string().nullable(),
  reverses: z.string().nullable(),
  reversedBy: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        order: z.string(),
        orderLine: z.number().int(),
        item: z.string().nullable(),
        quantity: z.string(), // Below zero it came back.
        reason: z.string().nullable(),
        batch: z.string().nullable(),
        warehouse: z.string().nullable(),
        location: z.string().nullable(),
        cost: z.string(), // Company currency.
      }),
    )
    .readonly(),
});
const NewDelivery = z.strictObject({
  kind: z.enum(['delivery', 'return']).exactOptional(),
  shippedOn: DayIn,
  postedOn: DayIn,
  carrier: text(100).exactOptional(),
  tracking: text(100).exactOptional(),
  lines: z
    .array(
      z.strictObject({
        order: text(100),
        line: z.number().int(),
        quantity: AmountIn, // In the order line's unit.
        reason: text(200).exactOptional(),
        batch: text(40).exactOptional(),
        serials: z.array(text(60)).max(1000).exactOptional(),
        location: text(40).exactOptional(),
        isFinal: z.boolean().exactOptional(), // Nothing more is delivered.
      }),
    )
    .min(1)
    .max(500),
});

/** Routes about what is sold. */
export const SALES_ROUTES = {
  listSalesOrders: pages('sales-orders', Order, {
    ...BETWEEN, // Issued.
    customer: text(100).exactOptional(),
    item: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    status: listOf(OrderStatus).exactOptional(),
  }),
  getSalesOrder: shows(
    'sales-orders/:id',
    Order.extend({ reservations: z.array(Reservation).readonly() }),
  ),
  createSalesOrder: creates('sales-orders', NewOrder, Numbered),
  stepSalesOrder: acts(
    'sales-orders/:id/steps',
    z.strictObject({ step: z.enum(['confirm', 'cancel', 'close', 'reopen']), version, reason }),
    Changed.extend({ status: OrderStatus }), // 'on-credit-hold': beyond the customer's limit.
  ),
  releaseSalesCredit: acts(
    'sales-orders/:id/credit-release',
    z.strictObject({ version, reason }),
    Changed.extend({ status: OrderStatus }),
  ),
  listDeliveries: pages('deliveries', Delivery, {
    ...BETWEEN, // Posted.
    customer: text(100).exactOptional(),
    order: text(100).exactOptional(),
  }),
  getDelivery: shows('deliveries/:id', Delivery),
  postDelivery: creates(
    'deliveries',
    NewDelivery,
    Numbered.extend({ entry: z.string().optional() }),
  ),
  reverseDelivery: acts(
    'deliveries/:id/reverse',
    z.strictObject({ on: DayIn, reason }),
    Numbered.extend({ entry: z.string().optional() }),
  ),
} as const;
