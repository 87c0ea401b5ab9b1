import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import {
  AmountIn,
  BOOKS,
  ByEntity,
  ById,
  Changed,
  DayIn,
  LIMIT,
  NOTHING,
  pageOf,
  sort,
  text,
  version,
} from './shapes.ts';

const WarehouseKind = z.enum(['plant', 'store', 'transit', 'consignment', 'subcontractor']);
const StockStatus = z.enum(['free', 'quality', 'blocked', 'consignment', 'in-transit']);
/** Which way and why stock moved. */
export const MovementKind = z.enum([
  'receipt',
  'issue',
  'transfer',
  'adjustment',
  'scrap',
  'consignment-in',
  'consignment-out',
  'production-receipt',
  'production-issue',
  'return',
  'status-change',
  'revaluation',
]);
const Location = z.strictObject({ code: z.string(), zone: z.string().exactOptional() });
const Warehouse = z.strictObject({
  id: z.string(),
  legalEntity: z.string(),
  code: z.string(),
  version: z.number().int(),
  name: z.string(),
  kind: WarehouseKind,
  currency: z.string(), // What its stock is valued in.
  negativeAllowed: z.boolean(),
  status: z.enum(['active', 'inactive']),
  locations: z.array(Location).readonly(),
});
const NewWarehouse = z.strictObject({
  code: z.string().min(1).max(20),
  name: z.string().min(1).max(200),
  kind: WarehouseKind,
  negativeAllowed: z.boolean().optional(),
  locations: z.array(Location).max(5000).exactOptional(),
});
/** The document line that wanted it. */
export const Source = z.strictObject({
  area: z.string(),
  kind: z.string(),
  id: z.string(),
  line: z.string().exactOptional(),
});
const Key = {
  item: z.string(),
  warehouse: z.string(),
  location: z.string(), // '' is none; so with batch and owner.
  batch: z.string(),
  status: StockStatus,
  owner: z.string(),
};
const Position = z.strictObject({
  item: z.string(),
  unit: z.string(), // The item's base unit.
  warehouse: z.string(),
  owned: z.string(),
  value: z.string(), // Company currency.
  free: z.string(),
  reserved: z.string(),
  available: z.string(), // Free and not reserved: what can be promised.
  byStatus: z.partialRecord(StockStatus, z.string()),
});
const Balance = z.strictObject({
  ...Key,
  quantity: z.string(),
  unit: z.string(), // The item's base unit.
  held: z.string(), // Picked for somebody.
  expiresOn: Day.nullable(),
  frozenBy: z.string().nullable(), // The count that wants nothing moved there.
});
const Movement = z.strictObject({
  ...Key,
  id: z.string(),
  sequence: z.string(),
  kind: MovementKind,
  quantity: z.string(),
  unit: z.string(), // The item's base unit.
  value: z.string(), // What stock gained; company currency.
  variance: z.string(), // What of a given cost did not go into stock.
  serials: z.array(z.string()).readonly(),
  movedAt: Moment,
  postedOn: Day,
  reason: z.string().nullable(),
  source: Source,
  reversalOf: z.string().nullable(),
  createdBy: z.string(),
});

const place = {
  item: text(100),
  warehouse: text(100),
  location: text(40).optional(),
  batch: text(40).optional(),
  owner: text(100).optional(), // The supplier whose it is, in consignment.
};
const said = { postedOn: DayIn, text: z.string().min(1).max(500) };
const Serials = z.array(text(60)).max(1000).exactOptional();
const extra = {
  reason: text(200).optional(),
  serials: Serials,
};
const linesOf = <Line extends z.ZodType>(line: Line) =>
  z.strictObject({ ...said, lines: z.array(line).min(1).max(500) });
const Adjustment = linesOf(
  z.strictObject({
    ...place,
    ...extra,
    status: StockStatus.optional(),
    quantity: AmountIn, // Plus is more, minus is less than the books say.
    unitCost: AmountIn.optional(),
    expiresOn: DayIn.optional(),
    costCentre: text(50).optional(),
  }),
);
const Scrap = linesOf(
  z.strictObject({
    ...place,
    ...extra,
    status: StockStatus.optional(),
    quantity: AmountIn,
    costCentre: text(50).optional(),
  }),
);
const StatusChange = linesOf(
  z.strictObject({
    ...place,
    ...extra,
    status: StockStatus.optional(), // From; free when left out.
    to: z.enum(['free', 'quality', 'blocked']),
    toLocation: text(40).optional(),
    quantity: AmountIn,
  }),
);
const Transfer = linesOf(
  z.strictObject({
    ...place,
    ...extra,
    status: StockStatus.optional(),
    quantity: AmountIn,
    toWarehouse: text(100).optional(),
    toLocation: text(40).optional(),
  }),
);
/** A stock document that was booked. */
export const Booked = z.strictObject({
  id: z.string(),
  number: z.string(),
  entry: z.string().optional(), // The journal entry's number; none when no value changed.
  moved: z
    .array(z.strictObject({ id: z.string(), value: z.string(), variance: z.string() }))
    .readonly(),
});
const Count = z.strictObject({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  version: z.number().int(),
  warehouse: z.string(),
  status: z.enum(['open', 'counted', 'posted', 'cancelled']),
  countedOn: Day.nullable(),
  postedOn: Day.nullable(),
  journalEntry: z.string().nullable(),
  lines: z
    .array(
      z.strictObject({
        item: Key.item,
        location: Key.location,
        batch: Key.batch,
        status: StockStatus,
        owner: Key.owner,
        line: z.number().int(),
        expected: z.string(),
        counted: z.string().nullable(),
        unit: z.string(), // The item's base unit.
        asBooked: z.boolean(), // Said to agree with the books; nobody typed a figure.
        serials: z.array(z.string()).readonly().nullable(), // The pieces that were seen.
        reason: z.string().nullable(),
      }),
    )
    .readonly(),
});
const after = text(300).optional(); // `next` of the page before.

/** Routes about what is where, and what it is worth. */
export const INVENTORY_ROUTES = {
  listWarehouses: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/warehouses`,
    params: ByEntity,
    reply: z.strictObject({ items: z.array(Warehouse).readonly() }),
  },
  createWarehouse: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/warehouses`,
    params: ByEntity,
    body: NewWarehouse,
    reply: z.strictObject({ id: z.string() }),
  },
  listStock: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/stock`,
    params: ByEntity,
    query: z.strictObject({
      item: text(100).optional(),
      search: text(100).optional(), // In the item's number, name and GTIN.
      warehouse: text(100).optional(),
      inStock: z.enum(['true', 'false']).optional(),
      ...sort(['owned', 'available', 'value']),
      after,
      limit: LIMIT,
    }),
    reply: pageOf(Position),
  },
  listStockBalances: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/warehouses/:id/balances`,
    params: ById,
    query: z.strictObject({
      item: text(100).optional(),
      status: StockStatus.optional(),
      limit: LIMIT,
    }),
    reply: z.strictObject({ items: z.array(Balance).readonly() }),
  },
  listStockMovements: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/stock-movements`,
    params: ByEntity,
    query: z.strictObject({
      item: text(100).optional(),
      search: text(100).optional(), // In the item's number, name and GTIN.
      warehouse: text(100).optional(),
      kind: MovementKind.optional(),
      source: text(100).optional(), // The id of a document.
      serial: text(60).optional(), // What moved the piece with this number.
      from: DayIn.optional(),
      to: DayIn.optional(),
      ...sort(['recorded', 'postedOn', 'quantity', 'value']),
      after,
      limit: LIMIT,
    }),
    reply: pageOf(Movement), // Unless sorted otherwise the last recorded first.
  },
  adjustStock: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-adjustments`,
    params: ByEntity,
    body: Adjustment,
    reply: Booked,
  },
  scrapStock: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-scrappings`,
    params: ByEntity,
    body: Scrap,
    reply: Booked,
  },
  changeStockStatus: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-status-changes`,
    params: ByEntity,
    body: StatusChange,
    reply: Booked,
  },
  transferStock: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-transfers`,
    params: ByEntity,
    body: Transfer,
    reply: Booked,
  },
  reverseStockDocument: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-documents/:id/reverse`,
    params: ById,
    body: z.strictObject(said),
    reply: Booked,
  },
  listStockCounts: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/stock-counts`,
    params: ByEntity,
    query: z.strictObject({
      warehouse: text(100).optional(),
      status: Count.shape.status.optional(),
      number: text(30).optional(), // It begins like this.
      ...sort(['number', 'status', 'warehouse']),
      after,
      limit: LIMIT,
    }),
    reply: pageOf(Count),
  },
  getStockCount: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/stock-counts/:id`,
    params: ById,
    reply: Count,
  },
  openStockCount: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-counts`,
    params: ByEntity,
    body: z.strictObject({
      warehouse: text(100),
      items: z.array(text(100)).max(5000).optional(),
      locations: z.array(text(40)).max(5000).optional(),
    }),
    reply: Changed.extend({ number: z.string() }),
  },
  recordStockCount: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/stock-counts/:id`,
    params: ById,
    body: z.strictObject({
      version,
      countedOn: DayIn,
      lines: z
        .array(
          z.union([
            z.strictObject({
              line: z.number().int(),
              counted: AmountIn,
              serials: Serials,
              reason: text(200).optional(),
            }),
            z.strictObject({
              line: z.number().int(),
              asBooked: z.literal(true), // What is there is what the books expect.
              reason: text(200).optional(),
            }),
            z.strictObject({
              item: text(100),
              location: text(40).optional(),
              batch: text(40).optional(),
              status: StockStatus.optional(),
              counted: AmountIn,
              serials: Serials,
              reason: text(200).optional(),
            }),
          ]),
        )
        .min(1)
        .max(5000),
    }),
    reply: Changed,
  },
  postStockCount: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-counts/:id/post`,
    params: ById,
    body: z.strictObject({ version, postedOn: DayIn }),
    reply: Changed.extend({ document: Booked.optional() }),
  },
  cancelStockCount: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/stock-counts/:id/cancel`,
    params: ById,
    body: z.strictObject({ version }),
    reply: Changed,
  },
} as const;
