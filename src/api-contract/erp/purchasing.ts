import { z } from 'zod';
import { Day, listOf, Moment } from '../common.ts';
import {
  acts,
  AmountIn,
  BETWEEN,
  BOOKS,
  ByEntity,
  Changed,
  creates,
  CurrencyIn,
  DayIn,
  NOTHING,
  Numbered,
  pages,
  shows,
  tells,
  text,
  version,
} from './shapes.ts';

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
  number: z.number().int(),
  item: z.string().nullable(),
  text: z.string(),
  unit: z.string(),
  ordered: z.string(),
  unitPrice: z.string(), // Per `priceBase` units; the order's currency.
  priceBase: z.string(),
  net: z.string(),
  taxCode: z.string().nullable(),
  warehouse: z.string().nullable(),
  account: z.string().nullable(),
  costCentre: z.string().nullable(),
  project: z.string().nullable(),
  workOrder: z.string().nullable(),
  requestedOn: Day.nullable(),
  promisedOn: Day.nullable(),
  firstPromisedOn: Day.nullable(),
  overPercentMax: z.string(),
  underPercentMax: z.string(),
  isReceivedAgainst: z.boolean(),
  isFinal: z.boolean(),
  isCancelled: z.boolean(),
  received: z.string(),
  receivedValue: z.string(), // Company currency.
  invoiced: z.string(),
  invoicedValue: z.string(),
});
const Order = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  kind: OrderKind,
  supplier: z.string(),
  status: OrderStatus,
  issuedOn: Day,
  currency: z.string(),
  rate: z.string(),
  paymentTerms: z.string(),
  incoterm: z.string().nullable(),
  requester: z.string().nullable(),
  agreement: z.string().nullable(),
  text: z.string(),
  net: z.string(),
  approvedBy: z.string().nullable(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z.array(OrderLine).readonly(),
});
const NewOrder = z.strictObject({
  kind: OrderKind.exactOptional(),
  supplier: text(100),
  issuedOn: DayIn,
  currency: CurrencyIn.exactOptional(), // Else the supplier's, else the company's.
  paymentTerms: text(30).exactOptional(),
  incoterm: text(30).exactOptional(),
  requester: text(100).exactOptional(),
  agreement: text(100).exactOptional(),
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
        taxCode: text(30).exactOptional(),
        warehouse: text(100).exactOptional(),
        account: text(20).exactOptional(),
        costCentre: text(50).exactOptional(),
        project: text(100).exactOptional(),
        workOrder: text(100).exactOptional(),
        requestedOn: DayIn.exactOptional(),
        promisedOn: DayIn.exactOptional(),
        overPercentMax: AmountIn.exactOptional(),
        underPercentMax: AmountIn.exactOptional(),
        isReceivedAgainst: z.boolean().exactOptional(), // False: only an invoice comes.
      }),
    )
    .min(1)
    .max(500),
});
const reason = text(500).exactOptional();

const Receipt = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  kind: z.enum(['receipt', 'return', 'reversal']),
  supplier: z.string(),
  deliveryNote: z.string().nullable(),
  receivedOn: Day,
  postedOn: Day,
  entry: z.string().nullable(), // The journal entry's id; none where nothing had a value.
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
        quantity: z.string(), // Below zero it went back.
        rejected: z.string(),
        reason: z.string().nullable(),
        batch: z.string().nullable(),
        expiresOn: Day.nullable(),
        warehouse: z.string().nullable(),
        location: z.string().nullable(),
        value: z.string(), // Company currency.
      }),
    )
    .readonly(),
});
const NewReceipt = z.strictObject({
  kind: z.enum(['receipt', 'return']).exactOptional(),
  deliveryNote: text(100).exactOptional(),
  receivedOn: DayIn,
  postedOn: DayIn,
  lines: z
    .array(
      z.strictObject({
        order: text(100),
        line: z.number().int(),
        quantity: AmountIn, // In the order line's unit.
        rejected: AmountIn.exactOptional(), // Of it; it is kept apart, blocked.
        reason: text(200).exactOptional(),
        batch: text(40).exactOptional(),
        expiresOn: DayIn.exactOptional(),
        serials: z.array(text(60)).max(1000).exactOptional(),
        location: text(40).exactOptional(),
        isFinal: z.boolean().exactOptional(), // Nothing more will come.
      }),
    )
    .min(1)
    .max(500),
});
const Settings = z.strictObject({ approvalLimit: z.string().nullable() }); // Company currency.

/** Routes about what is bought. */
export const PURCHASING_ROUTES = {
  listErpPurchaseOrders: pages('purchase-orders', Order, {
    ...BETWEEN, // Issued.
    supplier: text(100).exactOptional(),
    item: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    status: listOf(OrderStatus).exactOptional(),
  }),
  getErpPurchaseOrder: shows('purchase-orders/:id', Order),
  createErpPurchaseOrder: creates('purchase-orders', NewOrder, Numbered),
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
  listGoodsReceipts: pages('goods-receipts', Receipt, {
    ...BETWEEN, // Posted.
    supplier: text(100).exactOptional(),
    order: text(100).exactOptional(),
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
