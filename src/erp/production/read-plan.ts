import type { Handle } from '#database';
import { available } from '#erp/inventory';
import { bomOn, itemFacts, listBoms, requirementsOf } from '#erp/items';
import { listOrders } from '#erp/purchasing';
import type { PurchaseOrder } from '#erp/purchasing';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { openOperations } from './capacity-load.ts';
import type { OpenOperation } from './capacity-load.ts';
import type { Demand, Supply } from './material-plan.ts';
import { listWorkOrders } from './read-orders.ts';
import { readReservations, reservationKey } from './reserve-materials.ts';
import { listRoutings, routingOn } from './routing.ts';
import type { Routing } from './routing.ts';
import type { Component, WorkOrder } from './work-order.ts';

const PAGE = 1000;
const PLACES = 6;
const ZERO = decimal('0');

/** What a plan of material needs: open demands, and what is there or to come. */
export type MaterialFacts = {
  readonly demands: readonly Demand[];
  readonly supplies: readonly Supply[];
};

/** The material that unfinished orders of a legal entity still need, and what may cover it. */
export async function readMaterialFacts(
  handle: Handle,
  legalEntity: string,
): Promise<MaterialFacts> {
  const orders = await unfinished(handle, legalEntity);
  const needs = await componentsOf(handle, orders);
  const held = await readReservations(
    handle,
    orders.map(({ id }) => id),
  );
  const demands = needs.flatMap(({ order, component }): Demand[] => {
    const own = held.get(reservationKey(order.id, component.number)) ?? [];
    const has = sumDecimals([component.issued, ...own.map(({ open }) => open)]);
    const quantity = subtractDecimals(component.required, has);
    if (compareDecimals(quantity, ZERO) <= 0) return [];
    const { id, number, warehouse, plannedStartOn: neededOn } = order;
    const { number: line, item } = component;
    return [{ order: id, number, component: line, item, warehouse, quantity, neededOn }];
  });
  const wanted = [
    ...new Map(
      demands.map(({ item, warehouse }) => [`${item} ${warehouse}`, { item, warehouse }]),
    ).values(),
  ];
  const supplies = [
    ...(await stockOf(handle, wanted)),
    ...(await purchasesOf(handle, legalEntity)),
    ...orders.flatMap(madeBy),
  ];
  return { demands, supplies };
}

/** What is left to do at work centres for unfinished orders of a legal entity. */
export async function readOpenOperations(
  handle: Handle,
  legalEntity: string,
  today: LocalDate,
): Promise<readonly OpenOperation[]> {
  const orders = await unfinished(handle, legalEntity);
  const planned = orders.filter(({ decision }) => decision === 'planned');
  const routings = await listRoutings(
    handle,
    legalEntity,
    planned.map(({ item }) => item),
  );
  return orders.flatMap((order) => {
    if (order.decision === 'released') return openOperations(order, order.operations, today);
    const routing = routingOn(routings, order.item, order.plannedStartOn);
    return routing === undefined ? [] : openOperations(order, untouched(routing), today);
  });
}

const untouched = ({ operations, baseQuantity }: Routing) =>
  operations.map((each) => ({
    number: each.number,
    workCentre: each.kind === 'inside' ? each.workCentre : null,
    setupSeconds: each.kind === 'inside' ? each.setupSeconds : 0,
    runSeconds: each.kind === 'inside' ? each.runSeconds : ZERO,
    baseQuantity,
    good: ZERO,
    scrap: ZERO,
    setupDone: 0,
    isFinal: false,
  }));

async function unfinished(handle: Handle, legalEntity: string): Promise<readonly WorkOrder[]> {
  const statuses = ['planned', 'released', 'in-progress'] as const;
  return await allPages((after) =>
    listWorkOrders(handle, { legalEntity, statuses, after, limit: PAGE }),
  );
}

/** Every page of a list. */
async function allPages<T extends { readonly id: string }>(
  page: (after: string | undefined) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let after: string | undefined; ; ) {
    const found = await page(after);
    all.push(...found);
    if (found.length < PAGE) return all;
    after = found.at(-1)?.id;
  }
}

type Need = {
  readonly order: WorkOrder;
  readonly component: Pick<Component, 'number' | 'item' | 'required' | 'issued'>;
};

/** What orders need: as frozen, or by the bill of their planned start. */
async function componentsOf(
  handle: Handle,
  orders: readonly WorkOrder[],
): Promise<readonly Need[]> {
  const planned = orders.filter(({ decision }) => decision === 'planned');
  const boms = await listBoms(
    handle,
    planned.map(({ item }) => item),
  );
  const byItem = Map.groupBy(boms, ({ item }) => item);
  return orders.flatMap((order): Need[] => {
    if (order.decision !== 'planned') {
      return order.components.map((component) => ({ order, component }));
    }
    const bom = bomOn(byItem.get(order.item) ?? [], order.plannedStartOn);
    if (bom === undefined) return [];
    return requirementsOf(bom, order.quantity).map(({ component: item, required }, at) => ({
      order,
      component: { number: (at + 1) * 10, item, required, issued: ZERO },
    }));
  });
}

async function stockOf(
  handle: Handle,
  wanted: readonly { readonly item: string; readonly warehouse: string }[],
): Promise<readonly Supply[]> {
  const positions = await available(handle, wanted);
  return positions.flatMap((each): Supply[] =>
    each === undefined || compareDecimals(each.available, ZERO) <= 0
      ? []
      : [
          {
            kind: 'stock',
            id: '',
            number: '',
            item: each.item,
            warehouse: each.warehouse,
            quantity: each.available,
            on: undefined,
          },
        ],
  );
}

/** What is ordered from suppliers and has not come; what nobody promised for a day is left out. */
async function purchasesOf(handle: Handle, legalEntity: string): Promise<readonly Supply[]> {
  const statuses = ['issued', 'partly-received'] as const;
  const orders = await allPages((after) =>
    listOrders(handle, {
      legalEntity,
      statuses,
      ...(after === undefined ? {} : { after }),
      limit: PAGE,
    }),
  );
  const items = await itemFacts(
    handle,
    orders.flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
  );
  return orders.flatMap((order) =>
    order.lines.flatMap((line) =>
      line.item !== null && items.get(line.item)?.kind !== 'service' ? comingOf(order, line) : [],
    ),
  );
}

function comingOf(
  { id, number }: PurchaseOrder,
  line: PurchaseOrder['lines'][number],
): readonly Supply[] {
  const { item, warehouse, ordered, received, baseNumerator, baseDenominator } = line;
  const on = line.promisedOn ?? line.requestedOn;
  const open = subtractDecimals(ordered, received);
  const isComing = !line.isFinal && !line.isCancelled && compareDecimals(open, ZERO) > 0;
  if (!isComing || item === null || warehouse === null || on === null) return [];
  const quantity: Decimal =
    divideDecimals(multiplyDecimals(open, baseNumerator), baseDenominator, PLACES) ?? ZERO;
  return [{ kind: 'purchase-order', id, number, item, warehouse, quantity, on }];
}

/** What an order will still bring into stock when it ends as planned. */
function madeBy(order: WorkOrder): readonly Supply[] {
  const scrap = sumDecimals(order.operations.map((each) => each.scrap));
  const quantity = subtractDecimals(order.quantity, addDecimals(order.received, scrap));
  if (compareDecimals(quantity, ZERO) <= 0) return [];
  const { id, number, item, warehouse, plannedEndOn: on } = order;
  return [{ kind: 'work-order', id, number, item, warehouse, quantity, on }];
}
