import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { noteEvents } from '#erp/company/documents';
import { release } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import type { Item } from '#erp/items';
import { compareDecimals, decimal, trimDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { ProductionProblemCode } from './errors.ts';
import { lockWorkOrders } from './read-orders.ts';
import { readCosts } from './release-orders.ts';
import { readReservations, reservationKey, reserveMissing } from './reserve-materials.ts';
import type { Shortage } from './reserve-materials.ts';
import { ORDER_EVENTS, stepEach } from './steer-orders.ts';
import type { OrderWish } from './steer-orders.ts';
import type { Component, WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** Something that an order needs besides. */
export type AddedComponent = {
  readonly item: string;
  readonly required: Decimal; // For the whole order, in the item's base unit.
  readonly operation?: number; // The first one when left out.
  readonly isBackflushed?: boolean; // Booked with confirmations; else issued by hand.
};

/** What a released order needs otherwise than was frozen, and why. */
export type ComponentsChange = OrderWish & {
  readonly reason: string;
  readonly added?: readonly AddedComponent[];
  readonly changed?: readonly { readonly component: number; readonly required: Decimal }[];
  readonly removed?: readonly number[]; // Of which nothing is issued.
};

/** An order whose components were changed, and what of them is not there. */
export type ComponentsChanged = {
  readonly id: string;
  readonly version: number;
  readonly shortages: readonly Shortage[];
};

type Made = {
  readonly order: WorkOrder; // As it is then.
  readonly added: readonly Component[];
  readonly changed: readonly Component[];
};

const ZERO = decimal('0');

/**
 * Changes what released orders need. No less than was issued is left; a component that nothing is
 * needed of any more stays with the quantity zero. What was reserved for those that changed is
 * reserved anew. What the product goes into stock at stays as it was planned at release.
 */
export async function changeComponents(
  tx: Handle,
  context: ErpContext,
  wishes: readonly ComponentsChange[],
): Promise<readonly Result<ComponentsChanged, Code>[]> {
  const orders = await lockWorkOrders(
    tx,
    wishes.map(({ id }) => id),
  );
  const wanted = wishes.flatMap(({ added = [] }) => added.map(({ item }) => item));
  const items = await itemFacts(tx, wanted);
  const costs = await readCosts(tx, items, { orders: [...orders.values()], components: wanted });
  const decided = stepEach(context, orders, wishes, {
    step: 'change-components',
    decide: (order, wish) =>
      decideChange(order, wish, { items, costOf: (item) => costs(item, order.warehouse) }),
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  await write(
    tx,
    good.map(({ to }) => to),
  );
  await releaseChanged(
    tx,
    context,
    good.map(({ to }) => to),
  );
  const shortages = await reserveMissing(
    tx,
    context,
    good.map(({ to }) => to.order),
  );
  const events = good.map(({ document, wish: { reason }, to }) => ({
    id: document.id,
    action: 'components-changed',
    detail: { reason, components: toldOf(document, to) },
  }));
  await noteEvents(tx, context, ORDER_EVENTS, events);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id, version } = each.value.document;
    return accept({ id, version: version + 1, shortages: shortages.get(id) ?? [] });
  });
}

type Facts = { readonly items: ReadonlyMap<string, Item>; costOf(item: string): Decimal };

function decideChange(order: WorkOrder, wish: ComponentsChange, facts: Facts): Result<Made, Code> {
  const { added = [], removed = [] } = wish;
  const wanted = [
    ...(wish.changed ?? []),
    ...removed.map((component) => ({ component, required: ZERO, isGone: true })),
  ];
  if (wish.reason.trim() === '') {
    return refuse('production.reason-missing', 'why is kept', 'reason');
  }
  if (added.length + wanted.length === 0) {
    return refuse('production.bad-order', 'nothing is changed', 'changed');
  }
  if (new Set(wanted.map(({ component }) => component)).size < wanted.length) {
    return refuse('production.bad-order', 'a component is changed once', 'changed');
  }
  const changed: Component[] = [];
  for (const [at, each] of wanted.entries()) {
    const next = changedComponent(order, each, at);
    if (!next.ok) return next;
    changed.push(next.value);
  }
  const fresh: Component[] = [];
  for (const [at, each] of added.entries()) {
    const next = addedComponent(order, each, { facts, at });
    if (!next.ok) return next;
    fresh.push(next.value);
  }
  const now = new Map(changed.map((each) => [each.number, each]));
  const components = [...order.components.map((each) => now.get(each.number) ?? each), ...fresh];
  return accept({ order: { ...order, components }, added: fresh, changed });
}

function changedComponent(
  order: WorkOrder,
  wish: { readonly component: number; readonly required: Decimal; readonly isGone?: boolean },
  at: number,
): Result<Component, Code> {
  const one = order.components.find(({ number }) => number === wish.component);
  const field = wish.isGone === true ? 'removed' : `changed.${at}`;
  if (one === undefined) {
    const message = `${order.number} has no component ${wish.component}`;
    return refuse('production.no-such-component', message, field);
  }
  if (wish.isGone !== true && compareDecimals(wish.required, ZERO) <= 0) {
    return refuse('production.bad-quantity', 'a quantity is above zero', field);
  }
  if (compareDecimals(wish.required, one.issued) < 0) {
    const message = `${one.issued} of component ${one.number} are issued: give some back first`;
    return refuse('production.already-issued', message, field);
  }
  return accept({ ...one, required: wish.required });
}

function addedComponent(
  order: WorkOrder,
  wish: AddedComponent,
  { facts, at }: { readonly facts: Facts; readonly at: number },
): Result<Component, Code> {
  const item = facts.items.get(wish.item);
  const field = `added.${at}`;
  if (item === undefined) {
    return refuse('production.no-such-item', 'there is no such item', `${field}.item`);
  }
  if (item.kind === 'service' || item.id === order.item) {
    const message = `${item.number} is ${item.id === order.item ? 'what is made' : 'no material'}`;
    return refuse('production.bad-order', message, `${field}.item`);
  }
  if (compareDecimals(wish.required, ZERO) <= 0) {
    return refuse('production.bad-quantity', 'a quantity is above zero', `${field}.required`);
  }
  const number = wish.operation ?? order.operations[0]?.number;
  const operation = order.operations.find((each) => each.number === number);
  if (operation === undefined) {
    const message = `${order.number} has no operation ${number}`;
    return refuse('production.no-such-operation', message, `${field}.operation`);
  }
  if (operation.isFinal) {
    const message = `operation ${operation.number} is done`;
    return refuse('production.operation-done', message, `${field}.operation`);
  }
  const last = Math.max(0, ...order.components.map((each) => each.number));
  return accept({
    number: (Math.floor(last / 10) + 1 + at) * 10,
    operation: operation.number,
    item: item.id,
    required: wish.required,
    unitCost: facts.costOf(item.id),
    isBackflushed: wish.isBackflushed ?? false,
    issued: ZERO,
    issuedValue: ZERO,
  });
}

async function write(tx: Handle, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  await rows(
    tx,
    sql`update erp_production.work_order set version = version + 1
      where id = any(${made.map(({ order }) => order.id)})`,
  );
  const values = made.flatMap(({ order, changed }) =>
    changed.map(({ number, required }) => ({ order_id: order.id, number, required })),
  );
  const columns = { order_id: 'text', number: 'integer', required: 'numeric' } as const;
  if (values.length > 0) {
    await rows(
      tx,
      sql`update erp_production.work_order_component c set required = d.required
        from ${unnested('d', columns, values)}
        where c.order_id = d.order_id and c.number = d.number`,
    );
  }
  await insertRows(
    tx,
    'erp_production.work_order_component',
    {
      ...columns,
      operation: 'integer',
      item: 'text',
      unit_cost: 'numeric',
      is_backflushed: 'boolean',
    },
    made.flatMap(({ order, added }) =>
      added.map(({ number, required, operation, item, unitCost, isBackflushed }) => ({
        order_id: order.id,
        number,
        required,
        operation,
        item,
        unit_cost: unitCost,
        is_backflushed: isBackflushed,
      })),
    ),
  );
}

/** What was reserved for components that changed is free again. */
async function releaseChanged(
  tx: Handle,
  context: ErpContext,
  made: readonly Made[],
): Promise<void> {
  const held = await readReservations(
    tx,
    made.map(({ order }) => order.id),
  );
  const ids = made.flatMap(({ order, changed }) =>
    changed.flatMap(({ number }) => held.get(reservationKey(order.id, number)) ?? []),
  );
  if (ids.length > 0) {
    await release(
      tx,
      context,
      ids.map(({ id }) => id),
    );
  }
}

/** What each component was required in before and after. */
const toldOf = (before: WorkOrder, { added, changed }: Made) =>
  [...changed, ...added].map(({ number, item, required }) => {
    const was = before.components.find((each) => each.number === number)?.required;
    const told = [was === undefined ? null : trimDecimal(was), trimDecimal(required)];
    return { component: number, item, required: told };
  });
