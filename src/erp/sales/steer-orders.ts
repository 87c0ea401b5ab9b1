import { send, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach, noteEvents } from '#erp/company/documents';
import type { Decided } from '#erp/company/documents';
import { release } from '#erp/inventory';
import { customerFacts } from '#erp/parties';
import { addDecimals, decimal, multiplyDecimals } from '#kernel/decimal';
import { decideStep } from './decide-step.ts';
import type { Step } from './decide-step.ts';
import type { SalesProblemCode } from './errors.ts';
import { exposuresOf } from './exposure.ts';
import { lockOrders } from './read-orders.ts';
import { lockQuotations } from './read-quotations.ts';
import { reserveLines } from './reserve-lines.ts';
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

type Taken = Decided<
  SalesOrder,
  OrderStep,
  { readonly decision: Decision; readonly isClosed: boolean }
>;

const ZERO = decimal('0');

/**
 * Takes orders a step on. Confirming checks the customer's credit and reserves what stock there is,
 * reserving again what there is now; cancelling and closing give it back.
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
  const customers = await customerFacts(
    tx,
    asked.map(({ customer }) => customer),
  );
  const exposures = await exposuresOf(tx, context.legalEntity, customers);
  const decided = decideEach(context, orders, steps, {
    missing: 'sales.no-such-order',
    moved: 'sales.moved-on',
    decide: (order, { step }) => {
      const exposure = exposures.get(order.customer) ?? ZERO;
      const creditLimit = customers.get(order.customer)?.creditLimit;
      const to = decideStep(order, step, { by: context.by, creditLimit, exposure });
      if (to.ok && step === 'confirm' && to.value.decision === 'confirmed') {
        const worth = multiplyDecimals(order.net, order.rate);
        exposures.set(order.customer, addDecimals(exposure, worth));
      }
      return to;
    },
  });
  const taken = decided.flatMap((each) => (each.ok ? [each.value] : []));
  await lockQuotations(
    tx,
    taken.flatMap(({ document }) => document.lines.flatMap(({ quotationId }) => quotationId ?? [])),
  );
  await reserveFor(tx, context, taken);
  await writeSteps(tx, context, taken);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { document: order, to } = each.value;
    const status = statusOf({ ...order, ...to });
    return accept({ id: order.id, version: order.version + 1, status });
  });
}

/** Reserves what there is for what was confirmed; gives back what is cancelled or closed. */
async function reserveFor(tx: Handle, context: ErpContext, taken: readonly Taken[]): Promise<void> {
  const given = taken.filter(({ wish }) => wish.step === 'cancel' || wish.step === 'close');
  const held = given.flatMap(({ document }) =>
    document.lines.flatMap(({ reservation }) => reservation ?? []),
  );
  if (held.length > 0) await release(tx, context, held);
  const confirmed = taken.filter(
    (each) => each.to.decision === 'confirmed' && !given.includes(each),
  );
  await reserveLines(
    tx,
    context,
    confirmed.flatMap(({ document }) =>
      document.lines.map((line) => ({ order: document.id, line })),
    ),
  );
}

/** Where it is written what was done with orders. */
export const ORDER_EVENTS = { table: 'erp_sales.order_event', column: 'order_id' } as const;

/** What is written of a step that led to a decision. */
export const actionOf = (step: Step, decision: Decision): string =>
  decision === 'on-credit-hold' ? 'held-for-credit' : ACTIONS[step];

const ACTIONS: Readonly<Record<Step, string>> = {
  confirm: 'confirmed',
  reserve: 'reserved',
  'release-credit': 'credit-released',
  cancel: 'cancelled',
  close: 'closed',
  reopen: 'reopened',
};

async function writeSteps(tx: Handle, context: ErpContext, taken: readonly Taken[]): Promise<void> {
  const columns = { id: 'text', decision: 'text', is_closed: 'boolean' } as const;
  const values = taken.map(({ document, to }) => ({
    id: document.id,
    decision: to.decision,
    is_closed: to.isClosed,
  }));
  await send(
    tx,
    sql`update erp_sales.sales_order o set decision = s.decision, is_closed = s.is_closed,
        version = o.version + 1
      from ${unnested('s', columns, values)} where o.id = s.id`,
  );
  await noteEvents(
    tx,
    context,
    ORDER_EVENTS,
    taken.map(({ document, wish, to }) => ({
      id: document.id,
      action: actionOf(wish.step, to.decision),
      detail: wish.reason === undefined ? {} : { reason: wish.reason },
      on: wish.step === 'confirm' ? document.issuedOn : undefined,
    })),
  );
}
