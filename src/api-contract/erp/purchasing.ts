import { z } from 'zod';
import { Day, listOf } from '../common.ts';
import {
  LINES_OR_NONE,
  acts,
  AmountIn,
  BETWEEN,
  BOOKS,
  ByEntity,
  Changed,
  creates,
  DayIn,
  historyOf,
  NOTHING,
  Numbered,
  pages,
  perhapsLines,
  puts,
  shows,
  tells,
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

const OrderKind = z.enum(['standard', 'subcontract', 'service', 'blanket-release']);
const OrderStatus = z.enum([
  'draft',
  'awaiting-approval',
  'rejected',
  'cancelled',
  'issued',
  'partly-received',
  'received',
  'closed',
]);
const OrderLine = z.object({
  ...ORDER_LINE,
  account: z.string().nullable(),
  workOrder: z.string().nullable(),
  requestedOn: Day.nullable(),
  underPercentMax: z.string(),
  isReceivedAgainst: z.boolean(),
  received: z.string(),
  receivedValue: z.string(), // Company currency.
  receivedNet: z.string(), // The same in the order's currency.
  invoicedValue: z.string(),
  invoicedNet: z.string(),
});
const Order = z.object({
  ...ORDER,
  kind: OrderKind,
  supplier: z.string(),
  status: OrderStatus,
  incoterm: z.string().nullable(),
  requester: z.string().nullable(),
  agreement: z.string().nullable(),
  approvedBy: z.string().nullable(),
  lines: z.array(OrderLine).readonly(),
});
const NewLine = z.strictObject({
  ...NEW_ORDER_LINE,
  account: text(20).exactOptional(),
  workOrder: text(100).exactOptional(),
  requestedOn: DayIn.exactOptional(),
  underPercentMax: AmountIn.exactOptional(),
  isReceivedAgainst: z.boolean().exactOptional(), // False: only an invoice comes.
});
const NewOrder = z.strictObject({
  ...NEW_ORDER,
  kind: OrderKind.exactOptional(),
  supplier: text(100),
  incoterm: text(30).exactOptional(),
  requester: text(100).exactOptional(),
  agreement: text(100).exactOptional(),
  lines: newLines(NewLine),
});
const reason = text(500).exactOptional();

const Receipt = z.object({
  ...MOVED,
  kind: z.enum(['receipt', 'return', 'reversal']),
  supplier: z.string(),
  deliveryNote: z.string().nullable(),
  receivedOn: Day,
  lines: z
    .array(
      z.object({
        ...MOVED_LINE,
        rejected: z.string(),
        expiresOn: Day.nullable(),
        value: z.string(), // Company currency.
        net: z.string(), // The same in the order's currency.
      }),
    )
    .readonly(),
});
const NewReceipt = z.strictObject({
  kind: z.enum(['receipt', 'return']).exactOptional(),
  deliveryNote: text(100).exactOptional(),
  receivedOn: DayIn,
  postedOn: DayIn,
  lines: newLines(
    z.strictObject({
      ...NEW_MOVED_LINE,
      rejected: AmountIn.exactOptional(), // Of it; it is kept apart, blocked.
      rejectedSerials: z.array(text(60)).max(1000).exactOptional(), // `serials` are those of the rest.
      expiresOn: DayIn.exactOptional(),
    }),
  ),
});
const Settings = z.strictObject({ approvalLimit: z.string().nullable() }); // Company currency.

/** Routes about what is bought. */
export const PURCHASING_ROUTES = {
  listErpPurchaseOrders: pages('purchase-orders', Order.extend(perhapsLines(Order.shape)), {
    ...LINES_OR_NONE,
    ...BETWEEN, // Issued.
    supplier: text(100).exactOptional(),
    item: text(100).exactOptional(),
    lateOn: DayIn.exactOptional(), // Something of it should have come before this day.
    number: text(30).exactOptional(), // It begins like this.
    status: listOf(OrderStatus).exactOptional(),
    ...sort(['issuedOn', 'number', 'supplier', 'net']),
  }),
  getErpPurchaseOrder: shows('purchase-orders/:id', Order),
  createErpPurchaseOrder: creates('purchase-orders', NewOrder, Numbered),
  changeErpPurchaseOrder: puts(
    'purchase-orders/:id',
    z.strictObject({
      version,
      reason,
      set: z
        .strictObject({
          paymentTerms: text(30).exactOptional(),
          incoterm: text(30).nullable().exactOptional(),
          requester: text(100).nullable().exactOptional(),
          text: z.string().max(500).exactOptional(),
        })
        .exactOptional(), // Of the order as a whole.
      lines: newLines(
        z.strictObject({ ...LINE_CHANGE, requestedOn: DayIn.exactOptional() }),
      ).exactOptional(),
      added: newLines(NewLine).exactOptional(),
    }),
    Changed.extend({ status: OrderStatus }), // 'awaiting-approval': worth more, above the limit.
  ),
  getErpPurchaseOrderHistory: historyOf('purchase-orders'),
  stepErpPurchaseOrder: acts(
    'purchase-orders/:id/steps',
    z.strictObject({ step: z.enum(['issue', 'cancel', 'close', 'reopen']), version, reason }),
    Changed.extend({ status: OrderStatus }),
  ),
  decideErpPurchaseOrder: acts(
    'purchase-orders/:id/decision',
    z.strictObject({ step: z.enum(['approve', 'reject']), version, reason }),
    Changed.extend({ status: OrderStatus }),
  ),
  listGoodsReceipts: pages('goods-receipts', Receipt.extend(perhapsLines(Receipt.shape)), {
    ...LINES_OR_NONE,
    ...BETWEEN, // Posted.
    supplier: text(100).exactOptional(),
    order: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['postedOn', 'receivedOn', 'number', 'supplier']),
  }),
  getGoodsReceipt: shows('goods-receipts/:id', Receipt),
  postGoodsReceipt: creates(
    'goods-receipts',
    NewReceipt,
    Numbered.extend({ entry: z.string().optional() }),
  ),
  reverseGoodsReceipt: acts(
    'goods-receipts/:id/reverse',
    z.strictObject({ on: DayIn, reason }),
    Numbered.extend({ entry: z.string().optional() }),
  ),
  getPurchasingSettings: tells('purchasing-settings', Settings, {}),
  setPurchasingSettings: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/purchasing-settings`,
    params: ByEntity,
    body: z.strictObject({ approvalLimit: AmountIn.nullable() }),
    reply: Settings,
  },
} as const;
