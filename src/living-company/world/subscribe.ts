import { addMonths, daysBetween, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { drawOf, newKey, schedule } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { Customer } from './catalogue.ts';
import { collect } from './collect.ts';
import { daysOfMonth } from './office.ts';
import { SIZES } from './plan.ts';
import type { Offer } from './services.ts';

/** What a customer has subscribed to. Everything changes on the first of a month. */
export type Subscriber = {
  readonly key: string;
  readonly customer: Customer;
  readonly startsOn: LocalDate;
  readonly intervalMonths: number;
  offer: Offer;
  quantity: number;
  isPaused: boolean;
};

/** So many of a thousand, in a month. */
const NEW_PER_MILLE = 26;
const ENDS = 12;
const GROWS = 22;
const SHRINKS = 9;
const RISES = 8; // To the next plan of the same interval.
const PAUSES = 6;
const RESUMES = 350; // Of those that are paused.

/**
 * On the first of a month what begins in it is charged, and it is drawn who will sign up, want more
 * or less, or leave: from the first of the next month on.
 */
export function planSubscriptions(branch: Branch, today: Today): void {
  if (partsOf(today.on)[2] !== 1) return;
  const { subscribers, plan, trade } = branch;
  const draw = drawOf(branch, today.index, 'subscriptions');
  const base = Math.ceil((SIZES[plan.size].subscribers * trade.entity.perMille) / 1_000);
  if (today.index === 0) for (let at = 0; at < base; at += 1) signUp(branch, today, today.on);
  chargeMonth(branch, today);
  const days = daysOfMonth(today.on);
  const next = addMonths(today.on, 1);
  const later = (act: (then: Today) => void): void =>
    schedule(branch, today.index + draw.between(1, days - 1), 'office', act);
  const many = Math.max(NEW_PER_MILLE * base, 400);
  const news = Math.floor(many / 1_000) + (draw.happens(many % 1_000) ? 1 : 0);
  for (let at = 0; at < news; at += 1) later((then) => signUp(branch, then, next));
  for (const subscriber of subscribers.values()) {
    if (!isBoundary(subscriber, next)) continue;
    const step = stepOf(branch, subscriber, draw);
    if (step !== undefined) later((then) => step(then, next));
  }
}

/** Whether an interval begins on a day. */
const isBoundary = ({ startsOn, intervalMonths }: Subscriber, on: LocalDate): boolean => {
  const [year, month] = partsOf(startsOn);
  const [toYear, toMonth] = partsOf(on);
  return ((toYear - year) * 12 + toMonth - month) % intervalMonths === 0;
};

function signUp(branch: Branch, today: Today, startsOn: LocalDate): void {
  const { trade, subscribers } = branch;
  const draw = drawOf(branch, today.index, `sign up ${branch.keys.next}`);
  const own = trade.customers.filter(({ currency }) => currency === trade.entity.currency);
  const customer = draw.pick(own);
  const offer = draw.pick(trade.offers);
  const key = newKey(branch, 'su');
  const quantity = draw.pick([1, 1, 1, 2, 3, 5]);
  const { intervalMonths } = offer;
  subscribers.set(key, {
    key,
    customer,
    startsOn,
    intervalMonths,
    offer,
    quantity,
    isPaused: false,
  });
  today.intents.push({
    kind: 'subscription',
    key,
    on: today.on,
    customer: customer.number,
    offer: offer.code,
    quantity,
    startsOn,
  });
}

/** What begins on a day is charged: one invoice a customer. */
function chargeMonth(branch: Branch, today: Today): void {
  const due = [...branch.subscribers.values()].filter(
    (each) => !each.isPaused && each.startsOn <= today.on && isBoundary(each, today.on),
  );
  if (due.length === 0) return;
  const customers = new Map(due.map(({ customer }) => [customer.number, customer]));
  const charged = [...customers.values()].map((customer) => ({
    customer,
    key: newKey(branch, 'sb'),
  }));
  today.intents.push({
    kind: 'billing-run',
    key: newKey(branch, 'br'),
    on: today.on,
    charged: charged.map(({ customer, key }) => ({ customer: customer.number, invoice: key })),
  });
  schedule(branch, today.index, 'charge', (then) => {
    for (const { customer, key } of charged) {
      collect(branch, then, { invoice: key, customer });
    }
  });
}

type Step = (then: Today, next: LocalDate) => void;

/** What a subscriber will do on a day of this month. */
function stepOf(branch: Branch, subscriber: Subscriber, draw: Today['draw']): Step | undefined {
  const { offer, quantity, isPaused, intervalMonths } = subscriber;
  const at = draw.between(1, 1_000 / intervalMonths); // A year has one occasion, not twelve.
  if (isPaused) return at <= RESUMES ? resume(branch, subscriber) : undefined;
  if (at <= ENDS) return end(branch, subscriber);
  if (at <= ENDS + GROWS) return change(branch, subscriber, { quantity: quantity + 1 });
  if (at <= ENDS + GROWS + SHRINKS) {
    return quantity === 1 ? undefined : change(branch, subscriber, { quantity: quantity - 1 });
  }
  const rest = at - ENDS - GROWS - SHRINKS;
  const better = branch.trade.offers.find(
    (each) => each.intervalMonths === intervalMonths && each.price > offer.price,
  );
  if (rest <= RISES) {
    return better === undefined ? undefined : change(branch, subscriber, { offer: better });
  }
  return rest <= RISES + PAUSES ? pause(branch, subscriber) : undefined;
}

const change =
  (
    branch: Branch,
    subscriber: Subscriber,
    to: Partial<Pick<Subscriber, 'offer' | 'quantity'>>,
  ): Step =>
  (then, next) => {
    Object.assign(subscriber, to);
    take(branch, then, {
      subscriber,
      step: 'change',
      next,
      quantity: subscriber.quantity,
      ...(to.offer === undefined ? {} : { offer: to.offer }),
    });
  };

const pause =
  (branch: Branch, subscriber: Subscriber): Step =>
  (then, next) => {
    subscriber.isPaused = true;
    take(branch, then, { subscriber, step: 'pause', next });
  };

const resume =
  (branch: Branch, subscriber: Subscriber): Step =>
  (then, next) => {
    subscriber.isPaused = false;
    take(branch, then, { subscriber, step: 'resume', next });
  };

const end =
  (branch: Branch, subscriber: Subscriber): Step =>
  (then, next) => {
    branch.subscribers.delete(subscriber.key);
    const days = daysBetween(subscriber.startsOn, next);
    const reason = days < 200 ? 'did not need it' : then.draw.pick(['price', 'other supplier']);
    take(branch, then, { subscriber, step: 'end', next, reason });
  };

function take(
  branch: Branch,
  today: Today,
  of: {
    readonly subscriber: Subscriber;
    readonly step: 'change' | 'pause' | 'resume' | 'end';
    readonly next: LocalDate;
    readonly quantity?: number;
    readonly offer?: Offer;
    readonly reason?: string;
  },
): void {
  const { subscriber, next, offer, ...rest } = of;
  today.intents.push({
    kind: 'subscription-step',
    key: newKey(branch, 'ss'),
    on: today.on,
    subscription: subscriber.key,
    from: next,
    step: rest.step,
    ...(rest.quantity === undefined ? {} : { quantity: rest.quantity }),
    ...(offer === undefined ? {} : { offer: offer.code }),
    ...(rest.reason === undefined ? {} : { reason: rest.reason }),
  });
}
