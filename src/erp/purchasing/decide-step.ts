import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { compareDecimals, decimal, multiplyDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { PurchasingProblemCode } from './errors.ts';
import { statusOf } from './purchase-order.ts';
import type { Decision, OrderStatus, PurchaseOrder } from './purchase-order.ts';

/** What people do with a whole order. */
export type Step = 'issue' | 'approve' | 'reject' | 'cancel' | 'close' | 'reopen';

/** From where each step may be taken. */
export const STEPS: Readonly<Record<Step, readonly OrderStatus[]>> = {
  issue: ['draft'],
  approve: ['awaiting-approval'],
  reject: ['awaiting-approval'],
  cancel: ['draft', 'awaiting-approval', 'issued'],
  close: ['issued', 'partly-received', 'received'],
  reopen: ['closed'],
};

/** What a step makes of an order. */
export type Stepped = {
  readonly decision: Decision;
  readonly isClosed: boolean;
  readonly approvedBy: string | null;
};

/** Who takes a step, and above what another has to agree. */
export type StepFacts = {
  readonly by: string;
  readonly approvalLimit: Decimal | undefined; // Company currency. Undefined: nobody need agree.
};

const ZERO = decimal('0');

/** Whether a step may be taken, and where it leads. Pure. */
export function decideStep(
  order: PurchaseOrder,
  step: Step,
  { by, approvalLimit }: StepFacts,
): Result<Stepped, PurchasingProblemCode> {
  const status = statusOf(order);
  const { approvedBy, isClosed } = order;
  if (!STEPS[step].includes(status)) {
    const message = `${order.number} is ${status}: it cannot be made to ${step}`;
    return refuse('purchasing.not-in-this-state', message);
  }
  switch (step) {
    case 'issue': {
      const worth = multiplyDecimals(order.net, order.rate);
      const waits = approvalLimit !== undefined && compareDecimals(worth, approvalLimit) > 0;
      return accept({ decision: waits ? 'awaiting-approval' : 'issued', isClosed, approvedBy });
    }
    case 'approve':
      return by === order.createdBy || by === order.raisedBy
        ? refuse('purchasing.four-eyes', 'who made an order, or raised it, does not approve it')
        : accept({ decision: 'issued', isClosed, approvedBy: by });
    case 'reject': // Of what has begun the change is taken back instead.
    case 'cancel':
      return order.lines.some(hasBegun)
        ? refuse('purchasing.not-in-this-state', `${order.number} has been delivered or charged`)
        : accept({ decision: step === 'reject' ? 'rejected' : 'cancelled', isClosed, approvedBy });
    case 'close':
      return accept({ decision: order.decision, isClosed: true, approvedBy });
    case 'reopen':
      return isClosed
        ? accept({ decision: order.decision, isClosed: false, approvedBy })
        : refuse('purchasing.not-in-this-state', `all of ${order.number} is there and charged`);
  }
}

/** Whether something of a line has come, or was charged. */
export const hasBegun = ({ received, invoiced }: PurchaseOrder['lines'][number]): boolean =>
  compareDecimals(received, ZERO) !== 0 || compareDecimals(invoiced, ZERO) !== 0;
