import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, linkDocuments, refuse } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { createOrders, steerOrders } from '#erp/purchasing';
import type { OrderDraft, OrderStatus } from '#erp/purchasing';
import { addDecimals, compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { refusedBy } from './book-postings.ts';
import type { Late } from './book-postings.ts';
import { operationFor } from './decide-confirmation.ts';
import type { ProductionProblemCode } from './errors.ts';
import { withTolerance } from './order-progress.ts';
import { readFacts } from './production-facts.ts';
import type { ProductionFacts } from './production-facts.ts';
import type { Operation, WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** A service that is to be ordered from the supplier of an outside operation. */
export type OutsideOrderDraft = {
  readonly order: string;
  readonly operation: number;
  readonly quantity: Decimal; // In the item's base unit.
  readonly issuedOn: LocalDate;
  readonly promisedOn?: LocalDate;
  readonly unitPrice?: Decimal; // Else as planned.
  readonly currency?: string; // Of `unitPrice`; else the company's.
};

/** The purchase order of a service; where it stands: one of much worth may wait for approval. */
export type OutsideOrder = {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
};

/** A service that was ordered. */
export type OrderedService = {
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: number;
  readonly order: string;
  readonly operation: number;
  readonly quantity: Decimal;
};

const ZERO = decimal('0');
const FIRST_LINE = 10;

/** Orders services for outside operations, and sends the orders on their way. */
export const orderOutside = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly OutsideOrderDraft[],
): Promise<readonly Result<OutsideOrder, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookOrders(tx, context, asked));

type Decided = {
  readonly order: WorkOrder;
  readonly operation: Operation;
  readonly draft: OutsideOrderDraft;
};

async function bookOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly OutsideOrderDraft[],
): Promise<Booked<OutsideOrder, Code>> {
  const ids = drafts.map(({ order }) => order);
  const facts = await readFacts(tx, context, { orders: ids, days: [] });
  const ordered = orderedSoFar(await listOutsideOrders(tx, ids));
  const decided = drafts.map((draft) => decideOrder(facts, draft, ordered));
  const good = decided.flatMap((each, place) => (each.ok ? [{ place, ...each.value }] : []));
  const late: Late = new Map();
  const created = await createOrders(
    tx,
    context,
    good.map((each) => purchaseOrderOf(each, facts)),
  );
  const made = good.flatMap((each, at) => {
    const result = created[at];
    if (result?.ok === true) return [{ ...each, ...result.value }];
    if (result !== undefined) {
      late.set(each.place, refusedBy('production.purchase-refused', result));
    }
    return [];
  });
  const issued = await steerOrders(
    tx,
    context,
    made.map(({ id }) => ({ id, step: 'issue' })),
  );
  const statuses = new Map<number, OutsideOrder>();
  for (const [at, { place, id, number }] of made.entries()) {
    const result = issued[at];
    if (result?.ok === true) statuses.set(place, { id, number, status: result.value.status });
    else if (result !== undefined) {
      late.set(place, refusedBy('production.purchase-refused', result));
    }
  }
  await write(tx, made);
  const results = decided.map((each, place): Result<OutsideOrder, Code> => {
    if (!each.ok) return each;
    return accept(statuses.get(place) ?? { id: '', number: '', status: 'draft' });
  });
  return { results, late };
}

function decideOrder(
  facts: ProductionFacts,
  draft: OutsideOrderDraft,
  ordered: Map<string, Decimal>,
): Result<Decided, Code> {
  const found = operationFor(facts, draft, 'outside');
  if (!found.ok) return found;
  const { order, operation } = found.value;
  const { quantity, unitPrice = ZERO } = draft;
  if (compareDecimals(quantity, ZERO) <= 0 || compareDecimals(unitPrice, ZERO) < 0) {
    return refuse(
      'production.bad-quantity',
      'a quantity is above zero, a price not below',
      'quantity',
    );
  }
  const key = `${order.id} ${operation.number}`;
  const total = addDecimals(ordered.get(key) ?? ZERO, quantity);
  if (compareDecimals(total, withTolerance(order, order.quantity)) > 0) {
    const message = `${order.number} is for ${order.quantity}`;
    return refuse('production.more-than-passed-on', message, 'quantity');
  }
  ordered.set(key, total);
  return accept({ order, operation, draft });
}

function purchaseOrderOf(
  { order, operation, draft }: Decided,
  { currency, items }: ProductionFacts,
): OrderDraft {
  const item = items.get(order.item);
  const { promisedOn } = draft;
  return {
    kind: 'subcontract',
    supplier: operation.supplier ?? '',
    issuedOn: draft.issuedOn,
    currency: draft.currency ?? currency,
    text: order.number,
    lines: [
      {
        text: `${operation.name}: ${item?.number} ${item?.name}`,
        quantity: draft.quantity,
        unit: item?.baseUnit ?? 'C62',
        unitPrice: draft.unitPrice ?? operation.unitPrice ?? ZERO,
        workOrder: order.id,
        ...(promisedOn === undefined ? {} : { promisedOn, requestedOn: promisedOn }),
        ...(order.project === null ? {} : { project: order.project }),
      },
    ],
  };
}

async function write(
  tx: Handle,
  made: readonly (Decided & { readonly id: string; readonly number: string })[],
): Promise<void> {
  const columns = {
    purchase_order: 'text',
    purchase_order_line: 'integer',
    order_id: 'text',
    operation: 'integer',
    quantity: 'numeric',
  } as const;
  const values = made.map(({ id, order, operation, draft }) => ({
    purchase_order: id,
    purchase_order_line: FIRST_LINE,
    order_id: order.id,
    operation: operation.number,
    quantity: draft.quantity,
  }));
  await insertRows(tx, 'erp_production.outside_order', columns, values);
  await linkDocuments(
    tx,
    made.map(({ id, number, order }) => ({
      from: { kind: 'work-order', id: order.id, number: order.number },
      to: { kind: 'purchase-order', id, number },
    })),
  );
}

/** The services that were ordered for these work orders. */
export const listOutsideOrders = (
  handle: Handle,
  orders: readonly string[],
): Promise<readonly OrderedService[]> =>
  rows<OrderedService>(
    handle,
    sql`select purchase_order as "purchaseOrder", purchase_order_line as "purchaseOrderLine",
        order_id as "order", operation, quantity::text as quantity
      from erp_production.outside_order where order_id = any(${[...new Set(orders)]})
      order by order_id, operation, purchase_order, purchase_order_line`,
  );

function orderedSoFar(services: readonly OrderedService[]): Map<string, Decimal> {
  const ordered = new Map<string, Decimal>();
  for (const { order, operation, quantity } of services) {
    const key = `${order} ${operation}`;
    ordered.set(key, addDecimals(ordered.get(key) ?? ZERO, quantity));
  }
  return ordered;
}
