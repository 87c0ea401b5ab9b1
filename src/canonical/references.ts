import type { CanonicalRecord, RecordKind } from './record-kind.ts';

/** One pointer of a content: where it stands, and the record it means by its key in the source. */
type Reference = { readonly field: string; readonly kind: RecordKind; readonly key: string };

/** The fields of a header or a line that point, each with the kind it means. */
const POINTERS = [
  ['supplier', 'supplier'],
  ['warehouse', 'warehouse'],
  ['toWarehouse', 'warehouse'],
  ['item', 'item'],
  ['order', 'purchase-order'],
  ['receipt', 'goods-receipt'],
] as const satisfies readonly (readonly [string, RecordKind])[];

/** The same on the side of sales: there an order is a sales order. */
const SALES_POINTERS = [
  ['customer', 'customer'],
  ['warehouse', 'warehouse'],
  ['item', 'item'],
  ['order', 'sales-order'],
  ['delivery', 'delivery'],
  ['invoice', 'customer-invoice'],
] as const satisfies readonly (readonly [string, RecordKind])[];

type Pointers = readonly (readonly [Name, RecordKind])[];
type Name = (typeof POINTERS)[number][0] | (typeof SALES_POINTERS)[number][0];
type Pointing = { readonly [Each in Name]?: string | undefined };

/** The records of the same integration that a content points at. */
export function referencesOf(record: CanonicalRecord): readonly Reference[] {
  switch (record.kind) {
    case 'item':
      return inEach('supplierItems', record.content.supplierItems);
    case 'purchase-order':
    case 'supplier-invoice':
    case 'shipment-notice':
    case 'stock-count':
      return [...pointersOf(record.content), ...inEach('lines', record.content.lines)];
    case 'goods-receipt': {
      const { content } = record;
      return [
        ...pointersOf(content),
        ...reversed('goods-receipt', content.reversalOf),
        ...inEach('lines', content.lines),
      ];
    }
    case 'stock-movement': {
      const { content } = record;
      return [...pointersOf(content), ...reversed('stock-movement', content.reversalOf)];
    }
    case 'stock-balance':
      return pointersOf(record.content);
    case 'work-order': {
      const { content } = record;
      return [
        ...pointersOf(content),
        ...inEach('operations', content.operations ?? []),
        ...inEach('components', content.components ?? []),
      ];
    }
    case 'sales-order':
    case 'customer-invoice': {
      const { content } = record;
      return [
        ...pointersOf(content, SALES_POINTERS),
        ...inEach('lines', content.lines, SALES_POINTERS),
      ];
    }
    case 'delivery': {
      const { content } = record;
      return [
        ...pointersOf(content, SALES_POINTERS),
        ...reversed('delivery', content.reversalOf),
        ...inEach('lines', content.lines, SALES_POINTERS),
      ];
    }
    case 'journal-entry': {
      const { content } = record;
      return [...reversed('journal-entry', content.reversalOf), ...inEach('lines', content.lines)];
    }
    case 'customer':
    case 'supplier':
    case 'warehouse':
    case 'currency':
    case 'exchange-rate':
      return [];
  }
}

/** Adds up in a loop: it is asked for each line of each document that comes in. */
function addPointers(
  into: Reference[],
  prefix: string,
  part: Pointing,
  pointers: Pointers,
): Reference[] {
  for (const [name, kind] of pointers) {
    const key = part[name];
    if (key !== undefined) into.push({ field: `${prefix}${name}`, kind, key });
  }
  return into;
}

const pointersOf = (part: Pointing, pointers: Pointers = POINTERS): readonly Reference[] =>
  addPointers([], '', part, pointers);

function inEach(
  name: string,
  parts: readonly Pointing[],
  pointers: Pointers = POINTERS,
): readonly Reference[] {
  const found: Reference[] = [];
  for (const [at, part] of parts.entries()) {
    addPointers(found, `${name}.${at}.`, part, pointers);
  }
  return found;
}

const reversed = (kind: RecordKind, key: string | undefined): readonly Reference[] =>
  key === undefined ? [] : [{ field: 'reversalOf', kind, key }];
