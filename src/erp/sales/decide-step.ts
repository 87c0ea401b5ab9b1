import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { addDecimals, compareDecimals, decimal, multiplyDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { SalesProblemCode } from './errors.ts';
import { statusOf } from './sales-order.ts';
import type { Decision, SalesOrder, SalesOrderStatus } from './sales-order.ts';

/** What people do with a whole order. */
export type Step = 'confirm' | 'reserve' | 'release-credit' | 'cancel' | 'close' | 'reopen';

/** From where each step may be taken. */
export const STEPS: Readonly<Record<Step, readonly SalesOrderStatus[]>> = {
  confirm: ['draft'],
  reserve: ['confirmed', 'partly-delivered'],
  'release-credit': ['on-credit-hold'],
  cancel: ['draft', 'on-credit-hold', 'confirmed'],
  close: ['confirmed', 'partly-delivered', 'delivered'],
  reopen: ['closed'],
};

/** Who takes a step, and how much the customer may owe. */
export type StepFacts = {
  readonly by: string;
  readonly creditLimit: Decimal | undefined; // Company currency. Undefined: there is none.
  readonly exposure: Decimal; // What he owes, and what is confirmed and not yet charged.
};

const ZERO = decimal('0');

/** Whether a step may be taken, and where it leads. Pure. */
export function decideStep(
  order: SalesOrder,
  step: Step,
  { by, creditLimit, exposure }: StepFacts,
): Result<{ readonly decision: Decision; readonly isClosed: boolean }, SalesProblemCode> {
  const status = statusOf(order);
  const { decision, isClosed } = order;
  if (!STEPS[step].includes(status)) {
    const message = `${order.number} is ${status}: it cannot be made to ${step}`;
    return refuse('sales.not-in-this-state', message);
  }
  switch (step) {
    case 'confirm':
      return accept({ decision: confirmedOrHeld(order, { creditLimit, exposure }), isClosed });
    case 'reserve':
      return accept({ decision, isClosed });
    case 'release-credit':
      return by === order.createdBy || by === order.raisedBy
        ? refuse('sales.four-eyes', 'who made an order, or raised it, does not release its credit')
        : accept({ decision: 'confirmed', isClosed });
    case 'cancel':
      return order.lines.some(hasBegun)
        ? refuse('sales.not-in-this-state', `${order.number} has been delivered or charged`)
        : accept({ decision: 'cancelled', isClosed });
    case 'close':
      return accept({ decision, isClosed: true });
    case 'reopen':
      return isClosed
        ? accept({ decision, isClosed: false })
        : refuse('sales.not-in-this-state', `all of ${order.number} is delivered and charged`);
  }
}

/** What confirming an order makes of it: beyond the customer's limit it waits. Pure. */
export function confirmedOrHeld(
  order: Pick<SalesOrder, 'net' | 'rate'>,
  { creditLimit, exposure }: Omit<StepFacts, 'by'>,
): 'confirmed' | 'on-credit-hold' {
  const owed = addDecimals(exposure, multiplyDecimals(order.net, order.rate));
  const waits = creditLimit !== undefined && compareDecimals(owed, creditLimit) > 0;
  return waits ? 'on-credit-hold' : 'confirmed';
}

/** Whether something of a line has left, or was charged. */
export const hasBegun = ({ delivered, invoiced }: SalesOrder['lines'][number]): boolean =>
  compareDecimals(delivered, ZERO) !== 0 || compareDecimals(invoiced, ZERO) !== 0;
