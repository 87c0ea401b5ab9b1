import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
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
export type Step = 'change' | 'release' | 'reserve' | 'cancel' | 'close';

/** From where each step may be taken. */
export const STEPS: Readonly<Record<Step, readonly WorkOrderStatus[]>> = {
  change: ['planned', 'released', 'in-progress'],
  release: ['planned'],
  reserve: ['released', 'in-progress'],
  cancel: ['planned', 'released'],
  close: ['in-progress', 'completed'],
};

/** An order that something is to be done with. */
export type OrderWish = {
  readonly id: string;
  readonly version?: number; // As it was seen; another one now is refused.
};

/** What became of an order. */
export type Steered = {
  readonly id: string;
  readonly version: number;
  readonly status: WorkOrderStatus;
};

/** Answers for each wish, one after the other, whether the step may be taken with its order. */
export function stepsOf(
  step: Step,
  { legalEntity }: Pick<ErpContext, 'legalEntity'>,
  orders: ReadonlyMap<string, WorkOrder>,
): (wish: OrderWish) => Result<WorkOrder, Code> {
  const seen = new Set<string>();
  return ({ id, version }) => {
    const order = orders.get(id);
    if (order?.legalEntity !== legalEntity) {
      return refuse('production.no-such-order', `there is no work order ${id}`, 'id');
    }
    if (seen.has(id) || (version !== undefined && version !== order.version)) {
      return refuse('production.moved-on', `${order.number} has been changed`, 'version');
    }
    const status = statusOf(order);
    if (!STEPS[step].includes(status)) {
      const message = `${order.number} is ${status}: it cannot be made to ${step}`;
      return refuse('production.not-in-this-state', message);
    }
    seen.add(id);
    return accept(order);
  };
}

/** Cancels orders that nothing was done on; what they had reserved is free again. */
export async function cancelWorkOrders(
  tx: Handle,
  context: ErpContext,
  wishes: readonly OrderWish[],
): Promise<readonly Result<Steered, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const decided = wishes.map(stepsOf('cancel', context, await lockWorkOrders(tx, ids)));
  const good = decided.flatMap((each) => (each.ok ? [each.value.id] : []));
  await releaseReservations(tx, context, good);
  await rows(
    tx,
    sql`update erp_production.work_order set decision = 'cancelled', version = version + 1
      where id = any(${good})`,
  );
  return decided.map((each) =>
    each.ok
      ? accept({ id: each.value.id, version: each.value.version + 1, status: 'cancelled' })
      : each,
  );
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
  const allowed = stepsOf('change', context, await lockWorkOrders(tx, ids));
  const decided = changes.map((change): Result<WorkOrder, Code> => {
    const order = allowed(change);
    return order.ok ? decideChange(order.value, change) : order;
  });
  const columns = { id: 'text', start_on: 'date', end_on: 'date', quantity: 'numeric' } as const;
  const values = decided.flatMap((each) =>
    each.ok
      ? [
          {
            id: each.value.id,
            start_on: each.value.plannedStartOn,
            end_on: each.value.plannedEndOn,
            quantity: each.value.quantity,
          },
        ]
      : [],
  );
  await rows(
    tx,
    sql`update erp_production.work_order o set planned_start_on = c.start_on,
        planned_end_on = c.end_on, quantity = c.quantity, version = o.version + 1
      from ${unnested('c', columns, values)} where o.id = c.id`,
  );
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id, version } = each.value;
    return accept({ id, version: version + 1, status: statusOf(each.value) });
  });
}

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
  const decided = wishes.map(stepsOf('reserve', context, await lockWorkOrders(tx, ids)));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const shortages = await reserveMissing(tx, context, good);
  return decided.map((each) =>
    each.ok ? accept({ id: each.value.id, shortages: shortages.get(each.value.id) ?? [] }) : each,
  );
}
