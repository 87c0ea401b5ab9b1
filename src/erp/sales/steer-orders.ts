import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { convert, itemFacts } from '#erp/items';
import { release, reserve } from '#erp/inventory';
import { owedBy } from '#erp/open-items';
import { customerFacts } from '#erp/parties';
import { addDecimals, decimal, multiplyDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { decideStep } from './decide-step.ts';
import type { Step } from './decide-step.ts';
import type { SalesProblemCode } from './errors.ts';
import { lockOrders } from './read-orders.ts';
import { statusOf } from './sales-order.ts';
import type { Decision, SalesOrder, SalesOrderStatus } from './sales-order.ts';

/** One step that somebody takes with one order. */
export type OrderStep = {
  readonly id: string;
  readonly version?: number; // As it was seen; another one now is refused.
  readonly step: Step;
  readonly reason?: string;
};

/** What became of an order. */
export type Steered = {
  readonly id: string;
  readonly version: number;
  readonly status: SalesOrderStatus;
};

type Taken = {
  readonly order: SalesOrder;
  readonly step: OrderStep;
  readonly to: { readonly decision: Decision; readonly isClosed: boolean };
};

const ZERO = decimal('0');

/**
 * Takes orders a step on. Confirming checks the customer's credit and reserves what stock there is;
 * cancelling and closing give it back.
 */
export async function steerOrders(
  tx: Handle,
  context: ErpContext,
  steps: readonly OrderStep[],
): Promise<readonly Result<Steered, SalesProblemCode>[]> {
  const orders = await lockOrders(
    tx,
    steps.map(({ id }) => id),
  );
  const asked = [...orders.values()];
  const exposures = await exposuresOf(tx, context.legalEntity, asked);
  const customers = await customerFacts(
    tx,
    asked.map(({ customer }) => customer),
  );
  const seen = new Set<string>();
  const decided = steps.map((step): Result<Taken, SalesProblemCode> => {
    const order = orders.get(step.id);
    if (order === undefined || order.legalEntity !== context.legalEntity) {
      return refuse('sales.no-such-order', `there is no order ${step.id}`, 'id');
    }
    const isStale = step.version !== undefined && step.version !== order.version;
    if (isStale || seen.has(step.id)) {
      return refuse('sales.moved-on', `${order.number} has been changed`, 'version');
    }
    const exposure = exposures.get(order.customer) ?? ZERO;
    const creditLimit = customers.get(order.customer)?.creditLimit;
    const to = decideStep(order, step.step, { by: context.by, creditLimit, exposure });
    if (!to.ok) return to;
    seen.add(step.id);
    if (step.step === 'confirm' && to.value.decision === 'confirmed') {
      const worth = multiplyDecimals(order.net, order.rate);
      exposures.set(order.customer, addDecimals(exposure, worth));
    }
    return accept({ order, step, to: to.value });
  });
  const taken = decided.flatMap((each) => (each.ok ? [each.value] : []));
  await reserveFor(tx, context, taken);
  await writeSteps(tx, context, taken);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { order, to } = each.value;
    const status = statusOf({ ...order, ...to });
    return accept({ id: order.id, version: order.version + 1, status });
  });
}

/** By customer: what he owes, and what is confirmed for him and not yet charged; company currency. */
async function exposuresOf(
  tx: Handle,
  legalEntity: string,
  orders: readonly SalesOrder[],
): Promise<Map<string, Decimal>> {
  const customers = [...new Set(orders.map(({ customer }) => customer))].toSorted();
  // Two orders of one customer at once: the second sees what the first was granted.
  await rows(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended('erp_sales ' || c, 0))
      from unnest(${customers}::text[]) as c order by c`,
  );
  const owed = await owedBy(tx, { legalEntity, side: 'receivable', parties: customers });
  const ahead = await rows<{ customer: string; amount: Decimal }>(
    tx,
    sql`select o.customer, sum(greatest(l.ordered - l.invoiced, 0) * l.net / l.ordered * o.rate)::text
        as amount
      from erp_sales.sales_order o join erp_sales.sales_order_line l on l.order_id = o.id
      where o.customer = any(${customers}) and o.legal_entity = ${legalEntity}
        and o.decision = 'confirmed' and not o.is_closed and o.progress <> 'invoiced'
        and not l.is_cancelled
      group by o.customer`,
  );
  const exposures = new Map(owed);
  for (const { customer, amount } of ahead) {
    exposures.set(customer, addDecimals(exposures.get(customer) ?? ZERO, amount));
  }
  return exposures;
}

/** Reserves what there is for what was confirmed; gives back what is cancelled or closed. */
async function reserveFor(tx: Handle, context: ErpContext, taken: readonly Taken[]): Promise<void> {
  const given = taken.filter(({ step }) => step.step === 'cancel' || step.step === 'close');
  const held = given.flatMap(({ order }) =>
    order.lines.flatMap(({ reservation }) => reservation ?? []),
  );
  if (held.length > 0) await release(tx, context, held);
  const confirmed = taken.filter(
    ({ step, to }) =>
      to.decision === 'confirmed' && (step.step === 'confirm' || step.step === 'release-credit'),
  );
  const items = await itemFacts(
    tx,
    confirmed.flatMap(({ order }) => order.lines.flatMap(({ item }) => item ?? [])),
  );
  const wanted = confirmed.flatMap(({ order }) =>
    order.lines.flatMap((line) => {
      const item = items.get(line.item ?? '');
      if (item === undefined || line.warehouse === null || !line.isDeliveredAgainst) return [];
      const quantity = convert(item, line.ordered, line.unit);
      if (!quantity.ok) return [];
      const source = { area: 'sales', kind: 'sales-order', id: order.id, line: `${line.number}` };
      const wish = { item: item.id, warehouse: line.warehouse, quantity: quantity.value, source };
      return [{ order, line, wish: { ...wish, partial: true } }];
    }),
  );
  const reserved = await reserve(
    tx,
    context,
    wanted.map(({ wish }) => wish),
  );
  const columns = { order_id: 'text', number: 'integer', reservation: 'text' } as const;
  const values = wanted.flatMap(({ order, line }, at) => {
    const result = reserved[at];
    return result?.ok === true
      ? [{ order_id: order.id, number: line.number, reservation: result.value.id }]
      : [];
  });
  if (values.length === 0) return;
  await rows(
    tx,
    sql`update erp_sales.sales_order_line l set reservation = r.reservation
      from ${unnested('r', columns, values)} where l.order_id = r.order_id and l.number = r.number`,
  );
}

const ACTIONS: Readonly<Record<Step, string>> = {
  confirm: 'confirmed',
  'release-credit': 'credit-released',
  cancel: 'cancelled',
  close: 'closed',
  reopen: 'reopened',
};

async function writeSteps(
  tx: Handle,
  { by, clock }: ErpContext,
  taken: readonly Taken[],
): Promise<void> {
  const columns = { id: 'text', decision: 'text', is_closed: 'boolean' } as const;
  const values = taken.map(({ order, to }) => ({
    id: order.id,
    decision: to.decision,
    is_closed: to.isClosed,
  }));
  await rows(
    tx,
    sql`update erp_sales.sales_order o set decision = s.decision, is_closed = s.is_closed,
        version = o.version + 1
      from ${unnested('s', columns, values)} where o.id = s.id`,
  );
  const now = clock();
  await insertRows(
    tx,
    'erp_sales.order_event',
    { order_id: 'text', action: 'text', detail: 'jsonb', by: 'text', at: 'timestamptz' },
    taken.map(({ order, step, to }) => ({
      order_id: order.id,
      action: to.decision === 'on-credit-hold' ? 'held-for-credit' : ACTIONS[step.step],
      detail: JSON.stringify(step.reason === undefined ? {} : { reason: step.reason }),
      by,
      at: now,
    })),
  );
}
