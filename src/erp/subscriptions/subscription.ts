import { divideDecimals, multiplyDecimals, decimal } from '#kernel/decimal';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** Where a subscription stands, from the day of its last event on. */
export type SubscriptionStatus = 'active' | 'paused' | 'ended';

/** What people do with a subscription. */
export type Step = 'change' | 'pause' | 'resume' | 'end';

/** From where each step may be taken. */
export const STEPS: Readonly<Record<Step, readonly SubscriptionStatus[]>> = {
  change: ['active'],
  pause: ['active'],
  resume: ['paused'],
  end: ['active', 'paused'],
};

/** How recurring revenue moved. */
export type Movement = 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation';

/** What a subscription is from a day on. */
export type Terms = {
  readonly status: SubscriptionStatus;
  readonly plan: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal; // For an interval.
  readonly intervalMonths: number;
  readonly anchorOn: LocalDate; // Intervals are counted from here.
  readonly endsOn: LocalDate | null; // The first day that is not of it.
};

/** What happened to a subscription. */
export type SubscriptionEvent = Terms & {
  readonly number: number;
  readonly on: LocalDate;
  readonly action: 'start' | 'renew' | Step;
  readonly mrrBefore: Decimal;
  readonly mrr: Decimal; // Of a month; at the currency's scale.
  readonly movement: Movement | null;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** An event as it is written. */
export type NewEvent = Omit<SubscriptionEvent, 'createdBy' | 'createdAt'>;

/** What a customer has subscribed to, as it stands. */
export type Subscription = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly customer: string;
  readonly currency: CurrencyCode;
  readonly paymentTerms: string | null;
  readonly startsOn: LocalDate;
  readonly termMonths: number | null; // None: it runs until somebody ends it.
  readonly autoRenews: boolean;
  readonly status: SubscriptionStatus;
  readonly plan: string;
  readonly quantity: Decimal;
  readonly mrr: Decimal;
  readonly endsOn: LocalDate | null;
  readonly version: number; // The number of its last event.
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly events: readonly SubscriptionEvent[]; // The oldest first.
};

const ZERO = decimal('0');

/** What terms bring in a month, at the currency's scale. */
export function mrrOf(terms: Terms, currency: CurrencyCode): Decimal {
  const scale = currencyScale(currency);
  const amount = terms.status === 'active' ? amountOf(terms) : ZERO;
  return divideDecimals(amount, decimal(String(terms.intervalMonths)), scale) ?? ZERO;
}

/** What a whole interval costs, exact. */
export const amountOf = ({ quantity, unitPrice }: Pick<Terms, 'quantity' | 'unitPrice'>): Decimal =>
  multiplyDecimals(quantity, unitPrice);
