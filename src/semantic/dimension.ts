import type { FactName, JoinName, Localised } from './metric.ts';
import { ORDER_DAYS } from './order-days.ts';

/** What a number can be cut and filtered by. */
export type DimensionName =
  | 'supplier'
  | 'supplier_category'
  | 'supplier_country'
  | 'supplier_region'
  | 'supplier_city'
  | 'supplier_status'
  | 'credit_rating'
  | 'preferred_supplier'
  | 'item'
  | 'item_category'
  | 'item_subcategory'
  | 'item_kind'
  | 'purchase_order'
  | 'order_status'
  | 'order_kind'
  | 'ship_method'
  | 'requester'
  | 'currency'
  | 'unit'
  | 'integration'
  | 'issued_on'
  | 'promised_on'
  | 'shipped_on'
  | 'date';

/**
 * One way to cut. `key` is grouped by and never null. Where a key is not what people read, `shown`
 * says where its label and its record stand, joined after the numbers are made.
 */
export type Dimension = {
  readonly name: DimensionName;
  readonly title: Localised;
  readonly synonyms: { readonly en: readonly string[]; readonly de: readonly string[] };
  readonly kind: 'member' | 'day' | 'date' | 'flag'; // 'day': a day of an order, as a column.
  readonly recordKind?: 'supplier' | 'item' | 'purchase-order';
  readonly join?: JoinName;
  readonly key: Readonly<Partial<Record<FactName, string>>>; // Absent: that fact has no such cut.
  readonly filter?: Readonly<Partial<Record<FactName, string>>>; // Where it differs from the key.
  readonly shown?: { readonly table: string; readonly key: string; readonly label: string };
  readonly memberSql: string; // Rows of value, label, record_id.
};

type Keys = Partial<Record<FactName, string>>;
const both = (sql: string): Keys => ({
  fact_purchase_order: sql,
  fact_purchase_order_line: sql,
});
const line = (sql: string): Keys => ({ fact_purchase_order_line: sql });
const bySupplier = (sql: string): Keys => ({
  ...both(sql),
  dim_supplier: sql,
  dim_supplier_item: sql,
});
const byItem = (sql: string): Keys => ({ ...line(sql), dim_item: sql, dim_supplier_item: sql });
const attribute = (column: string): string => `coalesce(cast(${column} as varchar), 'Unknown')`;
const distinct = (table: string, column: string, condition = 'true'): string =>
  `select distinct ${attribute(column)} as value, ${attribute(column)} as label,` +
  ` cast(null as varchar) as record_id from ${table} where ${condition} order by 1`;

type Attribute = Pick<Dimension, 'name' | 'title' | 'synonyms'> & { readonly column: string };

const ofSupplier = ({ column, ...words }: Attribute): Dimension => ({
  ...words,
  kind: 'member',
  join: 'supplier',
  key: bySupplier(attribute(`supplier.${column}`)),
  memberSql: distinct('dim_supplier', column, 'supplier_key <> -1'),
});
const ofItem = ({ column, ...words }: Attribute): Dimension => ({
  ...words,
  kind: 'member',
  join: 'item',
  key: byItem(attribute(`item.${column}`)),
  memberSql: distinct('dim_item', column, 'item_key <> -1'),
});
const ofOrder = ({ column, ...words }: Attribute): Dimension => ({
  ...words,
  kind: 'member',
  key: both(attribute(`fact.${column}`)),
  memberSql: distinct('fact_purchase_order', column),
});

/** Every way to cut, in the order people look for them. */
export const DIMENSIONS: readonly Dimension[] = [
  {
    name: 'supplier',
    title: { en: 'Supplier', de: 'Lieferant' },
    synonyms: {
      en: ['suppliers', 'vendor', 'vendors', 'creditor', 'seller', 'who we buy from', 'source'],
      de: ['Lieferanten', 'Kreditor', 'Kreditoren', 'Zulieferer', 'Lieferfirma', 'Verkäufer'],
    },
    kind: 'member',
    recordKind: 'supplier',
    join: 'supplier',
    key: bySupplier('fact.supplier_key'),
    filter: bySupplier(attribute('supplier.record_id')),
    shown: { table: 'dim_supplier', key: 'supplier_key', label: 'name' },
    memberSql:
      'select record_id as value, name as label, record_id from dim_supplier' +
      ' where supplier_key <> -1 order by name, record_id',
  },
  ofSupplier({
    name: 'supplier_category',
    column: 'category',
    title: { en: 'Supplier category', de: 'Lieferantenkategorie' },
    synonyms: {
      en: ['vendor category', 'supplier group', 'vendor group', 'supplier type', 'vendor type'],
      de: ['Lieferantengruppe', 'Kreditorengruppe', 'Lieferantenart'],
    },
  }),
  ofSupplier({
    name: 'supplier_country',
    column: 'country',
    title: { en: 'Supplier country', de: 'Land des Lieferanten' },
    synonyms: {
      en: ['country', 'countries', 'vendor country', 'nation', 'country of origin'],
      de: ['Land', 'Länder', 'Lieferantenland', 'Herkunftsland', 'Nation'],
    },
  }),
  ofSupplier({
    name: 'supplier_region',
    column: 'region',
    title: { en: 'Supplier region', de: 'Region des Lieferanten' },
    synonyms: {
      en: ['region', 'regions', 'state', 'states', 'province', 'vendor region', 'vendor state'],
      de: ['Region', 'Regionen', 'Bundesland', 'Bundesstaat', 'Bundesländer', 'Provinz'],
    },
  }),
  ofSupplier({
    name: 'supplier_city',
    column: 'city',
    title: { en: 'Supplier city', de: 'Ort des Lieferanten' },
    synonyms: {
      en: ['city', 'cities', 'town', 'vendor city', 'location'],
      de: ['Ort', 'Stadt', 'Städte', 'Lieferantenort', 'Standort'],
    },
  }),
  ofSupplier({
    name: 'supplier_status',
    column: 'status',
    title: { en: 'Supplier status', de: 'Lieferantenstatus' },
    synonyms: {
      en: ['vendor status', 'status of suppliers'],
      de: ['Kreditorenstatus', 'Status der Lieferanten'],
    },
  }),
  ofSupplier({
    name: 'credit_rating',
    column: 'credit_rating',
    title: { en: 'Credit rating', de: 'Bonität' },
    synonyms: {
      en: ['rating', 'supplier rating', 'vendor rating', 'creditworthiness'],
      de: ['Bonitätsstufe', 'Kreditrating', 'Rating', 'Lieferantenbewertung'],
    },
  }),
  {
    name: 'preferred_supplier',
    title: { en: 'Preferred supplier', de: 'Vorzugslieferant' },
    synonyms: {
      en: ['preferred vendor', 'preferred', 'preferred status', 'preferred and other suppliers'],
      de: ['bevorzugter Lieferant', 'bevorzugte Lieferanten', 'bevorzugt', 'Vorzugslieferanten'],
    },
    kind: 'flag',
    join: 'supplier',
    key: bySupplier("case when supplier.preferred then 'yes' else 'no' end"),
    memberSql:
      "select value, label, cast(null as varchar) as record_id from (values ('yes', 'yes')," +
      " ('no', 'no')) as flags (value, label)",
  },
  {
    name: 'item',
    title: { en: 'Item', de: 'Artikel' },
    synonyms: {
      en: [
        'items',
        'product',
        'products',
        'part',
        'parts',
        'material',
        'materials',
        'article',
        'sku',
        'component',
      ],
      de: ['Artikel', 'Produkt', 'Produkte', 'Teil', 'Teile', 'Material', 'Materialien', 'Ware'],
    },
    kind: 'member',
    recordKind: 'item',
    join: 'item',
    key: byItem('fact.item_key'),
    filter: byItem(attribute('item.record_id')),
    shown: { table: 'dim_item', key: 'item_key', label: 'name' },
    memberSql:
      'select record_id as value, name as label, record_id from dim_item' +
      ' where item_key <> -1 order by name, record_id',
  },
  ofItem({
    name: 'item_category',
    column: 'category',
    title: { en: 'Item category', de: 'Warengruppe' },
    synonyms: {
      en: [
        'category',
        'categories',
        'product category',
        'material group',
        'commodity',
        'item group',
        'product group',
        'product line',
      ],
      de: [
        'Warengruppen',
        'Kategorie',
        'Kategorien',
        'Materialgruppe',
        'Produktgruppe',
        'Produktkategorie',
        'Artikelgruppe',
        'Artikelkategorie',
      ],
    },
  }),
  ofItem({
    name: 'item_subcategory',
    column: 'subcategory',
    title: { en: 'Item subcategory', de: 'Unterwarengruppe' },
    synonyms: {
      en: ['subcategory', 'subcategories', 'product subcategory', 'sub-category', 'item subgroup'],
      de: ['Unterkategorie', 'Unterkategorien', 'Produktunterkategorie', 'Untergruppe'],
    },
  }),
  ofItem({
    name: 'item_kind',
    column: 'kind',
    title: { en: 'Item kind', de: 'Artikelart' },
    synonyms: {
      en: ['item type', 'kind of item', 'product type', 'material type'],
      de: ['Materialart', 'Produktart', 'Art des Artikels'],
    },
  }),
  {
    name: 'purchase_order',
    title: { en: 'Purchase order', de: 'Bestellung' },
    synonyms: {
      en: ['purchase orders', 'po', 'pos', 'order', 'orders', 'po number', 'order number'],
      de: ['Bestellungen', 'Bestellnummer', 'Einkaufsbestellung', 'Auftrag', 'Bestellbeleg'],
    },
    kind: 'member',
    recordKind: 'purchase-order',
    key: both('fact.order_key'),
    filter: both('fact.record_id'),
    shown: { table: 'fact_purchase_order', key: 'order_key', label: 'number' },
    memberSql:
      'select record_id as value, number as label, record_id from fact_purchase_order' +
      ' order by number, record_id',
  },
  {
    name: 'order_status',
    title: { en: 'Order status', de: 'Bestellstatus' },
    synonyms: {
      en: ['status', 'po status', 'state', 'stage', 'order state', 'approval status'],
      de: ['Status', 'Auftragsstatus', 'Stand', 'Freigabestatus', 'Bestellstand'],
    },
    kind: 'member',
    key: { fact_purchase_order: 'fact.status', fact_purchase_order_line: 'fact.order_status' },
    memberSql: distinct('fact_purchase_order', 'status'),
  },
  {
    name: 'order_kind',
    title: { en: 'Order kind', de: 'Bestellart' },
    synonyms: {
      en: ['order type', 'po type', 'kind of order', 'document type'],
      de: ['Belegart', 'Auftragsart', 'Art der Bestellung'],
    },
    kind: 'member',
    key: { fact_purchase_order: 'fact.kind', fact_purchase_order_line: 'fact.order_kind' },
    memberSql: distinct('fact_purchase_order', 'kind'),
  },
  ofOrder({
    name: 'ship_method',
    column: 'ship_method',
    title: { en: 'Ship method', de: 'Versandart' },
    synonyms: {
      en: [
        'shipping method',
        'carrier',
        'carriers',
        'shipment method',
        'freight carrier',
        'delivery method',
        'mode of transport',
      ],
      de: [
        'Versandarten',
        'Lieferart',
        'Spediteur',
        'Frachtführer',
        'Transportart',
        'Versandmethode',
      ],
    },
  }),
  ofOrder({
    name: 'requester',
    column: 'requester',
    title: { en: 'Requester', de: 'Anforderer' },
    synonyms: {
      en: [
        'buyer',
        'buyers',
        'employee',
        'employees',
        'requested by',
        'ordered by',
        'purchasing agent',
        'person',
      ],
      de: [
        'Einkäufer',
        'Besteller',
        'Mitarbeiter',
        'Bedarfsträger',
        'bestellt von',
        'Sachbearbeiter',
      ],
    },
  }),
  {
    name: 'currency',
    title: { en: 'Currency', de: 'Währung' },
    synonyms: {
      en: ['currencies', 'order currency', 'document currency'],
      de: ['Währungen', 'Belegwährung', 'Bestellwährung'],
    },
    kind: 'member',
    key: { ...both(attribute('fact.currency')), dim_supplier_item: attribute('fact.currency') },
    memberSql: distinct('fact_purchase_order', 'currency'),
  },
  {
    name: 'unit',
    title: { en: 'Unit', de: 'Einheit' },
    synonyms: {
      en: ['unit of measure', 'uom', 'units of measure'],
      de: ['Mengeneinheit', 'Maßeinheit', 'Einheiten'],
    },
    kind: 'member',
    key: line(attribute('fact.unit')),
    memberSql: distinct('fact_purchase_order_line', 'unit'),
  },
  ofOrder({
    name: 'integration',
    column: 'integration',
    title: { en: 'Source system', de: 'Quellsystem' },
    synonyms: {
      en: ['integration', 'source system', 'erp', 'system'],
      de: ['Integration', 'Quelle', 'ERP', 'Vorsystem'],
    },
  }),
  ...ORDER_DAYS,
  {
    name: 'date',
    title: { en: 'Date', de: 'Datum' },
    synonyms: {
      en: ['time', 'over time', 'trend', 'timeline', 'development', 'history'],
      de: ['Zeit', 'Zeitverlauf', 'Verlauf', 'Entwicklung', 'Trend', 'im Lauf der Zeit'],
    },
    kind: 'date',
    key: both('bucket.day'), // Or the first day of the grain asked.
    memberSql:
      'select cast(null as varchar) as value, cast(null as varchar) as label,' +
      ' cast(null as varchar) as record_id where false',
  },
];

/** The dimension of that name. Undefined: there is none. */
export const findDimension = (name: string): Dimension | undefined =>
  DIMENSIONS.find((dimension) => dimension.name === name);
