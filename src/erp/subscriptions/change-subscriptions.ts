import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach } from '#erp/company/documents';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { SubscriptionsProblemCode } from './errors.ts';
import { nextEvent } from './next-event.ts';
import { isBoundary } from './periods.ts';
import { listPlans, priceOn } from './plans.ts';
import type { Plan } from './plans.ts';
import { chargesOf, lockSubscriptions } from './read-subscriptions.ts';
import type { Charge } from './read-subscriptions.ts';
import { STEPS } from './subscription.ts';
import type { NewEvent, Step, Subscription, Terms } from './subscription.ts';
import { writeEvents } from './write-events.ts';

type Code = SubscriptionsProblemCode;

/** What is to happen to a subscription from a day on. */
export type SubscriptionStep = {
  readonly id: string;
  readonly version?: number; // As it was seen; another one now is refused.
  readonly step: Step;
  readonly on: LocalDate;
  readonly plan?: string; // Of a change; with another interval only where an interval begins.
  readonly quantity?: Decimal;
  readonly unitPrice?: Decimal; // Else the plan's on that day, when the plan changes.
  readonly reason?: string;
};

/** A subscription that has changed. */
export type SteppedSubscription = {
  readonly id: string;
  readonly version: number;
  readonly movement: NewEvent['movement'];
  readonly mrr: Decimal;
};

type Facts = {
  readonly plans: ReadonlyMap<string, Plan>;
  readonly charges: ReadonlyMap<string, readonly Charge[]>;
};

/**
 * Changes, pauses, resumes or ends subscriptions from a day on. What was charged for the interval that
 * runs is corrected by the next billing run, by days.
 */
export async function changeSubscriptions(
  tx: Handle,
  context: ErpContext,
  wishes: readonly SubscriptionStep[],
): Promise<readonly Result<SteppedSubscription, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const subscriptions = await lockSubscriptions(tx, ids);
  const plans = await listPlans(tx, context.legalEntity);
  const facts: Facts = {
    plans: new Map(plans.map((plan) => [plan.id, plan])),
    charges: Map.groupBy(await chargesOf(tx, ids), ({ subscription }) => subscription),
  };
  const decided = decideEach(context, subscriptions, wishes, {
    missing: 'subscriptions.no-such-subscription',
    moved: 'subscriptions.moved-on',
    decide: (subscription: Subscription, wish: SubscriptionStep) =>
      decideStep(facts, subscription, wish),
  });
  await writeEvents(
    tx,
    context,
    decided.flatMap((each) =>
      each.ok ? [{ ...each.value.to, subscription: each.value.document.id }] : [],
    ),
  );
  return decided.map((each) => {
    if (!each.ok) return each;
    const { number: version, movement, mrr } = each.value.to;
    return accept({ id: each.value.document.id, version, movement, mrr });
  });
}

/** Whether something may happen to a subscription, and what it is then. Pure. */
function decideStep(
  facts: Facts,
  subscription: Subscription,
  wish: SubscriptionStep,
): Result<NewEvent, Code> {
  const { number, status, currency, events } = subscription;
  const { step, on, reason = '' } = wish;
  const last = events.at(-1);
  if (last === undefined || !STEPS[step].includes(status)) {
    const message = `${number} is ${status}: it cannot be made to ${step}`;
    return refuse('subscriptions.not-in-this-state', message);
  }
  const charged = facts.charges.get(subscription.id)?.findLast(({ kind }) => kind === 'recurring');
  if (on < last.on || (charged !== undefined && on < charged.periodFrom)) {
    const message = `${number} was changed or charged for days after ${on}`;
    return refuse('subscriptions.period-billed', message, 'on');
  }
  if (last.endsOn !== null && on >= last.endsOn) {
    return refuse('subscriptions.not-in-this-state', `${number} is over on ${last.endsOn}`, 'on');
  }
  const terms =
    step === 'change' ? changedTerms(facts, { last, wish, subscription }) : stepped(last, wish);
  if (!terms.ok) return terms;
  return accept(nextEvent(last, { action: step, on, terms: terms.value, currency, reason }));
}

const stepped = (last: NewEvent, { step, on }: SubscriptionStep): Result<Terms, Code> => {
  const status = step === 'resume' ? 'active' : step === 'pause' ? 'paused' : 'ended';
  return accept({ ...last, status, ...(step === 'end' ? { endsOn: on } : {}) });
};

function changedTerms(
  { plans, charges }: Facts,
  of: {
    readonly last: NewEvent;
    readonly wish: SubscriptionStep;
    readonly subscription: Subscription;
  },
): Result<Terms, Code> {
  const { last, wish, subscription } = of;
  const { on, quantity = last.quantity } = wish;
  const plan = plans.get(wish.plan ?? last.plan);
  if (plan === undefined || (plan.status !== 'active' && plan.id !== last.plan)) {
    return refuse('subscriptions.no-such-plan', `there is no plan ${wish.plan}`, 'plan');
  }
  const listed =
    plan.id === last.plan ? last.unitPrice : priceOn(plan, { currency: subscription.currency, on });
  const unitPrice = wish.unitPrice ?? listed;
  if (unitPrice === undefined) {
    const message = `${plan.code} has no price in ${subscription.currency} on ${on}`;
    return refuse('subscriptions.no-price', message, 'plan');
  }
  const zero = decimal('0');
  if (compareDecimals(quantity, zero) <= 0 || compareDecimals(unitPrice, zero) < 0) {
    const message = 'a quantity is above zero, a price not below';
    return refuse('subscriptions.bad-subscription', message, 'quantity');
  }
  const { intervalMonths } = plan;
  const isOther = intervalMonths !== last.intervalMonths;
  const began = charges.get(subscription.id)?.some(({ periodFrom }) => periodFrom >= on) === true;
  if (isOther && (began || !isBoundary(last, on))) {
    const message = 'another interval begins where an interval does that is not charged yet';
    return refuse('subscriptions.not-at-boundary', message, 'on');
  }
  const isSame =
    plan.id === last.plan &&
    compareDecimals(quantity, last.quantity) === 0 &&
    compareDecimals(unitPrice, last.unitPrice) === 0;
  if (isSame) return refuse('subscriptions.nothing-changes', 'it is like that already');
  const anchorOn = isOther ? on : last.anchorOn;
  return accept({ ...last, plan: plan.id, quantity, unitPrice, intervalMonths, anchorOn });
}
