import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, companyCurrencyOf, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { customerFacts } from '#erp/parties';
import type { Party } from '#erp/parties';
import { newId, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addMonths, millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { SubscriptionsProblemCode } from './errors.ts';
import { nextEvent } from './next-event.ts';
import { listPlans, priceOn } from './plans.ts';
import type { Plan } from './plans.ts';
import type { NewEvent } from './subscription.ts';
import { writeEvents } from './write-events.ts';

type Code = SubscriptionsProblemCode;

/** A subscription as it is asked for. */
export type SubscriptionDraft = {
  readonly customer: string;
  readonly plan: string;
  readonly quantity: Decimal;
  readonly unitPrice?: Decimal; // For an interval; else the plan's on that day.
  readonly currency?: string; // Else the customer's, else the company's.
  readonly paymentTerms?: string;
  readonly startsOn: LocalDate;
  readonly termMonths?: number; // Else it runs until somebody ends it.
  readonly autoRenews?: boolean; // When the term is over; else it ends.
};

const SUBSCRIPTION = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  customer: 'text',
  currency: 'text',
  payment_terms: 'text',
  starts_on: 'date',
  term_months: 'integer',
  auto_renews: 'boolean',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

type Facts = {
  readonly legalEntity: string;
  readonly companyCurrency: CurrencyCode;
  readonly customers: ReadonlyMap<string, Party>;
  readonly plans: ReadonlyMap<string, Plan>;
};
type Decided = {
  readonly draft: SubscriptionDraft;
  readonly currency: CurrencyCode;
  readonly event: NewEvent;
};

/** Signs customers up. Nothing is charged before a billing run. */
export async function createSubscriptions(
  tx: Handle,
  context: ErpContext,
  drafts: readonly SubscriptionDraft[],
): Promise<readonly Result<{ readonly id: string; readonly number: string }, Code>[]> {
  const { by, clock, legalEntity } = context;
  const plans = await listPlans(tx, legalEntity);
  const facts: Facts = {
    legalEntity,
    companyCurrency: await companyCurrencyOf(tx, legalEntity),
    customers: await customerFacts(
      tx,
      drafts.map(({ customer }) => customer),
    ),
    plans: new Map(plans.map((plan) => [plan.id, plan])),
  };
  const decided = drafts.map((draft) => decideSubscription(facts, draft));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const days = good.map(({ draft }) => draft.startsOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'SU', days);
  const now = clock();
  const made = good.map((each, at) => ({
    ...each,
    id: newId('su', millisecondsOf(now)),
    number: numbers[at] ?? '',
  }));
  const values = made.map(({ id, number, draft, currency }) => ({
    id,
    legal_entity: legalEntity,
    number,
    customer: draft.customer,
    currency,
    payment_terms: draft.paymentTerms,
    starts_on: draft.startsOn,
    term_months: draft.termMonths,
    auto_renews: draft.autoRenews ?? false,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_subscriptions.subscription', SUBSCRIPTION, values);
  await writeEvents(
    tx,
    context,
    made.map(({ id, event }) => ({ ...event, subscription: id })),
  );
  const created = made.values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number = '' } = created.next().value ?? {};
    return accept({ id, number });
  });
}

/** Whether a subscription may be one. Pure. */
function decideSubscription(facts: Facts, draft: SubscriptionDraft): Result<Decided, Code> {
  const customer = facts.customers.get(draft.customer);
  if (customer?.legalEntity !== facts.legalEntity) {
    const message = `there is no customer ${draft.customer}`;
    return refuse('subscriptions.no-such-customer', message, 'customer');
  }
  const plan = facts.plans.get(draft.plan);
  if (plan?.status !== 'active') {
    return refuse('subscriptions.no-such-plan', `there is no plan ${draft.plan}`, 'plan');
  }
  const currency = parseCurrency(draft.currency ?? customer.currency ?? facts.companyCurrency);
  const { quantity, startsOn, termMonths } = draft;
  const isBad =
    compareDecimals(quantity, decimal('0')) <= 0 ||
    (termMonths !== undefined && (termMonths < 1 || termMonths % plan.intervalMonths !== 0));
  if (currency === undefined || isBad) {
    const message = 'a quantity is above zero, a term so many whole intervals, a currency known';
    return refuse('subscriptions.bad-subscription', message);
  }
  const unitPrice = draft.unitPrice ?? priceOn(plan, { currency, on: startsOn });
  if (unitPrice === undefined || compareDecimals(unitPrice, decimal('0')) < 0) {
    const message = `${plan.code} has no price in ${currency} on ${startsOn}`;
    return refuse('subscriptions.no-price', message, 'unitPrice');
  }
  const terms = {
    status: 'active',
    plan: plan.id,
    quantity,
    unitPrice,
    intervalMonths: plan.intervalMonths,
    anchorOn: startsOn,
    endsOn: termMonths === undefined ? null : addMonths(startsOn, termMonths),
  } as const;
  const event = nextEvent(undefined, { action: 'start', on: startsOn, terms, currency });
  return accept({ draft, currency, event });
}
