/** Finds what a payload names by key or code among Tryton's own records. */
import type { JsonObject } from '#kernel';
import { parseDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { asObject } from '../rpc.ts';
import { fitsFloat, float, id, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { CannotBook, rowOf, search } from './desk.ts';
import type { Desk } from './desk.ts';
import { symbolOf } from './units.ts';

/** The id of a unit of measure. */
export async function unitId(desk: Desk, unit: string, field: string): Promise<Sent> {
  const symbol = symbolOf(unit);
  const domain: Sent = ['OR', ['symbol', '=', symbol], ['name', '=', unit]];
  const [found] = await search(desk, 'product.uom', domain, ['symbol']);
  if (found !== undefined) return id(textOf(found['id']));
  throw new CannotBook('invalid', `Tryton has no unit '${unit}'`, field);
}

export async function currencyId(desk: Desk, code: string): Promise<Sent> {
  const [found] = await search(desk, 'currency.currency', [['code', '=', code]], ['code']);
  if (found !== undefined) return id(textOf(found['id']));
  throw new CannotBook('invalid', `Tryton has no currency '${code}'`, 'currency');
}

/** A quantity as Tryton keeps it: a double. One with more digits than that holds is refused. */
export function quantityOf(value: Decimal, field: string): Sent {
  if (fitsFloat(value)) return float(value);
  throw new CannotBook('invalid', 'Tryton keeps quantities to 15 digits', field);
}

/** A party we buy from, with what a document of it needs. */
export type Supplier = {
  readonly id: Sent;
  readonly invoiceAddress: Sent; // Null: it has none, and Tryton will say so where it matters.
  readonly paymentTerm: Sent;
  readonly location: Sent;
};

export async function supplierOf(desk: Desk, key: string): Promise<Supplier> {
  const fields = ['supplier_payment_term', 'supplier_location'];
  const what = { fields, name: 'party', field: 'supplier' };
  const party = await rowOf(desk, 'party.party', key, what);
  const addresses = await search(
    desk,
    'party.address',
    [
      ['party', '=', id(key)],
      ['active', '=', true],
    ],
    ['invoice'],
  );
  const chosen = addresses.find((address) => address['invoice'] === true) ?? addresses[0];
  return {
    id: id(key),
    invoiceAddress: idOrNull(chosen?.['id']),
    paymentTerm: idOrNull(party['supplier_payment_term']),
    location: idOrNull(party['supplier_location']),
  };
}

/** A warehouse with the places that documents move goods between. */
export type Warehouse = {
  readonly id: Sent;
  readonly input: Sent;
  readonly storage: Sent;
  readonly production: Sent;
};

export async function warehouseOf(desk: Desk, key: string, field: string): Promise<Warehouse> {
  const fields = ['type', 'input_location', 'storage_location', 'production_location'];
  const row = await rowOf(desk, 'stock.location', key, { fields, name: 'warehouse', field });
  if (row['type'] !== 'warehouse') {
    throw new CannotBook('invalid', `location '${key}' is no warehouse`, field);
  }
  return {
    id: id(key),
    input: idOrNull(row['input_location']),
    storage: idOrNull(row['storage_location']),
    production: idOrNull(row['production_location']),
  };
}

/** The warehouse of a document that names none: the settings' one, or the only one. */
export async function defaultWarehouse(desk: Desk): Promise<Sent> {
  if (desk.settings.warehouse !== undefined) return id(desk.settings.warehouse);
  const found = await search(desk, 'stock.location', [['type', '=', 'warehouse']], ['name']);
  const [only] = found;
  if (only !== undefined && found.length === 1) return id(textOf(only['id']));
  throw new CannotBook('invalid', 'Say which warehouse: Tryton has several, or none', 'warehouse');
}

/** A spot within a warehouse, by code or name; absent: its storage. */
export async function locationOf(
  desk: Desk,
  warehouse: Warehouse,
  spot: string | undefined,
): Promise<Sent> {
  if (spot === undefined) return warehouse.storage;
  const domain: Sent = [
    ['parent', 'child_of', [warehouse.id], 'parent'],
    ['type', '=', 'storage'],
    ['OR', ['code', '=', spot], ['name', '=', spot]],
  ];
  const [found] = await search(desk, 'stock.location', domain, ['name']);
  if (found !== undefined) return id(textOf(found['id']));
  throw new CannotBook('invalid', `the warehouse has no location '${spot}'`, 'location');
}

/** An item as it is bought. */
export type Product = {
  readonly id: Sent;
  readonly name: string;
  readonly taxes: readonly Sent[];
  readonly category: string; // The one its accounts come from; empty: none.
};

export async function productOf(desk: Desk, key: string, field: string): Promise<Product> {
  const fields = ['name', 'account_category', 'account_category.supplier_taxes_used'];
  const row = await rowOf(desk, 'product.product', key, { fields, name: 'product', field });
  const category = asObject(row['account_category'] ?? null);
  const taxes = category['supplier_taxes_used'];
  return {
    id: id(key),
    name: textOf(row['name']),
    taxes: Array.isArray(taxes) ? taxes.map((tax) => id(textOf(tax))) : [],
    category: textOf(category['id']),
  };
}

/** A field that points at one record: its id, or null. */
export const idOrNull = (value: JsonObject[string]): Sent => {
  const key = textOf(value);
  return key === '' ? null : id(key);
};

/** A quantity that Tryton stated. */
export function decimalFrom(row: JsonObject, field: string): Decimal {
  const value = parseDecimal(textOf(row[field]));
  if (value === undefined) throw new CannotBook('invalid', `Tryton states no ${field}`, field);
  return value;
}
