import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { noteEvents } from '#erp/company/documents';
import { available } from '#erp/inventory';
import { bomOn, itemFacts, listBoms } from '#erp/items';
import type { Item } from '#erp/items';
import { decimal, divideDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { COST_PLACES, freezeOrder } from './freeze-order.ts';
import type { Frozen } from './freeze-order.ts';
import { lockWorkOrders } from './read-orders.ts';
import { reserveMissing } from './reserve-materials.ts';
import type { Shortage } from './reserve-materials.ts';
import { listRoutings, routingOn } from './routing.ts';
import type { Routing } from './routing.ts';
import { ORDER_EVENTS, stepEach } from './steer-orders.ts';
import type { OrderWish } from './steer-orders.ts';
import { workCentresById } from './work-centre.ts';
import type { WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** An order that is to be released. */
export type ReleaseDraft = OrderWish & {
  readonly on?: LocalDate; // Whose bill and routing; else the planned start.
  readonly explicit?: readonly string[]; // Items that are issued by hand, not with confirmations.
};

/** A released order, and what of its materials is not there. */
export type Released = {
  readonly id: string;
  readonly version: number;
  readonly unitCost: Decimal; // Planned; company currency.
  readonly shortages: readonly Shortage[];
};

type Ready = { readonly order: WorkOrder; readonly frozen: Frozen };

/**
 * Releases orders: their bill and routing are frozen, what there is of their materials is reserved.
 * A shortage does not keep an order from being released: it is in the answer.
 */
export async function releaseWorkOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ReleaseDraft[],
): Promise<readonly Result<Released, Code>[]> {
  const orders = await lockWorkOrders(
    tx,
    drafts.map(({ id }) => id),
  );
  const makings = await readMakings(tx, context.legalEntity, [...orders.values()]);
  const decided = stepEach(context, orders, drafts, {
    step: 'release',
    decide: (order, draft) =>
      freezeOrder(order, makings(order, draft.on ?? order.plannedStartOn, new Set(draft.explicit))),
  });
  const ready = decided.flatMap((each): Ready[] =>
    each.ok ? [{ order: each.value.document, frozen: each.value.to }] : [],
  );
  await writeReleased(tx, context, ready);
  const shortages = await reserveMissing(
    tx,
    context,
    ready.map(({ order, frozen }) => ({
      ...order,
      operations: frozen.operations,
      components: frozen.components.map((each) => ({ ...each, issued: decimal('0') })),
    })),
  );
  return decided.map((each) => {
    if (!each.ok) return each;
    const { document: order, to: frozen } = each.value;
    return accept({
      id: order.id,
      version: order.version + 1,
      unitCost: frozen.unitCost,
      shortages: shortages.get(order.id) ?? [],
    });
  });
}

/** Everything that freezing these orders needs: one question for each kind of thing. */
async function readMakings(
  tx: Handle,
  legalEntity: string,
  orders: readonly WorkOrder[],
): Promise<
  (
    order: WorkOrder,
    on: LocalDate,
    explicit: ReadonlySet<string>,
  ) => Parameters<typeof freezeOrder>[1]
> {
  const made = [...new Set(orders.map(({ item }) => item))];
  const routings = Map.groupBy(await listRoutings(tx, legalEntity, made), ({ item }) => item);
  const boms = Map.groupBy(await listBoms(tx, made), ({ item }) => item);
  const components = [...boms.values()].flatMap((own) =>
    own.flatMap(({ lines }) => lines.map(({ component }) => component)),
  );
  const items = await itemFacts(tx, [...made, ...components]);
  const centres = await workCentresById(tx, centresOf([...routings.values()].flat()));
  const costs = await readCosts(tx, items, { orders, components });
  return (order, on, explicit) => ({
    bom: bomOn(boms.get(order.item) ?? [], on),
    routing: routingOn(routings.get(order.item) ?? [], order.item, on),
    items,
    centres,
    on,
    explicit,
    costOf: (item) => costs(item, order.warehouse),
  });
}

const centresOf = (routings: readonly Routing[]): string[] =>
  routings.flatMap(({ operations }) =>
    operations.flatMap((each) => (each.kind === 'inside' ? [each.workCentre] : [])),
  );

/** What one of an item is planned to cost in a warehouse: the standard, or what stock is worth. */
export async function readCosts(
  tx: Handle,
  items: ReadonlyMap<string, Item>,
  of: { readonly orders: readonly WorkOrder[]; readonly components: readonly string[] },
): Promise<(item: string, warehouse: string) => Decimal> {
  const warehouses = [...new Set(of.orders.map(({ warehouse }) => warehouse))];
  const asks = [...new Set(of.components)].flatMap((item) =>
    warehouses.map((warehouse) => ({ item, warehouse })),
  );
  const positions = await available(tx, asks);
  const costs = new Map(
    positions.flatMap((each) => {
      const cost = each === undefined ? undefined : averageOf(each);
      return each === undefined || cost === undefined
        ? []
        : [[`${each.item} ${each.warehouse}`, cost] as const];
    }),
  );
  return (item, warehouse) => {
    const { costing, standardCost = decimal('0') } = items.get(item) ?? {};
    return costing === 'standard'
      ? standardCost
      : (costs.get(`${item} ${warehouse}`) ?? standardCost);
  };
}

function averageOf(position: {
  readonly owned: Decimal;
  readonly value: Decimal;
}): Decimal | undefined {
  const isThere = !position.owned.startsWith('-') && !position.value.startsWith('-');
  return isThere ? divideDecimals(position.value, position.owned, COST_PLACES) : undefined;
}

async function writeReleased(
  tx: Handle,
  context: ErpContext,
  ready: readonly Ready[],
): Promise<void> {
  const columns = { id: 'text', bom: 'text', routing: 'text', unit_cost: 'numeric' } as const;
  const values = ready.map(({ order, frozen }) => ({
    id: order.id,
    bom: frozen.bom,
    routing: frozen.routing,
    unit_cost: frozen.unitCost,
  }));
  await rows(
    tx,
    sql`update erp_production.work_order o set decision = 'released', bom = r.bom,
        routing = r.routing, unit_cost = r.unit_cost, frozen_end_on = o.planned_end_on,
        released_at = ${context.clock()}::timestamptz, version = o.version + 1
      from ${unnested('r', columns, values)} where o.id = r.id`,
  );
  await writeFrozen(tx, ready);
  const events = ready.map(({ order: { id }, frozen: { bom, routing, unitCost } }) => ({
    id,
    action: 'released',
    detail: { bom, routing, unitCost },
  }));
  await noteEvents(tx, context, ORDER_EVENTS, events);
}

async function writeFrozen(tx: Handle, ready: readonly Ready[]): Promise<void> {
  await insertRows(
    tx,
    'erp_production.work_order_operation',
    {
      order_id: 'text',
      number: 'integer',
      kind: 'text',
      name: 'text',
      work_centre: 'text',
      setup_seconds: 'integer',
      run_seconds: 'numeric',
      base_quantity: 'numeric',
      machine_rate: 'numeric',
      labour_rate: 'numeric',
      supplier: 'text',
      supplier_warehouse: 'text',
      unit_price: 'numeric',
    },
    ready.flatMap(({ order, frozen }) =>
      frozen.operations.map((each) => ({
        order_id: order.id,
        number: each.number,
        kind: each.kind,
        name: each.name,
        work_centre: each.workCentre,
        setup_seconds: each.setupSeconds,
        run_seconds: each.runSeconds,
        base_quantity: each.baseQuantity,
        machine_rate: each.machineRate,
        labour_rate: each.labourRate,
        supplier: each.supplier,
        supplier_warehouse: each.supplierWarehouse,
        unit_price: each.unitPrice,
      })),
    ),
  );
  await insertRows(
    tx,
    'erp_production.work_order_component',
    {
      order_id: 'text',
      number: 'integer',
      operation: 'integer',
      item: 'text',
      required: 'numeric',
      unit_cost: 'numeric',
      is_backflushed: 'boolean',
    },
    ready.flatMap(({ order, frozen }) =>
      frozen.components.map((each) => ({
        order_id: order.id,
        number: each.number,
        operation: each.operation,
        item: each.item,
        required: each.required,
        unit_cost: each.unitCost,
        is_backflushed: each.isBackflushed,
      })),
    ),
  );
}
