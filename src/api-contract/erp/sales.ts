import { z } from 'zod';
import { Day, listOf } from '../common.ts';
import {
  LINES_OR_NONE,
  acts,
  AmountIn,
  BETWEEN,
  Changed,
  creates,
  DayIn,
  historyOf,
  Numbered,
  pages,
  perhapsLines,
  puts,
  shows,
  text,
  version,
  sort,
} from './shapes.ts';
import {
  LINE_CHANGE,
  MOVED,
  MOVED_LINE,
  NEW_MOVED_LINE,
  NEW_ORDER,
  NEW_ORDER_LINE,
  newLines,
  ORDER,
  ORDER_LINE,
} from './trade.ts';

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
  ...ORDER_LINE,
  discountPercent: z.string(),
  isDeliveredAgainst: z.boolean(),
  reservation: z.string().nullable(), // None: no stock could be reserved.
  delivered: z.string(),
  deliveredCost: z.string(), // Company currency.
});
const Order = z.object({
  ...ORDER,
  customer: z.string(),
  status: OrderStatus,
  requestedOn: Day.nullable(),
  salesperson: z.string().nullable(),
  channel: z.string().nullable(),
  customerReference: z.string(),
  lines: z.array(OrderLine).readonly(),
});
const NewLine = z.strictObject({
  ...NEW_ORDER_LINE,
  discountPercent: AmountIn.exactOptional(),
  isDeliveredAgainst: z.boolean().exactOptional(), // False: it is only charged.
});
const NewOrder = z.strictObject({
  ...NEW_ORDER,
  customer: text(100),
  requestedOn: DayIn.exactOptional(),
  salesperson: text(100).exactOptional(),
  channel: text(50).exactOptional(),
  customerReference: text(100).exactOptional(),
  lines: newLines(NewLine),
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
  ...MOVED,
  kind: z.enum(['delivery', 'return', 'reversal']),
  customer: z.string(),
  carrier: z.string().nullable(),
  tracking: z.string().nullable(),
  shippedOn: Day,
  lines: z
    .array(z.object({ ...MOVED_LINE, cost: z.string() })) // Company currency.
    .readonly(),
});
const NewDelivery = z.strictObject({
  kind: z.enum(['delivery', 'return']).exactOptional(),
  shippedOn: DayIn,
  postedOn: DayIn,
  carrier: text(100).exactOptional(),
  tracking: text(100).exactOptional(),
  lines: newLines(z.strictObject(NEW_MOVED_LINE)),
});

/** Routes about what is sold. */
export const SALES_ROUTES = {
  listSalesOrders: pages('sales-orders', Order.extend(perhapsLines(Order.shape)), {
    ...LINES_OR_NONE,
    ...BETWEEN, // Issued.
    customer: text(100).exactOptional(),
    item: text(100).exactOptional(),
    lateOn: DayIn.exactOptional(), // Something of it should have left before this day.
    number: text(30).exactOptional(), // It begins like this.
    status: listOf(OrderStatus).exactOptional(),
    ...sort(['issuedOn', 'number', 'customer', 'net']),
  }),
  getSalesOrder: shows(
    'sales-orders/:id',
    Order.extend({ reservations: z.array(Reservation).readonly() }),
  ),
  createSalesOrder: creates('sales-orders', NewOrder, Numbered),
  changeSalesOrder: puts(
    'sales-orders/:id',
    z.strictObject({
      version,
      reason,
      set: z
        .strictObject({
          requestedOn: DayIn.nullable().exactOptional(),
          paymentTerms: text(30).exactOptional(),
          salesperson: text(100).nullable().exactOptional(),
          channel: text(50).nullable().exactOptional(),
          customerReference: z.string().max(100).exactOptional(),
          text: z.string().max(500).exactOptional(),
        })
        .exactOptional(), // Of the order as a whole.
      lines: newLines(
        z.strictObject({ ...LINE_CHANGE, discountPercent: AmountIn.exactOptional() }),
      ).exactOptional(),
      added: newLines(NewLine).exactOptional(),
    }),
    Changed.extend({ status: OrderStatus }), // 'on-credit-hold': worth more than he may owe.
  ),
  getSalesOrderHistory: historyOf('sales-orders'),
  stepSalesOrder: acts(
    'sales-orders/:id/steps',
    z.strictObject({
      step: z.enum(['confirm', 'reserve', 'cancel', 'close', 'reopen']),
      version,
      reason,
    }),
    Changed.extend({ status: OrderStatus }), // 'on-credit-hold': beyond the customer's limit.
  ),
  releaseSalesCredit: acts(
    'sales-orders/:id/credit-release',
    z.strictObject({ version, reason }),
    Changed.extend({ status: OrderStatus }),
  ),
  listDeliveries: pages('deliveries', Delivery.extend(perhapsLines(Delivery.shape)), {
    ...LINES_OR_NONE,
    ...BETWEEN, // Posted.
    customer: text(100).exactOptional(),
    order: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['postedOn', 'shippedOn', 'number', 'customer']),
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
