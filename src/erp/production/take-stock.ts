import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { overlay } from '#erp/company/documents';
import { compareDecimals, decimal, negateDecimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { ProductionProblemCode } from './errors.ts';
import type { StockLine } from './posting.ts';
import { pieceKey, shelfKey, sourceOf } from './production-facts.ts';
import type { Held, ProductionFacts, ShelfPlace } from './production-facts.ts';
import { reservationKey } from './reserve-materials.ts';
import type { Component, WorkOrder } from './work-order.ts';

/** What one posting takes off shelves and reservations; nothing is gone before `keep`. */
export type Basket = {
  readonly shelf: ReturnType<typeof overlay<readonly ShelfPlace[]>>;
  readonly held: ReturnType<typeof overlay<readonly Held[]>>;
};

/** Material that is wanted; a place or batch is given, or what expires first is taken. */
export type MaterialWish = {
  readonly component: Component;
  readonly quantity: Decimal; // Above zero.
  readonly location?: string | undefined;
  readonly batch?: string | undefined;
  readonly serials?: readonly string[] | undefined;
  readonly field: string; // Of the draft that wants it.
};

const ZERO = decimal('0');

/** An empty basket. */
export const newBasket = ({ shelf, held }: ProductionFacts): Basket => ({
  shelf: overlay(shelf),
  held: overlay(held),
});

/** Takes what is in a basket for good. */
export function keepBasket({ shelf, held }: Basket): void {
  shelf.keep();
  held.keep();
}

/** The lines that issue a material: of which place and batch, and of which reservation. */
export function takeMaterial(
  facts: ProductionFacts,
  basket: Basket,
  order: WorkOrder,
  wish: MaterialWish,
): Result<readonly StockLine[], ProductionProblemCode> {
  const { component, field } = wish;
  const warehouse = sourceOf(order, component.operation);
  const places = takePlaces(facts, basket, warehouse, wish);
  if (!places.ok) return places;
  const key = reservationKey(order.id, component.number);
  const held = basket.held.get(key) ?? [];
  const isOurs = warehouse === order.warehouse;
  const { parts, left } = splitByReservation(places.value, isOurs ? held : []);
  if (isOurs) basket.held.set(key, left);
  const lines = parts.map(
    ({ location, batch, quantity, serials, reservation }): StockLine => ({
      kind: 'material',
      operation: component.operation,
      component: component.number,
      item: component.item,
      quantity,
      warehouse,
      location,
      batch,
      field,
      stock: {
        kind: 'production-issue',
        item: component.item,
        warehouse,
        location,
        batch,
        quantity: negateDecimal(quantity),
        serials,
        reservation,
      },
    }),
  );
  return accept(lines);
}

/** Where a material is taken from: the place and batch that are given, or what expires first. */
export function takePlaces(
  facts: ProductionFacts,
  basket: Basket,
  warehouse: string,
  { component, quantity, location, batch, serials, field }: MaterialWish,
): Result<readonly ShelfPlace[], ProductionProblemCode> {
  if (location !== undefined || batch !== undefined) {
    return accept([{ location: location ?? '', batch: batch ?? '', quantity, serials }]);
  }
  if (serials !== undefined) {
    if (compareDecimals(quantity, decimal(String(serials.length))) !== 0) {
      const message = `one serial number for each of ${quantity} pieces (inventory.serials-missing)`;
      return refuse('production.stock-refused', message, `${field}.serials`);
    }
    const keyOf = (serial: string): string => pieceKey(component.item, warehouse, serial);
    return accept(placesOf(facts, keyOf, serials));
  }
  const key = shelfKey(component.item, warehouse);
  const shelf = basket.shelf.get(key) ?? [];
  const { taken, left, missing } = takeFrom(shelf, quantity);
  basket.shelf.set(key, left);
  if (compareDecimals(missing, ZERO) === 0) return accept(taken);
  const item = facts.items.get(component.item);
  if (item?.batchManaged === true) {
    const message = `${missing} of ${item.number} are missing (inventory.not-enough-stock)`;
    return refuse('production.stock-refused', message, field);
  }
  // Where a warehouse may owe, what is not there is taken from no place.
  return accept([...taken, { location: '', batch: '', quantity: missing }]);
}

/** The places where pieces lie; one that is nowhere is asked of stock, which says so. */
function placesOf(
  { pieces }: ProductionFacts,
  keyOf: (serial: string) => string,
  serials: readonly string[],
): readonly ShelfPlace[] {
  const lying = serials.map((serial) => {
    const { location = '', batch = '' } = pieces.get(keyOf(serial)) ?? {};
    return { serial, location, batch };
  });
  const places = Map.groupBy(lying, ({ location, batch }) => `${location}\u0000${batch}`);
  return [...places.values()].map((there) => ({
    location: there[0]?.location ?? '',
    batch: there[0]?.batch ?? '',
    quantity: decimal(String(there.length)),
    serials: there.map(({ serial }) => serial),
  }));
}

/** Takes from the first places first. */
export function takeFrom(
  shelf: readonly ShelfPlace[],
  quantity: Decimal,
): {
  readonly taken: readonly ShelfPlace[];
  readonly left: readonly ShelfPlace[];
  readonly missing: Decimal;
} {
  const taken: ShelfPlace[] = [];
  const left: ShelfPlace[] = [];
  let missing = quantity;
  for (const place of shelf) {
    const part = compareDecimals(place.quantity, missing) < 0 ? place.quantity : missing;
    const rest = subtractDecimals(place.quantity, part);
    if (compareDecimals(part, ZERO) > 0) taken.push({ ...place, quantity: part });
    if (compareDecimals(rest, ZERO) > 0) left.push({ ...place, quantity: rest });
    missing = subtractDecimals(missing, part);
  }
  return { taken, left, missing };
}

type Part = ShelfPlace & { readonly reservation: string | undefined };

/** An issue names one reservation: what several cover is split. */
export function splitByReservation(
  places: readonly ShelfPlace[],
  held: readonly Held[],
): { readonly parts: readonly Part[]; readonly left: readonly Held[] } {
  const left = [...held];
  const parts: Part[] = [];
  for (const place of places) {
    let { quantity, serials } = place;
    while (compareDecimals(quantity, ZERO) > 0) {
      const [first] = left;
      const isCovered = first === undefined || compareDecimals(first.open, quantity) >= 0;
      const part = isCovered ? quantity : first.open;
      parts.push({
        ...place,
        quantity: part,
        serials: serials?.slice(0, Number(part)),
        reservation: first?.id,
      });
      serials = serials?.slice(Number(part));
      quantity = subtractDecimals(quantity, part);
      if (first === undefined) continue;
      const open = subtractDecimals(first.open, part);
      if (compareDecimals(open, ZERO) > 0) left[0] = { ...first, open };
      else left.shift();
    }
  }
  return { parts, left };
}
