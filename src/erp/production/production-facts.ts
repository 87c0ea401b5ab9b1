import type { Handle } from '#database';
import { accept, companyCurrencyOf, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { lockPositions, proposeFefo } from '#erp/inventory';
import { freePieces } from '#erp/inventory/pieces';
import { itemFacts } from '#erp/items';
import type { Item } from '#erp/items';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { lockWorkOrders } from './read-orders.ts';
import { readReservations } from './reserve-materials.ts';
import { workCentresById } from './work-centre.ts';
import type { WorkCentre } from './work-centre.ts';
import { statusOf } from './work-order.ts';
import type { WorkOrder } from './work-order.ts';

/** Free stock at one place. */
export type ShelfPlace = {
  readonly location: string;
  readonly batch: string;
  readonly quantity: Decimal;
  readonly serials?: readonly string[] | undefined;
};

/** So much of a reservation that is open. */
export type Held = { readonly id: string; readonly open: Decimal };

/** What is known when postings are decided; a later draft sees what an earlier one did. */
export type ProductionFacts = {
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly scale: number;
  readonly orders: Map<string, WorkOrder>;
  readonly items: ReadonlyMap<string, Item>;
  readonly centres: ReadonlyMap<string, WorkCentre>;
  readonly shelf: Map<string, readonly ShelfPlace[]>; // What expires first is first.
  readonly pieces: ReadonlyMap<string, Omit<ShelfPlace, 'quantity'>>; // With serial numbers.
  readonly held: Map<string, readonly Held[]>; // Reserved, by order and component.
};

const ALL = decimal('99999999999999');

/** The key of a shelf. */
export const shelfKey = (item: string, warehouse: string): string => `${item} ${warehouse}`;

/**
 * Locks these orders, and on the days of postings all stock that they may move, at once and in the
 * order of its keys; then reads what deciding needs. What is seen on a shelf is there to be taken.
 */
export async function readFacts(
  tx: Handle,
  { legalEntity }: ErpContext,
  wanted: { readonly orders: readonly string[]; readonly days: readonly LocalDate[] },
): Promise<ProductionFacts> {
  const orders = new Map(await lockWorkOrders(tx, wanted.orders));
  const all = [...orders.values()];
  const items = await itemFacts(
    tx,
    all.flatMap(({ item, components }) => [item, ...components.map((each) => each.item)]),
  );
  const centres = await workCentresById(
    tx,
    all.flatMap(({ operations }) => operations.flatMap(({ workCentre }) => workCentre ?? [])),
  );
  const on = wanted.days.toSorted().at(-1);
  const asks = on === undefined ? [] : all.flatMap((order) => shelvesOf(order, on));
  const unique = [...new Map(asks.map((ask) => [shelfKey(ask.item, ask.warehouse), ask])).values()];
  const products = on === undefined ? [] : all.map(({ item, warehouse }) => ({ item, warehouse }));
  await lockPositions(tx, [...unique, ...products], items);
  const proposals = await proposeFefo(tx, unique);
  const currency = await companyCurrencyOf(tx, legalEntity);
  return {
    legalEntity,
    currency,
    scale: currencyScale(currency),
    orders,
    items,
    centres,
    shelf: new Map(
      unique.map((ask, at) => [shelfKey(ask.item, ask.warehouse), proposals[at]?.takes ?? []]),
    ),
    pieces: await readPieces(tx, unique, items),
    held: new Map(await readReservations(tx, [...orders.keys()])),
  };
}

/** The key of a piece on a shelf. */
export const pieceKey = (item: string, warehouse: string, serial: string): string =>
  `${shelfKey(item, warehouse)} ${serial}`;

async function readPieces(
  tx: Handle,
  shelves: readonly { readonly item: string; readonly warehouse: string }[],
  items: ReadonlyMap<string, Item>,
): Promise<ProductionFacts['pieces']> {
  const numbered = shelves.filter(({ item }) => items.get(item)?.serialManaged === true);
  if (numbered.length === 0) return new Map();
  const found = await freePieces(tx, {
    items: numbered.map(({ item }) => item),
    warehouses: numbered.map(({ warehouse }) => warehouse),
  });
  return new Map(
    found.map((piece) => [pieceKey(piece.item, piece.warehouse, piece.serial), piece]),
  );
}

/** An order that is being worked on. */
export function workedOn(
  facts: ProductionFacts,
  id: string,
): Result<WorkOrder, ProductionProblemCode> {
  const order = facts.orders.get(id);
  if (order?.legalEntity !== facts.legalEntity) {
    return refuse('production.no-such-order', `there is no work order ${id}`, 'order');
  }
  return order.decision === 'released'
    ? accept(order)
    : refuse('production.not-in-this-state', `${order.number} is ${statusOf(order)}`);
}

/** Where an operation's materials come from: for one outside what lies at the supplier's. */
export const sourceOf = (order: WorkOrder, operation: number): string =>
  order.operations.find(({ number }) => number === operation)?.supplierWarehouse ?? order.warehouse;

/** Where an order's materials may lie: with us, and where an operation is outside at the supplier's. */
const shelvesOf = (order: WorkOrder, on: LocalDate) =>
  order.components.flatMap(({ item, operation }) =>
    [...new Set([order.warehouse, sourceOf(order, operation)])].map((warehouse) => ({
      item,
      warehouse,
      quantity: ALL,
      on,
    })),
  );
