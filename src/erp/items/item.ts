import { refuse } from '#erp/company';
import type { Refusal } from '#erp/company';
import { sql } from '#database';
import { parseCurrency } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Instant } from '#kernel/time';
import type { ItemsProblemCode } from './errors.ts';
import type { UnitFactor } from './unit-conversion.ts';

export type ItemKind = 'stock' | 'service' | 'subassembly' | 'raw' | 'finished' | 'tool';

/** How what is left of an item is valued. */
export type Costing = 'moving-average' | 'fifo' | 'standard';

/** What somebody says of an item. */
export type ItemFields = {
  readonly name: string;
  readonly kind: ItemKind;
  readonly status: 'active' | 'inactive';
  readonly baseUnit: string; // UN/ECE Recommendation 20.
  readonly units: readonly UnitFactor[]; // Other units it is counted in.
  readonly itemGroup: string | undefined;
  readonly costing: Costing;
  readonly standardCost: Decimal | undefined; // Company currency, per base unit.
  readonly listPrice: Decimal | undefined;
  readonly listCurrency: string | undefined;
  readonly taxCode: string | undefined;
  readonly gtin: string | undefined;
  readonly batchManaged: boolean;
  readonly serialManaged: boolean;
  readonly shelfLifeDays: number | undefined;
  readonly leadTimeDays: number | undefined;
  readonly safetyStock: Decimal | undefined;
  readonly reorderPoint: Decimal | undefined;
  readonly minOrderQuantity: Decimal | undefined;
};

/** A thing bought, made, kept or sold. */
export type Item = ItemFields & {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly changedBy: string;
  readonly changedAt: Instant;
};

/** An item as it is asked for; without a number it takes the next of the series 'ITEM'. */
export type ItemDraft = Partial<ItemFields> &
  Pick<ItemFields, 'name' | 'kind' | 'baseUnit'> & { readonly number?: string };

/** What a new item is when nobody says otherwise. */
export const ITEM_DEFAULTS: Omit<ItemFields, 'name' | 'kind' | 'baseUnit'> = {
  status: 'active',
  units: [],
  itemGroup: undefined,
  costing: 'moving-average',
  standardCost: undefined,
  listPrice: undefined,
  listCurrency: undefined,
  taxCode: undefined,
  gtin: undefined,
  batchManaged: false,
  serialManaged: false,
  shelfLifeDays: undefined,
  leadTimeDays: undefined,
  safetyStock: undefined,
  reorderPoint: undefined,
  minOrderQuantity: undefined,
};

/** An item's columns, with the types they are written as. */
export const ITEM_COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  name: 'text',
  kind: 'text',
  status: 'text',
  base_unit: 'text',
  units: 'jsonb',
  item_group: 'text',
  costing: 'text',
  standard_cost: 'numeric',
  list_price: 'numeric',
  list_currency: 'text',
  tax_code: 'text',
  gtin: 'text',
  batch_managed: 'boolean',
  serial_managed: 'boolean',
  shelf_life_days: 'integer',
  lead_time_days: 'integer',
  safety_stock: 'numeric',
  reorder_point: 'numeric',
  min_order_quantity: 'numeric',
} as const;

/** What is read of `erp_items.item i`. */
export const ITEM_SELECT = sql`i.id, i.legal_entity, i.number, i.version, i.name, i.kind, i.status,
  i.base_unit, i.units, i.item_group, i.costing, i.standard_cost, i.list_price, i.list_currency,
  i.tax_code, i.gtin, i.batch_managed, i.serial_managed, i.shelf_life_days, i.lead_time_days,
  i.safety_stock, i.reorder_point, i.min_order_quantity, i.created_by, i.created_at,
  i.changed_by, i.changed_at`;

/** A row of `erp_items.item`. */
export type ItemRow = {
  readonly id: string;
  readonly legal_entity: string;
  readonly number: string;
  readonly version: number;
  readonly name: string;
  readonly kind: ItemKind;
  readonly status: 'active' | 'inactive';
  readonly base_unit: string;
  readonly units: readonly UnitFactor[];
  readonly item_group: string | null;
  readonly costing: Costing;
  readonly standard_cost: Decimal | null;
  readonly list_price: Decimal | null;
  readonly list_currency: string | null;
  readonly tax_code: string | null;
  readonly gtin: string | null;
  readonly batch_managed: boolean;
  readonly serial_managed: boolean;
  readonly shelf_life_days: number | null;
  readonly lead_time_days: number | null;
  readonly safety_stock: Decimal | null;
  readonly reorder_point: Decimal | null;
  readonly min_order_quantity: Decimal | null;
  readonly created_by: string;
  readonly created_at: Instant;
  readonly changed_by: string;
  readonly changed_at: Instant;
};

/** An item as it stands in the database. */
export const itemOf = (row: ItemRow): Item => ({
  id: row.id,
  legalEntity: row.legal_entity,
  number: row.number,
  version: row.version,
  name: row.name,
  kind: row.kind,
  status: row.status,
  baseUnit: row.base_unit,
  units: row.units,
  itemGroup: row.item_group ?? undefined,
  costing: row.costing,
  standardCost: row.standard_cost ?? undefined,
  listPrice: row.list_price ?? undefined,
  listCurrency: row.list_currency ?? undefined,
  taxCode: row.tax_code ?? undefined,
  gtin: row.gtin ?? undefined,
  batchManaged: row.batch_managed,
  serialManaged: row.serial_managed,
  shelfLifeDays: row.shelf_life_days ?? undefined,
  leadTimeDays: row.lead_time_days ?? undefined,
  safetyStock: row.safety_stock ?? undefined,
  reorderPoint: row.reorder_point ?? undefined,
  minOrderQuantity: row.min_order_quantity ?? undefined,
  createdBy: row.created_by,
  createdAt: row.created_at,
  changedBy: row.changed_by,
  changedAt: row.changed_at,
});

/** An item's fields as a row to write. */
export const itemRowOf = (
  item: ItemFields & Pick<Item, 'id' | 'legalEntity' | 'number'>,
): Record<keyof typeof ITEM_COLUMNS, string | number | boolean | undefined> => ({
  id: item.id,
  legal_entity: item.legalEntity,
  number: item.number,
  name: item.name.trim(),
  kind: item.kind,
  status: item.status,
  base_unit: item.baseUnit,
  units: JSON.stringify(item.units),
  item_group: item.itemGroup,
  costing: item.costing,
  standard_cost: item.standardCost,
  list_price: item.listPrice,
  list_currency: item.listCurrency,
  tax_code: item.taxCode,
  gtin: item.gtin,
  batch_managed: item.batchManaged,
  serial_managed: item.serialManaged,
  shelf_life_days: item.shelfLifeDays,
  lead_time_days: item.leadTimeDays,
  safety_stock: item.safetyStock,
  reorder_point: item.reorderPoint,
  min_order_quantity: item.minOrderQuantity,
});

const ZERO = decimal('0');

/** What is wrong with an item's fields. Undefined: nothing. */
export function itemProblem(
  item: ItemFields,
  groups: ReadonlySet<string>,
): Refusal<ItemsProblemCode> | undefined {
  const { itemGroup, units, baseUnit } = item;
  if (itemGroup !== undefined && !groups.has(itemGroup)) {
    return refuse('items.unknown-group', `there is no item group ${itemGroup}`, 'itemGroup');
  }
  const names = [baseUnit, ...units.map(({ unit }) => unit)];
  const checks: readonly (readonly [boolean, string, string])[] = [
    [item.name.trim() !== '', 'name', 'is empty'],
    [baseUnit !== '', 'baseUnit', 'is empty'],
    [new Set(names).size === names.length, 'units', 'say a unit twice'],
    [units.every(isFactor), 'units', 'have factors that are not whole and positive'],
    [
      item.listPrice === undefined ||
        (item.listCurrency !== undefined && parseCurrency(item.listCurrency) !== undefined),
      'listCurrency',
      'is no currency',
    ],
    [item.listPrice !== undefined || item.listCurrency === undefined, 'listPrice', 'is missing'],
    [item.costing !== 'standard' || item.standardCost !== undefined, 'standardCost', 'is missing'],
    [
      item.kind !== 'service' || !(item.batchManaged || item.serialManaged),
      'kind',
      'is a service: it has no batches or serial numbers',
    ],
    ...amountsOf(item),
    ...daysOf(item),
  ];
  const failed = checks.find(([right]) => !right);
  if (failed === undefined) return undefined;
  const [, field, why] = failed;
  return refuse('items.invalid', `the item's ${field} ${why}`, field);
}

const isFactor = ({ numerator, denominator, unit }: UnitFactor): boolean =>
  unit !== '' && /^[1-9]\d{0,17}$/.test(numerator) && /^[1-9]\d{0,17}$/.test(denominator);

type Check = readonly [boolean, string, string];

function amountsOf(item: ItemFields): Check[] {
  const { standardCost, listPrice, safetyStock, reorderPoint, minOrderQuantity } = item;
  const amounts = { standardCost, listPrice, safetyStock, reorderPoint };
  return [
    ...Object.entries(amounts).map(
      ([field, amount]): Check => [
        amount === undefined || compareDecimals(amount, ZERO) >= 0,
        field,
        'is negative',
      ],
    ),
    [
      minOrderQuantity === undefined || compareDecimals(minOrderQuantity, ZERO) > 0,
      'minOrderQuantity',
      'is not positive',
    ],
  ];
}

const daysOf = ({ shelfLifeDays, leadTimeDays }: ItemFields): Check[] => [
  [shelfLifeDays === undefined || isCount(shelfLifeDays, 1), 'shelfLifeDays', 'is no day count'],
  [leadTimeDays === undefined || isCount(leadTimeDays, 0), 'leadTimeDays', 'is no day count'],
];

const isCount = (days: number, min: number): boolean =>
  Number.isInteger(days) && days >= min && days < 36_500;
