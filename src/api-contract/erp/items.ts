import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import {
  all,
  AmountIn,
  ByEntity,
  clearable,
  ById,
  Changed,
  DayIn,
  History,
  IDS,
  LIMIT,
  NOTHING,
  shows,
  tells,
  text,
  BOOKS,
  sort,
} from './shapes.ts';

const Kind = z.enum(['stock', 'service', 'subassembly', 'raw', 'finished', 'tool']);
const status = z.enum(['active', 'inactive']);
const days = z.number().int().min(0).max(36_500);
const whole = z.string().regex(/^[1-9]\d{0,17}$/);

const Plain = {
  name: z.string().min(1).max(200),
  kind: Kind,
  status,
  itemGroup: text(40).optional(),
  costing: z.enum(['moving-average', 'fifo', 'standard']),
  listCurrency: text(3).optional(),
  taxCode: text(40).optional(),
  gtin: text(20).optional(),
  batchManaged: z.boolean(),
  serialManaged: z.boolean(),
  shelfLifeDays: days.optional(),
  leadTimeDays: days.optional(),
};
const Amounts = {
  standardCost: z.string().optional(), // Company currency, per base unit.
  listPrice: z.string().optional(),
  safetyStock: z.string().optional(),
  reorderPoint: z.string().optional(),
  minOrderQuantity: z.string().optional(),
};
// One unit is numerator/denominator base units.
const Unit = z.strictObject({ unit: text(10), numerator: z.string(), denominator: z.string() });
const UnitIn = z.strictObject({
  unit: z.string().min(1).max(10),
  numerator: whole.pipe(AmountIn),
  denominator: whole.pipe(AmountIn),
});
const Item = z.strictObject({
  ...Plain,
  ...Amounts,
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  version: z.number().int(),
  baseUnit: z.string(),
  units: z.array(Unit).readonly(),
  createdBy: z.string(),
  createdAt: Moment,
  changedBy: z.string(),
  changedAt: Moment,
});
const Change = z.strictObject({
  name: Plain.name.exactOptional(),
  kind: Kind.exactOptional(),
  status: status.exactOptional(),
  units: z.array(UnitIn).max(50).readonly().exactOptional(),
  itemGroup: clearable(text(40)),
  costing: Plain.costing.exactOptional(),
  standardCost: clearable(AmountIn),
  listPrice: clearable(AmountIn),
  listCurrency: clearable(text(3)),
  taxCode: clearable(text(40)),
  gtin: clearable(text(20)),
  batchManaged: z.boolean().exactOptional(),
  serialManaged: z.boolean().exactOptional(),
  shelfLifeDays: clearable(days),
  leadTimeDays: clearable(days),
  safetyStock: clearable(AmountIn),
  reorderPoint: clearable(AmountIn),
  minOrderQuantity: clearable(AmountIn),
});
const NewItem = Change.extend({
  name: Plain.name,
  kind: Kind,
  baseUnit: z.string().min(1).max(10), // UN/ECE Recommendation 20. It never changes.
  number: z.string().min(1).max(40).exactOptional(), // Else the next of the series.
});

const NewSupplierItem = z.strictObject({
  supplier: text(100),
  theirNumber: text(50).optional(),
  price: AmountIn,
  priceBase: AmountIn.optional(), // Base units that `price` buys.
  currency: text(3),
  minQuantity: AmountIn.optional(),
  leadTimeDays: days.optional(),
  preferred: z.boolean().optional(),
  validFrom: DayIn,
  validTo: DayIn.optional(),
});
const SupplierItem = z.strictObject({
  id: z.string(),
  item: z.string(),
  supplier: z.string(),
  theirNumber: z.string().optional(),
  price: z.string(),
  priceBase: z.string().optional(),
  currency: z.string(),
  minQuantity: z.string().optional(),
  leadTimeDays: z.number().int().optional(),
  preferred: z.boolean().optional(),
  validFrom: Day,
  validTo: Day.optional(),
});
const Bom = z.strictObject({
  id: z.string(),
  item: z.string(),
  version: z.string(),
  baseQuantity: z.string(),
  validFrom: Day,
  validTo: Day.optional(),
  lines: z
    .array(
      z.strictObject({
        line: z.string(),
        component: z.string(),
        quantity: z.string(),
        unit: z.string(), // That the component is counted in.
        scrapPercent: z.string(),
        operation: z.string().optional(),
      }),
    )
    .readonly(),
});
const NewBom = z.strictObject({
  version: z.string().min(1).max(40),
  baseQuantity: AmountIn,
  validFrom: DayIn,
  validTo: DayIn.optional(),
  lines: z
    .array(
      z.strictObject({
        line: z.string().min(1).max(10),
        component: text(100),
        quantity: AmountIn,
        scrapPercent: AmountIn,
        operation: text(40).exactOptional(),
      }),
    )
    .min(1)
    .max(500),
});
const Price = z.strictObject({
  price: z.string(),
  priceBase: z.string(),
  currency: z.string(),
  source: z.strictObject({
    kind: z.enum(['agreement', 'supplier-item', 'price-list', 'list-price']),
    id: z.string(),
    line: z.string().exactOptional(),
  }),
});

/** Prices from a quantity on. */
export const Tiers = z.array(z.strictObject({ minQuantity: AmountIn, price: AmountIn })).max(20);

/** One thing that is agreed on: a price for an item, a group or a service, a limit, or both. */
export const AgreementLineIn = z.strictObject({
  line: z.string().min(1).max(10),
  item: text(100).optional(),
  itemGroup: text(40).optional(),
  service: text(200).optional(), // In words, for order lines that begin so and name no item.
  unit: text(10).optional(), // Of a service: what its price and quantity are of.
  price: AmountIn.optional(),
  priceBase: AmountIn.optional(),
  tiers: Tiers.default([]),
  quantityLimit: AmountIn.optional(),
  valueLimit: AmountIn.optional(),
});
const NewAgreement = z.strictObject({
  side: z.enum(['purchase', 'sales']),
  party: text(100),
  kind: z.enum(['price', 'volume', 'blanket', 'framework']),
  currency: text(3),
  validFrom: DayIn,
  validTo: DayIn.optional(),
  lines: z.array(AgreementLineIn).min(1).max(500),
});
const Agreement = z.strictObject({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  version: z.number().int(),
  side: z.enum(['purchase', 'sales']),
  party: z.string(),
  kind: z.enum(['price', 'volume', 'blanket', 'framework']),
  currency: z.string(),
  validFrom: Day,
  validTo: Day.optional(),
  status: z.enum(['active', 'closed']),
  lines: z
    .array(
      z.strictObject({
        line: z.string(),
        item: z.string().optional(),
        itemGroup: z.string().optional(),
        service: z.string().optional(),
        unit: z.string().optional(),
        price: z.string().optional(),
        priceBase: z.string().optional(),
        tiers: z
          .array(z.strictObject({ minQuantity: z.string(), price: z.string() }))
          .readonly()
          .exactOptional(),
        quantityLimit: z.string().optional(),
        valueLimit: z.string().optional(),
        releasedQuantity: z.string(),
        releasedValue: z.string(),
      }),
    )
    .readonly(),
});
const Numbered = z.strictObject({ id: z.string(), number: z.string() });
const Done = z.strictObject({ id: z.string() });

/** Routes about items, what they are made of and what they cost. */
export const ITEM_ROUTES = {
  listErpItems: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/items`,
    params: ByEntity,
    query: z.strictObject({
      search: text(200).optional(),
      kind: Kind.optional(),
      status: status.optional(),
      itemGroup: text(40).optional(),
      ...sort(['number', 'name']),
      after: text(200).optional(),
      limit: LIMIT,
    }),
    reply: z.strictObject({ items: z.array(Item).readonly(), next: z.string().optional() }),
  },
  nameItems: tells(
    'item-names',
    all(z.strictObject({ id: z.string(), number: z.string(), name: z.string(), unit: z.string() })),
    { ids: IDS },
  ),
  getErpItem: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/items/:id`,
    params: ById,
    reply: z.strictObject({
      item: Item,
      supplierItems: z.array(SupplierItem).readonly(),
      boms: z.array(Bom).readonly(),
      history: z.array(History).readonly(), // Newest first.
    }),
  },
  createErpItem: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/items`,
    params: ByEntity,
    body: NewItem,
    reply: Numbered,
  },
  updateErpItem: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/items/:id`,
    params: ById,
    body: z.strictObject({ version: z.number().int(), set: Change }),
    reply: Changed,
  },
  createItemGroup: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/erp/item-groups',
    body: z.strictObject({
      code: z.string().min(1).max(40),
      name: z.string().min(1).max(200),
      parent: text(40).optional(),
    }),
    reply: z.strictObject({ code: z.string() }),
  },
  addSupplierItem: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/items/:id/supplier-items`,
    params: ById,
    body: NewSupplierItem,
    reply: Done,
  },
  createBom: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/items/:id/boms`,
    params: ById,
    body: NewBom,
    reply: Done,
  },
  findPrice: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/items/:id/price`,
    params: ById,
    query: z.strictObject({
      side: z.enum(['purchase', 'sales']),
      quantity: AmountIn,
      on: DayIn,
      party: text(100).exactOptional(),
      segment: text(50).exactOptional(),
      currency: text(3).exactOptional(),
    }),
    reply: z.strictObject({ price: Price.nullable() }), // Null: nobody set one.
  },
  listAgreements: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/agreements`,
    params: ByEntity,
    query: z.strictObject({
      party: text(100).optional(),
      status: z.enum(['active', 'closed']).optional(),
      number: text(30).optional(), // It begins like this.
      ...sort(['number', 'validFrom']),
      after: text(200).optional(),
      limit: LIMIT,
    }),
    reply: z.strictObject({ items: z.array(Agreement).readonly(), next: z.string().optional() }),
  },
  getAgreement: shows('agreements/:id', Agreement.extend({ history: z.array(History).readonly() })),
  createAgreement: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/agreements`,
    params: ByEntity,
    body: NewAgreement,
    reply: Numbered,
  },
} as const;
