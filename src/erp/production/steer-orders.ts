import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { changedFields, decideEach, noteEvents, readEvents } from '#erp/company/documents';
import type { Decided, DocumentEvent } from '#erp/company/documents';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { lockWorkOrders } from './read-orders.ts';
import { releaseReservations, reserveMissing } from './reserve-materials.ts';
import type { Shortage } from './reserve-materials.ts';
import { statusOf } from './work-order.ts';
import type { WorkOrder, WorkOrderStatus } from './work-order.ts';

type Code = ProductionProblemCode;

/** What people do with a whole order. */
export type Step = 'change' | 'change-components' | 'release' | 'reserve' | 'cancel' | 'close';

/** From where each step may be taken. */
export const STEPS: Readonly<Record<Step, readonly WorkOrderStatus[]>> = {
  change: ['planned', 'released', 'in-progress'],
  'change-components': ['released', 'in-progress'],
  release: ['planned'],
  reserve: ['released', 'in-progress'],
  cancel: ['planned', 'released'],
  close: ['in-progress', 'completed'],
};

/** An order that something is to be done with. */
export type OrderWish = {
  readonly id: string;
  readonly version?: number; // As it was seen; another one now is refused.
  readonly reason?: string;
};

/** What became of an order. */
export type Steered = {
  readonly id: string;
  readonly version: number;
  readonly status: WorkOrderStatus;
};

/** An order that a step is taken with. */
export type Stepped<W, T> = Decided<WorkOrder, W, T>;

/** Decides for each wish whether the step may be taken with its order, and where it leads. */
export const stepEach = <W extends OrderWish, T>(
  context: Pick<ErpContext, 'legalEntity'>,
  orders: ReadonlyMap<string, WorkOrder>,
  wishes: readonly W[],
  {
    step,
    decide,
  }: {
    readonly step: Step;
    readonly decide: (order: WorkOrder, wish: W) => Result<T, Code>;
  },
): readonly Result<Stepped<W, T>, Code>[] =>
  decideEach(context, orders, wishes, {
    missing: 'production.no-such-order',
    moved: 'production.moved-on',
    decide(order: WorkOrder, wish: W): Result<T, Code> {
      const status = statusOf(order);
      if (STEPS[step].includes(status)) return decide(order, wish);
      const message = `${order.number} is ${status}: it cannot be made to ${step}`;
      return refuse('production.not-in-this-state', message);
    },
  });

/** Where it is kept what people did with orders. */
export const ORDER_EVENTS = { table: 'erp_production.order_event', column: 'order_id' } as const;

/** What people did with an order, the oldest first. */
export const orderEvents = (handle: Handle, id: string): Promise<readonly DocumentEvent[]> =>
  readEvents(handle, ORDER_EVENTS, id);

/** Cancels orders that nothing was done on; what they had reserved is free again. */
export async function cancelWorkOrders(
  tx: Handle,
  context: ErpContext,
  wishes: readonly OrderWish[],
): Promise<readonly Result<Steered, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const decided = stepEach(context, await lockWorkOrders(tx, ids), wishes, {
    step: 'cancel',
    decide: () => accept(undefined),
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const cancelled = good.map(({ document }) => document.id);
  await releaseReservations(tx, context, cancelled);
  await rows(
    tx,
    sql`update erp_production.work_order set decision = 'cancelled', version = version + 1
      where id = any(${cancelled})`,
  );
  const events = good.map(({ document: { id }, wish: { reason = '' } }) => ({
    id,
    action: 'cancelled',
    detail: { reason },
  }));
  await noteEvents(tx, context, ORDER_EVENTS, events);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id, version } = each.value.document;
    return accept({ id, version: version + 1, status: 'cancelled' });
  });
}

/** Other days; and another quantity while the order is only planned. */
export type OrderChange = OrderWish & {
  readonly plannedStartOn?: LocalDate;
  readonly plannedEndOn?: LocalDate;
  readonly quantity?: Decimal;
};

/** Plans orders anew. What was frozen at release stays: on time is measured against it. */
export async function changeWorkOrders(
  tx: Handle,
  context: ErpContext,
  changes: readonly OrderChange[],
): Promise<readonly Result<Steered, Code>[]> {
  const ids = changes.map(({ id }) => id);
  const decided = stepEach(context, await lockWorkOrders(tx, ids), changes, {
    step: 'change',
    decide: decideChange,
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const columns = { id: 'text', start_on: 'date', end_on: 'date', quantity: 'numeric' } as const;
  const values = good.map(({ to }) => ({
    id: to.id,
    start_on: to.plannedStartOn,
    end_on: to.plannedEndOn,
    quantity: to.quantity,
  }));
  await rows(
    tx,
    sql`update erp_production.work_order o set planned_start_on = c.start_on,
        planned_end_on = c.end_on, quantity = c.quantity, version = o.version + 1
      from ${unnested('c', columns, values)} where o.id = c.id`,
  );
  const events = good.map(({ document, wish: { reason = '' }, to }) => ({
    id: document.id,
    action: 'changed',
    detail: { reason, changed: changedFields(document, to, PLANNED) },
  }));
  await noteEvents(tx, context, ORDER_EVENTS, events);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id, version } = each.value.to;
    return accept({ id, version: version + 1, status: statusOf(each.value.to) });
  });
}

const PLANNED = ['plannedStartOn', 'plannedEndOn', 'quantity'] as const;

function decideChange(order: WorkOrder, change: OrderChange): Result<WorkOrder, Code> {
  const { plannedStartOn = order.plannedStartOn, plannedEndOn = order.plannedEndOn } = change;
  const { quantity = order.quantity } = change;
  if (plannedEndOn < plannedStartOn) {
    return refuse('production.bad-order', 'it ends before it begins', 'plannedEndOn');
  }
  if (compareDecimals(quantity, decimal('0')) <= 0) {
    return refuse('production.bad-quantity', 'a quantity is above zero', 'quantity');
  }
  if (order.decision !== 'planned' && compareDecimals(quantity, order.quantity) !== 0) {
    const message = `${order.number} is released: its quantity is frozen`;
    return refuse('production.not-in-this-state', message, 'quantity');
  }
  return accept({ ...order, plannedStartOn, plannedEndOn, quantity });
}

/** Reserves what has come since for released orders, and answers what is still missing. */
export async function reserveMaterials(
  tx: Handle,
  context: ErpContext,
  wishes: readonly OrderWish[],
): Promise<readonly Result<{ id: string; shortages: readonly Shortage[] }, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const decided = stepEach(context, await lockWorkOrders(tx, ids), wishes, {
    step: 'reserve',
    decide: (order) => accept(order),
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value.to] : []));
  const shortages = await reserveMissing(tx, context, good);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id } = each.value.to;
    return accept({ id, shortages: shortages.get(id) ?? [] });
  });
}
