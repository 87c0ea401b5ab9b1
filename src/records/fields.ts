import type { RecordKind } from '#canonical';
import { sql } from '#database';
import { parseDecimal } from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';
import { badQuestion } from './errors.ts';

type FieldType = 'text' | 'decimal' | 'date' | 'boolean';
type Field = {
  readonly type: FieldType;
  readonly path: readonly string[];
  readonly column?: string; // A column of its own, with an index: see migration 0003.
  readonly always?: boolean; // Every record of the kind has it.
};
type Fragment = ReturnType<typeof sql<unknown>>;

const at = (type: FieldType, ...path: readonly string[]): Field => ({ type, path });
const text = (...names: readonly string[]): Record<string, Field> =>
  Object.fromEntries(names.map((name) => [name, at('text', name)]));
const decimals = (...names: readonly string[]): Record<string, Field> =>
  Object.fromEntries(names.map((name) => [name, at('decimal', name)]));
const dates = (...names: readonly string[]): Record<string, Field> =>
  Object.fromEntries(names.map((name) => [name, at('date', name)]));

/** The fields one may filter and sort by. Names outside this list never reach SQL. */
const FIELDS: Readonly<Record<RecordKind, Readonly<Record<string, Field>>>> = {
  supplier: {
    ...text('number', 'name', 'status', 'currency', 'category', 'country', 'region', 'city'),
    ...text('paymentTerms', 'creditRating', 'website'),
    preferred: at('boolean', 'preferred'),
  },
  item: {
    ...text('number', 'name', 'kind', 'status', 'baseUnit'),
    category: at('text', 'categoryPath', '0'),
    subcategory: at('text', 'categoryPath', '1'),
    standardCost: at('decimal', 'standardCost', 'amount'),
    listPrice: at('decimal', 'listPrice', 'amount'),
    ...decimals('safetyStock', 'reorderPoint', 'leadTimeDays'),
  },
  'purchase-order': {
    ...text('kind', 'sourceStatus', 'currency', 'shipMethod'),
    ...decimals('taxAmount', 'freightAmount', 'grossAmount'),
    number: { ...at('text', 'number'), column: 'number', always: true },
    supplier: { ...at('text', 'supplier'), column: 'supplier', always: true },
    status: { ...at('text', 'status'), column: 'status', always: true },
    issuedOn: { ...at('date', 'issuedOn'), column: 'issued_on', always: true },
    shippedOn: { ...at('date', 'shippedOn'), column: 'shipped_on' },
    requester: { ...at('text', 'requester'), column: 'requester' },
    netAmount: { ...at('decimal', 'netAmount'), column: 'net_amount', always: true },
  },
  currency: text('code', 'name'),
  'exchange-rate': { ...text('from', 'to', 'type'), ...dates('validOn'), ...decimals('rate') },
  warehouse: text('code', 'name', 'kind', 'status', 'country', 'city'),
  'goods-receipt': {
    ...text('number', 'status', 'sourceStatus', 'supplier', 'warehouse', 'deliveryNote'),
    ...dates('receivedOn', 'postedOn'),
  },
  'supplier-invoice': {
    ...text('number', 'ourNumber', 'kind', 'status', 'sourceStatus', 'supplier', 'currency'),
    ...text('matchStatus'),
    ...dates('issuedOn', 'receivedOn', 'postedOn', 'dueOn'),
    ...decimals('netAmount', 'taxAmount', 'grossAmount', 'openAmount'),
  },
  'shipment-notice': {
    ...text('number', 'direction', 'status', 'sourceStatus', 'supplier', 'warehouse'),
    ...text('carrier', 'tracking'),
    ...dates('shippedOn', 'expectedOn'),
  },
  'stock-movement': {
    ...text('number', 'kind', 'status', 'sourceStatus', 'item', 'warehouse', 'location'),
    ...text('toWarehouse', 'toLocation', 'batch', 'document'),
    ...dates('movedOn', 'postedOn'),
    quantity: at('decimal', 'quantity', 'value'),
    unit: at('text', 'quantity', 'unit'),
  },
  'stock-balance': {
    ...text('item', 'warehouse', 'location', 'batch', 'status'),
    quantity: at('decimal', 'quantity', 'value'),
    unit: at('text', 'quantity', 'unit'),
    value: at('decimal', 'value', 'amount'),
    ...dates('asOf'),
  },
  'stock-count': {
    ...text('number', 'status', 'sourceStatus', 'warehouse', 'location'),
    ...dates('countedOn'),
  },
  'work-order': {
    ...text('number', 'status', 'sourceStatus', 'item', 'warehouse', 'costCentre', 'salesOrder'),
    quantity: at('decimal', 'quantity', 'value'),
    unit: at('text', 'quantity', 'unit'),
    ...decimals('completed'),
    ...dates('plannedStartOn', 'plannedEndOn', 'actualStartOn', 'actualEndOn'),
  },
  customer: {
    ...text('number', 'name', 'status', 'currency', 'segment', 'category', 'country', 'region'),
    ...text('city', 'salesperson', 'paymentTerms'),
    creditLimit: at('decimal', 'creditLimit', 'amount'),
  },
  'sales-order': {
    ...text('number', 'status', 'sourceStatus', 'customer', 'currency', 'salesperson', 'channel'),
    ...text('customerReference', 'paymentTerms'),
    ...dates('issuedOn', 'requestedOn'),
    ...decimals('netAmount'),
  },
  delivery: {
    ...text('number', 'kind', 'status', 'sourceStatus', 'customer', 'carrier', 'tracking'),
    ...dates('shippedOn', 'postedOn', 'deliveredOn'),
  },
  'customer-invoice': {
    ...text('number', 'kind', 'status', 'sourceStatus', 'customer', 'currency', 'paymentTerms'),
    ...text('customerReference'),
    ...dates('issuedOn', 'postedOn', 'dueOn'),
    ...decimals('netAmount', 'taxAmount', 'grossAmount', 'openAmount'),
  },
  'journal-entry': {
    ...text('number', 'kind', 'status', 'legalEntity', 'ledger', 'period', 'currency', 'text'),
    ...text('reference', 'createdBy'),
    ...dates('postedOn', 'documentOn'),
  },
};

/** The fields a search box looks into. A supplier's name finds its purchase orders as well. */
const SEARCHED: Readonly<Record<RecordKind, readonly string[]>> = {
  supplier: ['number', 'name', 'city', 'category'],
  item: ['number', 'name', 'category', 'subcategory'],
  'purchase-order': ['number', 'requester', 'shipMethod'], // As in the column `searched`.
  currency: ['code', 'name'],
  'exchange-rate': ['from', 'to'],
  warehouse: ['code', 'name', 'city'],
  'goods-receipt': ['number', 'deliveryNote'],
  'supplier-invoice': ['number', 'ourNumber'],
  'shipment-notice': ['number', 'carrier', 'tracking'],
  'stock-movement': ['number', 'document', 'batch'],
  'stock-balance': ['location', 'batch'],
  'stock-count': ['number', 'location'],
  'work-order': ['number', 'costCentre', 'salesOrder'],
  customer: ['number', 'name', 'city', 'segment'],
  'sales-order': ['number', 'customerReference', 'salesperson'],
  delivery: ['number', 'carrier', 'tracking'],
  'customer-invoice': ['number', 'customerReference'],
  'journal-entry': ['number', 'text', 'reference'],
};

/** One condition on one field. `from` and `to` include their bound. */
export type Filter = {
  readonly field: string;
  readonly op: 'is' | 'in' | 'from' | 'to' | 'contains';
  readonly values: readonly string[];
};

/** The field as an order: numbers by value, text in natural order, what is missing last. */
export function orderBy(kind: RecordKind, name: string, direction: 'asc' | 'desc'): Fragment {
  const field = name === 'key' ? undefined : fieldOf(kind, name);
  const descends = direction === 'desc';
  if (field?.always === true) {
    // Nothing is missing: the other direction is the same index read backwards.
    return descends ? sql`${sorted(field)} desc, id desc` : sql`${sorted(field)}, id`;
  }
  const value = field === undefined ? sql`key collate records.natural_order` : sorted(field);
  return descends ? sql`${value} desc nulls last, id` : sql`${value} asc nulls last, id`;
}

function sorted(field: Field): Fragment {
  if (field.column !== undefined) return raw(field);
  if (field.type === 'decimal') return sql`(${raw(field)})::numeric`;
  if (field.type === 'text') return sql`(${raw(field)}) collate records.natural_order`;
  return raw(field);
}

/** The field as text, or the record's key. */
export function textOf(kind: RecordKind, name: string): Fragment {
  return name === 'key' ? sql`key` : raw(fieldOf(kind, name));
}

/** A filter as SQL. Fails with `records.bad-value` when its value is no value of the field. */
export function conditionOf(kind: RecordKind, filter: Filter): Fragment {
  if (kind === 'purchase-order' && filter.field === 'item') return hasLineOf(filter.values);
  const field = filter.field === 'key' ? at('text') : fieldOf(kind, filter.field);
  for (const value of filter.values) checkValue(filter, field, value);
  const column = textOf(kind, filter.field);
  const [first = ''] = filter.values;
  const numeric = field.type === 'decimal';
  switch (filter.op) {
    case 'is':
    case 'in':
      return numeric
        ? sql`(${column})::numeric = any(${[...filter.values]}::numeric[])`
        : sql`${column} = any(${[...filter.values]}::text[])`;
    case 'from':
      return numeric ? sql`(${column})::numeric >= ${first}::numeric` : sql`${column} >= ${first}`;
    case 'to':
      return numeric ? sql`(${column})::numeric <= ${first}::numeric` : sql`${column} <= ${first}`;
    case 'contains':
      return sql`${column} ilike ${likeOf(first)}`;
  }
}

/**
 * Orders with a line of one of these items; an item is named by its key in the source. As an array
 * of ids, so that the index on items is read first, however common PostgreSQL takes the item for.
 */
const hasLineOf = (items: readonly string[]): Fragment =>
  sql`id = any(array(select id from records.record where kind = 'purchase-order'
    and jsonb_path_query_array(content, '$.lines[*].item') ?| ${[...items]}::text[]))`;

/** Records whose searched fields contain every word. */
export function searchOf(kind: RecordKind, search: string): readonly Fragment[] {
  const words = search.split(/\s+/).filter((word) => word !== '');
  return words.slice(0, 10).map((word) => {
    const pattern = likeOf(word);
    if (kind === 'purchase-order') {
      return sql`(searched like lower(${pattern}) or (integration, supplier) in (
        select integration, key from records.record
        where kind = 'supplier' and content ->> 'name' ilike ${pattern}))`;
    }
    const places = SEARCHED[kind].map((name) => sql`${textOf(kind, name)} ilike ${pattern}`);
    return sql`(${sql.join(places, sql` or `)})`;
  });
}

function fieldOf(kind: RecordKind, name: string): Field {
  const field = Object.hasOwn(FIELDS[kind], name) ? FIELDS[kind][name] : undefined;
  if (field !== undefined) return field;
  throw badQuestion(
    'records.unknown-field',
    `reading ${kind} records by '${name}'`,
    `Use one of: key, ${Object.keys(FIELDS[kind]).join(', ')}.`,
  );
}

function raw(field: Field): Fragment {
  if (field.column !== undefined) return sql.ref(field.column);
  const [only, ...rest] = field.path;
  if (rest.length === 0) return sql`content ->> ${sql.lit(only ?? '')}`;
  return sql`content #>> ${sql.lit(`{${field.path.join(',')}}`)}`;
}

function checkValue(filter: Filter, field: Field, value: string): void {
  const wellFormed =
    filter.op === 'contains' ||
    field.type === 'text' ||
    (field.type === 'decimal' && parseDecimal(value) !== undefined) ||
    (field.type === 'date' && parseLocalDate(value) !== undefined) ||
    (field.type === 'boolean' && (value === 'true' || value === 'false'));
  if (wellFormed) return;
  const wanted = {
    text: 'text',
    decimal: 'a plain number such as 1200.50',
    date: 'a day such as 2025-01-31',
    boolean: 'true or false',
  };
  throw badQuestion(
    'records.bad-value',
    `filtering by ${filter.field} with '${value.slice(0, 100)}'`,
    `Give ${wanted[field.type]}.`,
  );
}

function likeOf(part: string): string {
  return `%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}
