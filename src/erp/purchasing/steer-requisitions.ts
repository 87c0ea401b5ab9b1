import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach, noteEvents } from '#erp/company/documents';
import type { PurchasingProblemCode } from './errors.ts';
import { lockRequisitions } from './read-requisitions.ts';
import { requisitionStatusOf } from './requisition.ts';
import type { Requisition, RequisitionStatus } from './requisition.ts';

/** What people do with a whole requisition. */
export type RequisitionStep = 'submit' | 'approve' | 'reject' | 'withdraw' | 'close' | 'reopen';

/** From where each step may be taken. */
export const REQUISITION_STEPS: Readonly<Record<RequisitionStep, readonly RequisitionStatus[]>> = {
  submit: ['draft'],
  approve: ['submitted'],
  reject: ['submitted'],
  withdraw: ['draft', 'submitted', 'approved'],
  close: ['approved', 'partly-ordered', 'ordered'],
  reopen: ['closed'],
};

const DONE = {
  submit: 'submitted',
  approve: 'approved',
  reject: 'rejected',
  withdraw: 'withdrawn',
  close: 'closed',
  reopen: 'reopened',
} as const;

type Stepped = Pick<Requisition, 'decision' | 'isClosed' | 'approvedBy'>;

/** Takes requisitions a step on: submitted, approved by another, rejected, withdrawn, closed. */
export async function steerRequisitions(
  tx: Handle,
  context: ErpContext,
  steps: readonly {
    readonly id: string;
    readonly version?: number; // As it was seen; another one now is refused.
    readonly step: RequisitionStep;
    readonly reason?: string;
  }[],
): Promise<
  readonly Result<
    { readonly id: string; readonly version: number; readonly status: RequisitionStatus },
    PurchasingProblemCode
  >[]
> {
  const requisitions = await lockRequisitions(
    tx,
    steps.map(({ id }) => id),
  );
  const decided = decideEach(context, requisitions, steps, {
    missing: 'purchasing.no-such-requisition',
    moved: 'purchasing.moved-on',
    decide: (requisition, { step }) => decideRequisitionStep(requisition, step, context.by),
  });
  const taken = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const columns = { id: 'text', decision: 'text', closed: 'boolean', approved_by: 'text' } as const;
  const values = taken.map(({ document, to }) => ({
    id: document.id,
    decision: to.decision,
    closed: to.isClosed,
    approved_by: to.approvedBy,
  }));
  const now = context.clock();
  await rows(
    tx,
    sql`update erp_purchasing.requisition r set decision = s.decision, is_closed = s.closed,
        approved_by = s.approved_by, version = r.version + 1,
        approved_at = case when s.approved_by is distinct from r.approved_by
          then ${now}::timestamptz else r.approved_at end
      from ${unnested('s', columns, values)} where r.id = s.id`,
  );
  await noteEvents(
    tx,
    context,
    { table: 'erp_purchasing.requisition_event', column: 'requisition_id' },
    taken.map(({ document, wish }) => ({
      id: document.id,
      action: DONE[wish.step],
      detail: wish.reason === undefined ? {} : { reason: wish.reason },
    })),
  );
  return decided.map((each) => {
    if (!each.ok) return each;
    const { document, to } = each.value;
    const status = requisitionStatusOf({ ...document, ...to });
    return accept({ id: document.id, version: document.version + 1, status });
  });
}

function decideRequisitionStep(
  requisition: Requisition,
  step: RequisitionStep,
  by: string,
): Result<Stepped, PurchasingProblemCode> {
  const status = requisitionStatusOf(requisition);
  const { decision, isClosed, approvedBy } = requisition;
  if (!REQUISITION_STEPS[step].includes(status)) {
    const message = `${requisition.number} is ${status}: it cannot be made to ${step}`;
    return refuse('purchasing.not-in-this-state', message);
  }
  const isOwn = by === requisition.createdBy || by === requisition.requester;
  if (step === 'approve' && isOwn) {
    return refuse('purchasing.four-eyes', 'who asks for something does not approve it');
  }
  switch (step) {
    case 'close':
    case 'reopen':
      return accept({ decision, isClosed: step === 'close', approvedBy });
    case 'approve':
      return accept({ decision: 'approved', isClosed, approvedBy: by });
    case 'submit':
    case 'reject':
    case 'withdraw':
      return accept({ decision: DONE[step], isClosed, approvedBy });
  }
}
