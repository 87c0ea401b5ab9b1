import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addMonths } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { nextEvent } from './next-event.ts';
import { changedOn, dueOf, periodsOf } from './periods.ts';
import type { Period } from './periods.ts';
import type { Charge } from './read-subscriptions.ts';
import type { NewEvent, Subscription } from './subscription.ts';

/** What is to be charged, or given back, for an interval. */
export type ChargeDraft = {
  readonly kind: Charge['kind'];
  readonly period: Period;
  readonly serviceFrom: LocalDate;
  readonly amount: Decimal; // Below zero: given back.
  readonly corrects: Charge | undefined; // What is lowered.
};

const ZERO = decimal('0');

/**
 * What happens to a subscription whose term is over until a day: it is renewed, at the price that
 * `priceOf` names for the day, term by term; or it ends. Pure.
 */
export function renewalsOf(
  subscription: Pick<Subscription, 'events' | 'termMonths' | 'autoRenews' | 'currency'>,
  until: LocalDate,
  priceOf: (plan: string, on: LocalDate) => Decimal | undefined,
): readonly NewEvent[] {
  const { termMonths, autoRenews, currency } = subscription;
  const renewed: NewEvent[] = [];
  let last: NewEvent | undefined = subscription.events.at(-1);
  while (last !== undefined && last.status !== 'ended' && last.endsOn !== null) {
    const on: LocalDate = last.endsOn;
    if (on > until) break;
    const goesOn = autoRenews && termMonths !== null && last.status === 'active';
    const unitPrice = priceOf(last.plan, on) ?? last.unitPrice;
    const next = goesOn
      ? { ...last, unitPrice, endsOn: addMonths(on, termMonths) }
      : { ...last, status: 'ended' as const };
    const action = goesOn ? 'renew' : 'end';
    last = nextEvent(last, { action, on, terms: next, currency, reason: '' });
    renewed.push(last);
  }
  return renewed;
}

/**
 * What is to be charged of the intervals that begin until a day: the difference between what each
 * costs and what was charged for it. Where nothing has changed there is none. Pure.
 */
export function chargesDue(
  of: { readonly events: readonly NewEvent[]; readonly currency: CurrencyCode },
  charged: readonly Charge[],
  until: LocalDate,
): readonly ChargeDraft[] {
  const { events, currency } = of;
  const scale = currencyScale(currency);
  const byPeriod = Map.groupBy(charged, ({ periodFrom }) => periodFrom);
  return periodsOf(events, until).flatMap((period): readonly ChargeDraft[] => {
    const own = byPeriod.get(period.from);
    const due = dueOf(events, period, scale);
    if (own === undefined) {
      const serviceFrom = period.from;
      return [{ kind: 'recurring', period, serviceFrom, amount: due, corrects: undefined }];
    }
    const open = subtractDecimals(due, sumDecimals(own.map(({ amount }) => amount)));
    const serviceFrom = changedOn(events, period);
    if (compareDecimals(open, ZERO) > 0) {
      return [{ kind: 'more', period, serviceFrom, amount: open, corrects: undefined }];
    }
    return lowered(own, negateDecimal(open)).map(({ corrects, amount }) => ({
      kind: 'less',
      period,
      serviceFrom,
      amount: negateDecimal(amount),
      corrects,
    }));
  });
}

/** Gives so much back of what was charged for an interval, the newest charge first. */
function lowered(
  own: readonly Charge[],
  wanted: Decimal,
): readonly { readonly corrects: Charge; readonly amount: Decimal }[] {
  const parts: { readonly corrects: Charge; readonly amount: Decimal }[] = [];
  let open = wanted;
  for (const charge of own.toReversed()) {
    if (charge.kind === 'less' || compareDecimals(open, ZERO) <= 0) continue;
    const given = sumDecimals(
      own.flatMap(({ corrects, amount }) => (corrects === charge.number ? [amount] : [])),
    );
    const left = addDecimals(charge.amount, given);
    const amount = compareDecimals(left, open) < 0 ? left : open;
    if (compareDecimals(amount, ZERO) <= 0) continue;
    parts.push({ corrects: charge, amount });
    open = subtractDecimals(open, amount);
  }
  return parts;
}
