import { z } from 'zod';
import { Day } from '../common.ts';
import { Booked, MovementKind, Source } from './inventory.ts';
import { AgreementLineIn, Tiers } from './items.ts';
import {
  acts,
  all,
  AmountIn,
  BETWEEN,
  Changed,
  clearable,
  creates,
  CurrencyIn,
  DayIn,
  History,
  NOTHING,
  pages,
  puts,
  shows,
  sort,
  tells,
  text,
  version,
  YesNo,
} from './shapes.ts';

const Reservation = z.object({
  id: z.string(),
  item: z.string(),
  warehouse: z.string(),
  hard: z.boolean(), // Picked: it lies ready at a place.
  location: z.string(),
  batch: z.string(),
  quantity: z.string(), // In the item's base unit.
  open: z.string(),
  lost: z.string(), // Given up because stock went.
  status: z.enum(['open', 'consumed', 'released']),
  neededOn: Day.nullable(),
  source: z.object({ area: z.string(), kind: z.string(), id: z.string(), line: z.string() }),
});
const Reserved = z.object({ id: z.string(), quantity: z.string() });
const ShipmentLine = z.object({
  document: z.string(),
  line: z.string(),
  item: z.string(),
  from: z.string(),
  to: z.string(),
  batch: z.string(),
  quantity: z.string(),
  received: z.string(),
});
const SerialNumber = z.object({
  id: z.string(),
  item: z.string(),
  serial: z.string(),
  standing: z.enum(['in-stock', 'left', 'unknown']),
  warehouse: z.string(), // Where it is, or was last; so with the next four.
  location: z.string(),
  batch: z.string(),
  status: z.string(),
  owner: z.string(),
  lastMovement: z // With what it came there, or left.
    .strictObject({ id: z.string(), kind: MovementKind, postedOn: Day, source: Source })
    .nullable(),
});
const Withdrawn = z.object({
  id: z.string(),
  legalEntity: z.string(),
  document: z.string(),
  number: z.string(), // The document's.
  supplier: z.string(),
  item: z.string(),
  warehouse: z.string(),
  batch: z.string(),
  quantity: z.string(),
  unit: z.string(), // The item's base unit.
  unitCost: z.string(), // As agreed; company currency, as all that follows.
  value: z.string(),
  takenOn: Day,
  charged: z.string(),
  chargedValue: z.string(),
  open: z.string(), // Not charged yet.
  openValue: z.string(),
  isReversed: z.boolean(),
});
const PriceList = z.object({
  id: z.string(),
  version: z.number().int(),
  code: z.string(),
  name: z.string(),
  currency: z.string(),
  customer: z.string().optional(),
  segment: z.string().optional(),
  validFrom: Day,
  validTo: Day.optional(),
});
const ListedPrice = z.object({
  id: z.string(),
  item: z.string(),
  minQuantity: z.string(), // It holds from so many on.
  price: z.string(),
  priceBase: z.string(), // Base units that `price` buys.
  validFrom: Day,
  validTo: Day.optional(),
});
const said = { postedOn: DayIn, text: z.string().min(1).max(500) };
const lines = <Line extends z.ZodType>(line: Line) => z.array(line).min(1).max(500);
const location = text(40).exactOptional();
const batch = text(40).exactOptional();
const serials = z.array(text(60)).max(1000).exactOptional();
const Made = z.object({ id: z.string() });

/** Routes about stock that is promised, on its way or a supplier's, and about what things cost. */
export const LOGISTICS_ROUTES = {
  updateWarehouse: puts(
    'warehouses/:id',
    z.strictObject({
      version,
      set: z.strictObject({
        name: z.string().min(1).max(200).exactOptional(),
        negativeAllowed: z.boolean().exactOptional(),
        status: z.enum(['active', 'inactive']).exactOptional(),
      }),
    }),
    Changed,
  ),
  addLocation: acts(
    'warehouses/:id/locations',
    z.strictObject({ code: z.string().min(1).max(40), zone: text(40).exactOptional() }),
    z.object({ code: z.string() }),
  ),
  listSerialNumbers: pages('serial-numbers', SerialNumber, {
    item: text(100).exactOptional(),
    warehouse: text(100).exactOptional(),
    search: text(60).exactOptional(), // How the number begins.
    inStock: YesNo.exactOptional(),
    ...sort(['serial', 'item', 'warehouse']),
  }),
  listReservations: tells('reservations', all(Reservation), {
    item: text(100).exactOptional(),
    source: text(100).exactOptional(), // The id of a document.
    open: YesNo.exactOptional(),
  }),
  reserveStock: creates(
    'reservations',
    z.strictObject({
      item: text(100),
      warehouse: text(100),
      quantity: AmountIn, // In the item's base unit.
      neededOn: DayIn.exactOptional(),
      partial: z.boolean().exactOptional(), // What there is will do.
      reference: z.string().min(1).max(100), // What it is for.
    }),
    Reserved,
  ),
  releaseReservation: acts(
    'reservations/:id/release',
    z.strictObject({}),
    z.object({ id: z.string(), released: z.string() }),
  ),
  pickReservation: acts(
    'reservations/:id/pick',
    z.strictObject({ location, batch, quantity: AmountIn }),
    Reserved, // The hard one that it became.
  ),
  listShipments: tells('stock-shipments', all(ShipmentLine), {
    to: text(100).exactOptional(),
  }),
  shipStock: creates(
    'stock-shipments',
    z.strictObject({
      ...said,
      from: text(100),
      to: text(100),
      lines: lines(
        z.strictObject({ item: text(100), location, batch, quantity: AmountIn, serials }),
      ),
    }),
    Booked,
  ),
  receiveShipment: acts(
    'stock-shipments/:id/arrivals',
    z.strictObject({
      ...said,
      lines: lines(
        z.strictObject({
          line: text(20),
          quantity: AmountIn,
          location,
          status: z.enum(['free', 'quality', 'blocked']).exactOptional(),
          serials,
        }),
      ),
    }),
    Booked,
  ),
  listConsignmentWithdrawals: pages('consignment-withdrawals', Withdrawn, {
    ...BETWEEN, // Taken.
    supplier: text(100).exactOptional(),
    item: text(100).exactOptional(),
    warehouse: text(100).exactOptional(),
    open: YesNo.exactOptional(), // 'true': some of it is not charged yet.
    ...sort(['takenOn', 'supplier', 'item', 'warehouse', 'value', 'number']),
  }),
  getConsignmentNotCharged: tells(
    'consignment-not-charged',
    z.strictObject({
      suppliers: z.array(z.string()).readonly(), // Ids, each once.
      items: z.array(z.string()).readonly(),
    }),
    {},
  ),
  chargeWithdrawalElsewhere: acts(
    'consignment-withdrawals/:id/charged-elsewhere',
    z.strictObject({ on: DayIn, reason: z.string().trim().min(3).max(500) }),
    z.object({ id: z.string() }),
  ),
  withdrawConsignment: creates(
    'consignment-withdrawals',
    z.strictObject({
      ...said,
      lines: lines(
        z.strictObject({
          item: text(100),
          warehouse: text(100),
          location,
          batch,
          owner: text(100), // The supplier whose it is.
          quantity: AmountIn,
          unitCost: AmountIn, // Company currency.
          serials,
        }),
      ),
    }),
    Booked.extend({
      owed: z
        .array(
          z.object({
            withdrawal: z.string(), // A line of the supplier's invoice names it.
            supplier: z.string(),
            item: z.string(),
            quantity: z.string(),
            amount: z.string(),
          }),
        )
        .readonly(),
    }),
  ),
  correctCosts: creates(
    'cost-corrections',
    z.strictObject({
      ...said,
      lines: lines(
        z.strictObject({
          movement: text(100), // The receipt's.
          item: text(100),
          amount: AmountIn, // More, or with a minus less; company currency.
          reason: text(200).exactOptional(),
        }),
      ),
    }),
    Booked,
  ),
  listItemGroups: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/erp/item-groups',
    reply: all(z.object({ code: z.string(), name: z.string(), parent: z.string().optional() })),
  },
  listPriceLists: tells('price-lists', all(PriceList), {}),
  getPriceList: shows(
    'price-lists/:id',
    PriceList.extend({
      prices: z.array(ListedPrice).readonly(),
      history: z.array(History).readonly(),
    }),
  ),
  createPriceList: creates(
    'price-lists',
    z.strictObject({
      code: z.string().min(1).max(40),
      name: z.string().min(1).max(200),
      currency: CurrencyIn,
      customer: text(100).exactOptional(), // For him alone; or
      segment: text(50).exactOptional(), // for a segment; neither: for everyone.
      validFrom: DayIn,
      validTo: DayIn.exactOptional(),
    }),
    Made,
  ),
  changePriceList: puts(
    'price-lists/:id',
    z.strictObject({
      version,
      set: z
        .strictObject({
          name: z.string().min(1).max(200).exactOptional(),
          validTo: clearable(DayIn),
        })
        .exactOptional(),
      prices: z // Until when they hold; null: until another takes over.
        .array(z.strictObject({ id: text(100), validTo: clearable(DayIn).unwrap() }))
        .max(500)
        .exactOptional(),
    }),
    Changed,
  ),
  addPrice: acts(
    'price-lists/:id/prices',
    z.strictObject({
      item: text(100),
      minQuantity: AmountIn.exactOptional(),
      price: AmountIn,
      priceBase: AmountIn.exactOptional(),
      validFrom: DayIn,
      validTo: DayIn.exactOptional(),
    }),
    Made,
  ),
  changeAgreement: puts(
    'agreements/:id',
    z.strictObject({
      version,
      set: z.strictObject({ validTo: clearable(DayIn) }).exactOptional(),
      lines: z
        .array(
          z.strictObject({
            line: text(10),
            price: clearable(AmountIn),
            priceBase: AmountIn.exactOptional(),
            tiers: Tiers.exactOptional(),
            quantityLimit: clearable(AmountIn), // Not below what was called off.
            valueLimit: clearable(AmountIn),
          }),
        )
        .max(500)
        .exactOptional(),
      added: z.array(AgreementLineIn).max(500).exactOptional(),
      dropped: z.array(text(10)).max(500).exactOptional(), // Of which nothing was called off.
    }),
    Changed,
  ),
  closeAgreement: acts('agreements/:id/close', z.strictObject({ version }), Changed),
} as const;
