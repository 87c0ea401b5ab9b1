import { available, listCounts, listMovements, listWarehouses } from '#erp/inventory';
import type { Availability } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import { allocateMoney } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Found, Reader } from '../gate.ts';
import { documentOf, plain } from './plain.ts';

const ZERO = decimal('0');

/** Warehouses of the legal entity, with their locations. */
export const readWarehouses: Reader = async (handle, keys, { code }) => {
  const asked = new Set(keys);
  const own = await listWarehouses(handle, code);
  return own
    .filter(({ id }) => asked.has(id))
    .map((warehouse) => ({ of: warehouse.id, documents: [documentOf(warehouse, warehouse)] }));
};

/** What moved, in the item's base unit. */
export const readMovements: Reader = async (handle, keys, { code, currency }) => {
  const ids = [...keys];
  const moved = await listMovements(handle, { legalEntity: code, ids, limit: ids.length });
  const items = await itemFacts(
    handle,
    moved.map(({ item }) => item),
  );
  return moved.map((movement) => {
    const unit = items.get(movement.item)?.baseUnit;
    const { location, batch, owner, ...rest } = movement;
    const named = {
      location: location === '' ? null : location,
      batch: batch === '' ? null : batch,
      owner: owner === '' ? null : owner,
    };
    const content = { ...rest, ...named, unit, currency };
    return { of: movement.id, documents: [documentOf({ id: movement.id }, content)] };
  });
};

/** How much of an item is in a warehouse: one document for each status that there ever was. */
export const readBalances: Reader = async (handle, keys, { code, currency }) => {
  const asks = keys.map((key) => {
    const [item = '', warehouse = ''] = key.split('~');
    return { key, item, warehouse };
  });
  const own = new Set((await listWarehouses(handle, code)).map(({ id }) => id));
  const items = await itemFacts(
    handle,
    asks.map(({ item }) => item),
  );
  const found = await available(handle, asks);
  return asks.flatMap(({ key, item, warehouse }, at): Found[] => {
    const position = found[at];
    if (position === undefined) return [];
    if (!own.has(warehouse)) return [{ of: key, documents: [] }];
    const values = valuesOf(position, currency);
    const unit = items.get(item)?.baseUnit;
    const documents = Object.entries(position.byStatus).map(([status, quantity]) => ({
      key: `${key}~${status}`,
      content: plain({
        item,
        warehouse,
        status,
        quantity,
        unit,
        currency,
        value: values.get(status) ?? ZERO,
        reserved: status === 'free' ? position.reserved : undefined,
      }),
    }));
    return [{ of: key, documents }];
  });
};

/**
 * A position has one value. What is ours of it is shared out by quantity, to the cent, so that the
 * parts are the whole; where some of it is below zero, it is said of what is free.
 */
function valuesOf(
  { byStatus, value }: Availability,
  currency: CurrencyCode,
): ReadonlyMap<string, Decimal> {
  const owned = Object.entries(byStatus).filter(([status]) => status !== 'consignment');
  const weights = owned.map(([, quantity]) => quantity);
  const shareable =
    weights.every((weight) => compareDecimals(weight, ZERO) >= 0) &&
    weights.some((weight) => compareDecimals(weight, ZERO) > 0);
  if (!shareable) return new Map([['free', value]]);
  const shares = allocateMoney({ amount: value, currency }, weights);
  return new Map(owned.map(([status], at) => [status, shares[at]?.amount ?? ZERO]));
}

/** Stock counts; lines in the item's base unit. */
export const readCounts: Reader = async (handle, keys, { code }) => {
  const counts = await listCounts(handle, { ids: keys, limit: keys.length });
  const items = await itemFacts(
    handle,
    counts.flatMap(({ lines }) => lines.map(({ item }) => item)),
  );
  return counts.map((count) => {
    const lines = count.lines.map(({ location, batch, asBooked: _asBooked, ...line }) => ({
      ...line,
      location: location === '' ? null : location,
      batch: batch === '' ? null : batch,
      unit: items.get(line.item)?.baseUnit,
    }));
    const document = documentOf(count, { ...count, lines });
    return { of: count.id, documents: count.legalEntity === code ? [document] : [] };
  });
};
