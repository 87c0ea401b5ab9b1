import { rows, send, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach, noteEvents } from '#erp/company/documents';
import type { Decided } from '#erp/company/documents';
import type { Decimal } from '#kernel/decimal';
import { callOff } from './call-off.ts';
import { decideStep } from './decide-step.ts';
import type { Step, Stepped } from './decide-step.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { statusOf } from './purchase-order.ts';
import type { OrderStatus, PurchaseOrder } from './purchase-order.ts';
import { lockOrders } from './read-orders.ts';
import { lockRequisitions, requisitionsOf } from './read-requisitions.ts';

/** One step that somebody takes with one order. */
export type OrderStep = {
  readonly id: string;
  readonly version?: number; // As it was seen; another one now is refused.
  readonly step: Step;
  readonly reason?: string;
};

type Taken = Decided<PurchaseOrder, OrderStep, Stepped>;

/** What became of an order. */
export type Steered = {
  readonly id: string;
  readonly version: number;
  readonly status: OrderStatus;
};

/** Where it is written what was done with orders. */
export const ORDER_EVENTS = { table: 'erp_purchasing.order_event', column: 'order_id' } as const;

const ACTIONS = {
  issue: 'issued',
  approve: 'approved',
  reject: 'rejected',
  cancel: 'cancelled',
  close: 'closed',
  reopen: 'reopened',
} as const;

/** Takes orders a step on: issued, approved by another, rejected, cancelled, closed, reopened. */
export async function steerOrders(
  tx: Handle,
  context: ErpContext,
  steps: readonly OrderStep[],
): Promise<readonly Result<Steered, PurchasingProblemCode>[]> {
  const orders = await lockOrders(
    tx,
    steps.map(({ id }) => id),
  );
  const approvalLimit = await readApprovalLimit(tx, context.legalEntity);
  const decided = decideEach(context, orders, steps, {
    missing: 'purchasing.no-such-order',
    moved: 'purchasing.moved-on',
    decide: (order, { step }) => decideStep(order, step, { by: context.by, approvalLimit }),
  });
  const wanted = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const refused = await callOff(
    tx,
    context,
    wanted.map(({ document, to }) => ({ ...document, ...to })),
  );
  const taken = wanted.filter(({ document }) => !refused.has(document.id));
  const freed = await requisitionsOf(
    tx,
    taken.map(({ document }) => document.id),
  );
  await lockRequisitions(
    tx,
    [...freed.values()].map(({ id }) => id),
  );
  await writeSteps(tx, context, taken);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { document: order, to } = each.value;
    const problem = refused.get(order.id);
    if (problem !== undefined) return problem;
    const status = statusOf({ ...order, ...to });
    return accept({ id: order.id, version: order.version + 1, status });
  });
}

async function writeSteps(tx: Handle, context: ErpContext, taken: readonly Taken[]): Promise<void> {
  const now = context.clock();
  const columns = {
    id: 'text',
    decision: 'text',
    is_closed: 'boolean',
    approved_by: 'text',
  } as const;
  const values = taken.map(({ document, to }) => ({
    id: document.id,
    decision: to.decision,
    is_closed: to.isClosed,
    approved_by: to.approvedBy,
  }));
  await send(
    tx,
    sql`update erp_purchasing.purchase_order o set decision = s.decision, is_closed = s.is_closed,
        approved_by = s.approved_by, version = o.version + 1,
        approved_at = case when s.approved_by is distinct from o.approved_by
          then ${now}::timestamptz else o.approved_at end
      from ${unnested('s', columns, values)} where o.id = s.id`,
  );
  await noteEvents(
    tx,
    context,
    ORDER_EVENTS,
    taken.map(({ document, wish, to }) => ({
      id: document.id,
      action: to.decision === 'awaiting-approval' ? 'submitted' : ACTIONS[wish.step],
      detail: wish.reason === undefined ? {} : { reason: wish.reason },
      on: wish.step === 'issue' ? document.issuedOn : undefined,
    })),
  );
}

/** Above what, in the company's currency, another has to approve. Undefined: nobody need. */
export async function readApprovalLimit(
  handle: Handle,
  legalEntity: string,
): Promise<Decimal | undefined> {
  const [found] = await rows<{ limit: Decimal | null }>(
    handle,
    sql`select approval_limit::text as limit from erp_purchasing.setting
      where legal_entity = ${legalEntity}`,
  );
  return found?.limit ?? undefined;
}

/** Sets, or takes away, the limit above which another has to approve. */
export async function setApprovalLimit(
  tx: Handle,
  legalEntity: string,
  limit: Decimal | undefined,
): Promise<void> {
  await rows(
    tx,
    sql`insert into erp_purchasing.setting (legal_entity, approval_limit)
      values (${legalEntity}, ${limit ?? null})
      on conflict (legal_entity) do update set approval_limit = excluded.approval_limit`,
  );
}
