import { z } from 'zod';
import { Day, listOf, Moment } from '../common.ts';
import {
  acts,
  AmountIn,
  BETWEEN,
  Changed,
  creates,
  DayIn,
  historyOf,
  MomentIn,
  Numbered,
  pages,
  puts,
  shows,
  sort,
  text,
  version,
} from './shapes.ts';
import { newLines } from './trade.ts';

const WorkOrderStatus = z.enum([
  'planned',
  'released',
  'in-progress',
  'completed',
  'closed',
  'cancelled',
]);
const Operation = z.object({
  number: z.number().int(),
  kind: z.enum(['inside', 'outside']),
  name: z.string(),
  workCentre: z.string().nullable(),
  setupSeconds: z.number().int(),
  runSeconds: z.string(), // For `baseQuantity`.
  baseQuantity: z.string(),
  machineRate: z.string(), // Planned, an hour; company currency.
  labourRate: z.string(),
  supplier: z.string().nullable(),
  supplierWarehouse: z.string().nullable(),
  unitPrice: z.string().nullable(), // Planned, of the supplier.
  good: z.string(),
  scrap: z.string(),
  rework: z.string(),
  setupDone: z.number().int(), // Seconds.
  runDone: z.number().int(),
  labourDone: z.number().int(),
  downDone: z.number().int(),
  isFinal: z.boolean(),
  shipped: z.string(), // To the supplier.
  cost: z.string(),
});
const Component = z.object({
  number: z.number().int(),
  operation: z.number().int(),
  item: z.string(),
  required: z.string(), // For the whole order.
  unit: z.string(), // The item's base unit.
  unitCost: z.string(), // Planned.
  isBackflushed: z.boolean(),
  issued: z.string(),
  issuedValue: z.string(),
});
const WorkOrder = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  item: z.string(),
  quantity: z.string(), // That is begun with.
  unit: z.string(), // The item's base unit.
  warehouse: z.string(),
  status: WorkOrderStatus,
  plannedStartOn: Day,
  plannedEndOn: Day,
  frozenEndOn: Day.nullable(), // As planned when it was released.
  bom: z.string().nullable(),
  routing: z.string().nullable(),
  batch: z.string().nullable(),
  salesOrder: z.string().nullable(),
  salesOrderLine: z.number().int().nullable(),
  project: z.string().nullable(),
  text: z.string(),
  overPercentMax: z.string(),
  unitCost: z.string().nullable(), // Planned, frozen at release.
  releasedAt: Moment.nullable(),
  closedOn: Day.nullable(),
  startedAt: Moment.nullable(),
  finishedAt: Moment.nullable(),
  good: z.string(), // Of the last operation.
  received: z.string(),
  wip: z.string(), // What it has cost and not given back.
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
  operations: z.array(Operation).readonly(),
  components: z.array(Component).readonly(),
});
const Outside = z.object({
  purchaseOrder: z.string(),
  purchaseOrderLine: z.number().int(),
  operation: z.number().int(),
  quantity: z.string(),
});
const Shortage = z.object({ component: z.number().int(), item: z.string(), missing: z.string() });
const shortages = z.array(Shortage).readonly();
const reason = text(500).exactOptional();
const Stepped = Changed.extend({ status: WorkOrderStatus });

const NewWorkOrder = z.strictObject({
  item: text(100),
  quantity: AmountIn,
  warehouse: text(100),
  plannedStartOn: DayIn,
  plannedEndOn: DayIn,
  batch: text(40).exactOptional(),
  salesOrder: z.strictObject({ id: text(100), line: z.number().int() }).exactOptional(),
  project: text(100).exactOptional(),
  text: text(1000).exactOptional(),
  overPercentMax: AmountIn.exactOptional(), // That may be passed on beyond.
});

const PostingKind = z.enum([
  'confirmation',
  'issue',
  'receipt',
  'shipment',
  'settlement',
  'reversal',
]);
const seconds = z.number().int();
const Confirmation = z.object({
  operation: z.number().int(),
  good: z.string(),
  scrap: z.string(),
  scrapReason: z.string().nullable(),
  rework: z.string(),
  reworkReason: z.string().nullable(),
  setupSeconds: seconds,
  runSeconds: seconds,
  labourSeconds: seconds,
  downSeconds: seconds,
  downReason: z.string().nullable(),
  machine: z.string().nullable(),
  employee: z.string().nullable(),
  startedAt: Moment,
  endedAt: Moment,
  finals: z.number().int(), // 1: nothing more is done there. -1: that was taken back.
});
const Posting = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  kind: PostingKind,
  order: z.string(),
  orderNumber: z.string(),
  postedOn: Day,
  reason: z.string().nullable(),
  entry: z.string().nullable(),
  goodsReceipt: z.string().nullable(), // Of a supplier's service.
  stockDocument: z.string().nullable(), // The transfer of what we provide.
  reverses: z.string().nullable(),
  reversedBy: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Moment,
  confirmation: Confirmation.nullable(),
  shipment: z.object({ operation: z.number().int(), quantity: z.string() }).nullable(),
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        kind: z.string(), // material, product, machine, labour, outside, a variance …
        operation: z.number().int().nullable(),
        component: z.number().int().nullable(),
        item: z.string().nullable(),
        quantity: z.string().nullable(),
        warehouse: z.string().nullable(),
        location: z.string().nullable(),
        batch: z.string().nullable(),
        movement: z.string().nullable(),
        costCentre: z.string().nullable(),
        amount: z.string(), // What work in progress gained; company currency.
      }),
    )
    .readonly(),
});
const Posted = Numbered.extend({ entry: z.string().optional() });
const location = text(40).exactOptional();
const batch = text(40).exactOptional();
const serials = z.array(text(60)).max(1000).exactOptional();
const Material = z.strictObject({
  component: z.number().int(),
  quantity: AmountIn, // Below zero it goes back into stock.
  location,
  batch,
  serials, // They say where it is taken.
});
const product = {
  batch, // Else the order's.
  expiresOn: DayIn.exactOptional(),
  serials,
  location,
  status: z.enum(['free', 'quality']).exactOptional(),
  cost: z.enum(['planned', 'actual']).exactOptional(), // Of items without a standard cost.
};
const yielded = {
  operation: z.number().int(),
  good: AmountIn.exactOptional(),
  scrap: AmountIn.exactOptional(),
  scrapReason: text(200).exactOptional(),
  rework: AmountIn.exactOptional(),
  reworkReason: text(200).exactOptional(),
  startedAt: MomentIn,
  endedAt: MomentIn,
  postedOn: DayIn,
  isFinal: z.boolean().exactOptional(), // Nothing more is done at this operation.
  materials: z.array(Material).max(500).exactOptional(), // Instead of what is backflushed of them.
  receive: z.strictObject(product).exactOptional(), // At the last operation: into stock at once.
};

const OutsideStatus = z.enum([
  'draft',
  'awaiting-approval',
  'issued',
  'rejected',
  'cancelled',
  'partly-received',
  'received',
  'closed',
]);

/** Routes about what is made, and what of it is made outside. */
export const PRODUCTION_ROUTES = {
  listWorkOrders: pages('work-orders', WorkOrder, {
    ...BETWEEN, // Planned to begin.
    status: listOf(WorkOrderStatus).exactOptional(),
    item: text(100).exactOptional(), // That is made.
    component: text(100).exactOptional(), // That is needed: where it is used.
    workCentre: text(100).exactOptional(),
    warehouse: text(100).exactOptional(),
    lateOn: DayIn.exactOptional(), // It should have been finished before this day.
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['plannedStartOn', 'plannedEndOn', 'number', 'quantity', 'wip']),
  }),
  getWorkOrder: shows(
    'work-orders/:id',
    WorkOrder.extend({ outsideOrders: z.array(Outside).readonly() }),
  ),
  getWorkOrderHistory: historyOf('work-orders'),
  createWorkOrder: creates('work-orders', NewWorkOrder, Numbered),
  changeWorkOrder: puts(
    'work-orders/:id',
    z.strictObject({
      version,
      plannedStartOn: DayIn.exactOptional(),
      plannedEndOn: DayIn.exactOptional(),
      quantity: AmountIn.exactOptional(), // Only while it is planned.
      reason,
    }),
    Stepped,
  ),
  changeWorkOrderComponents: acts(
    'work-orders/:id/components',
    z.strictObject({
      version,
      reason: z.string().min(3).max(500),
      added: z
        .array(
          z.strictObject({
            item: text(100),
            required: AmountIn, // For the whole order, in the item's base unit.
            operation: z.number().int().exactOptional(), // The first one when left out.
            isBackflushed: z.boolean().exactOptional(), // Booked with confirmations.
          }),
        )
        .max(500)
        .exactOptional(),
      changed: z
        .array(z.strictObject({ component: z.number().int(), required: AmountIn }))
        .max(500)
        .exactOptional(), // No less than was issued.
      removed: z.array(z.number().int()).max(500).exactOptional(), // Of which nothing is issued.
    }),
    Changed.extend({ shortages }),
  ),
  releaseWorkOrder: acts(
    'work-orders/:id/release',
    z.strictObject({
      version,
      on: DayIn.exactOptional(), // Whose bill and routing; else the planned start.
      explicit: z.array(text(100)).max(500).exactOptional(), // Items that are issued by hand.
      reason,
    }),
    Changed.extend({ unitCost: z.string(), shortages }),
  ),
  reserveWorkOrderMaterials: acts(
    'work-orders/:id/reserve',
    z.strictObject({ version }),
    z.object({ id: z.string(), shortages }),
  ),
  cancelWorkOrder: acts('work-orders/:id/cancel', z.strictObject({ version, reason }), Stepped),
  closeWorkOrder: acts(
    'work-orders/:id/close',
    z.strictObject({ version, on: DayIn, reason }),
    Posted, // The settlement: taking it back opens the order again.
  ),
  issueWorkOrderMaterials: acts(
    'work-orders/:id/issues',
    z.strictObject({ postedOn: DayIn, reason, lines: newLines(Material) }),
    Posted,
  ),
  confirmWorkOrder: acts(
    'work-orders/:id/confirmations',
    z.strictObject({
      ...yielded,
      setupSeconds: seconds.exactOptional(),
      runSeconds: seconds.exactOptional(),
      labourSeconds: seconds.exactOptional(), // Of all people; else set-up and run.
      downSeconds: seconds.exactOptional(),
      downReason: text(200).exactOptional(),
      machine: text(60).exactOptional(),
      employee: text(100).exactOptional(),
    }),
    Posted,
  ),
  receiveWorkOrder: acts(
    'work-orders/:id/receipts',
    z.strictObject({
      ...product,
      quantity: AmountIn,
      postedOn: DayIn,
      byProducts: z
        .array(
          z.strictObject({
            item: text(100),
            quantity: AmountIn,
            unitCost: AmountIn, // It takes so much off the order.
            batch,
            location,
          }),
        )
        .max(100)
        .exactOptional(),
    }),
    Posted,
  ),
  orderOutside: acts(
    'work-orders/:id/outside-orders',
    z.strictObject({
      operation: z.number().int(),
      quantity: AmountIn,
      issuedOn: DayIn,
      promisedOn: DayIn.exactOptional(),
      unitPrice: AmountIn.exactOptional(), // Else as planned.
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .exactOptional(),
    }),
    Numbered.extend({ status: OutsideStatus }), // The purchase order.
  ),
  shipOutside: acts(
    'work-orders/:id/outside-shipments',
    z.strictObject({
      operation: z.number().int(),
      quantity: AmountIn,
      postedOn: DayIn,
      materials: z.array(Material).max(500).exactOptional(), // Else as planned for so many.
    }),
    Posted,
  ),
  receiveOutside: acts(
    'work-orders/:id/outside-receipts',
    z.strictObject({
      ...yielded,
      purchaseOrder: text(100).exactOptional(), // Else the one that was sent for it.
      charged: AmountIn.exactOptional(), // Pieces that are paid for; else the good ones.
      receivedOn: DayIn,
      deliveryNote: text(100).exactOptional(),
    }),
    Posted,
  ),
  listProductionPostings: pages('production-postings', Posting, {
    ...BETWEEN, // Posted.
    order: text(100).exactOptional(),
    kind: PostingKind.exactOptional(),
    workCentre: text(100).exactOptional(), // Of the operation that was confirmed.
    ...sort(['postedOn', 'number']),
  }),
  getProductionPosting: shows('production-postings/:id', Posting),
  reverseProductionPosting: acts(
    'production-postings/:id/reverse',
    z.strictObject({ on: DayIn, reason }),
    Posted,
  ),
} as const;
