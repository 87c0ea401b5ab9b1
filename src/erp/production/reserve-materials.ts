import type { Handle } from '#database';
import { listReservations, release, reserve } from '#erp/inventory';
import type { ErpContext } from '#erp/company';
import { addDecimals, compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Component, Operation, WorkOrder } from './work-order.ts';

/** What of a component is neither issued nor reserved. */
export type Shortage = {
  readonly component: number;
  readonly item: string;
  readonly missing: Decimal;
};

/** An order's needs as they stand. */
export type Needs = Pick<WorkOrder, 'id' | 'warehouse' | 'plannedStartOn'> & {
  readonly operations: readonly Pick<Operation, 'number' | 'kind'>[];
  readonly components: readonly Pick<
    Component,
    'number' | 'operation' | 'item' | 'required' | 'issued'
  >[];
};

/** What orders have reserved: open reservations by order and component. */
export type Reservations = ReadonlyMap<
  string,
  readonly { readonly id: string; readonly open: Decimal }[]
>;

const ZERO = decimal('0');

/** The key of what is reserved for a component. */
export const reservationKey = (order: string, component: number): string => `${order} ${component}`;

/** The open reservations of these orders, the oldest first. */
export async function readReservations(
  handle: Handle,
  orders: readonly string[],
): Promise<Reservations> {
  const found = await listReservations(handle, { sources: orders, onlyOpen: true });
  return Map.groupBy(found, ({ source }) => reservationKey(source.id, Number(source.line)));
}

/**
 * Reserves what orders still need, as far as it is there, and answers what is missing, by order.
 * What goes to a supplier is not reserved: it lies in his warehouse once it is shipped.
 */
export async function reserveMissing(
  tx: Handle,
  context: ErpContext,
  orders: readonly Needs[],
): Promise<ReadonlyMap<string, readonly Shortage[]>> {
  const held = await readReservations(
    tx,
    orders.map(({ id }) => id),
  );
  const wanted = orders.flatMap((order) =>
    order.components.flatMap((component) => {
      const own = held.get(reservationKey(order.id, component.number)) ?? [];
      const has = own.map(({ open }) => open).reduce(addDecimals, component.issued);
      const missing = subtractDecimals(component.required, has);
      const isOutside = order.operations.some(
        ({ number, kind }) => number === component.operation && kind === 'outside',
      );
      return isOutside || compareDecimals(missing, ZERO) <= 0
        ? []
        : [{ order, component, missing }];
    }),
  );
  const results = await reserve(
    tx,
    context,
    wanted.map(({ order, component, missing }) => ({
      item: component.item,
      warehouse: order.warehouse,
      quantity: missing,
      neededOn: order.plannedStartOn,
      partial: true,
      source: {
        area: 'production',
        kind: 'work-order',
        id: order.id,
        line: String(component.number),
      },
    })),
  );
  const shortages = wanted.flatMap(({ order, component, missing }, at) => {
    const result = results[at];
    const left = result?.ok === true ? subtractDecimals(missing, result.value.quantity) : missing;
    return compareDecimals(left, ZERO) <= 0
      ? []
      : [{ order: order.id, component: component.number, item: component.item, missing: left }];
  });
  const byOrder = new Map<string, Shortage[]>();
  for (const { order, ...shortage } of shortages) {
    byOrder.set(order, [...(byOrder.get(order) ?? []), shortage]);
  }
  return byOrder;
}

/** Gives up all that these orders have reserved. */
export async function releaseReservations(
  tx: Handle,
  context: ErpContext,
  orders: readonly string[],
): Promise<void> {
  if (orders.length === 0) return;
  const held = await readReservations(tx, orders);
  await release(
    tx,
    context,
    [...held.values()].flat().map(({ id }) => id),
  );
}
