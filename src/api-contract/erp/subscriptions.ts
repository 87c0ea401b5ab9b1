import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import {
  acts,
  all,
  AmountIn,
  creates,
  CurrencyIn,
  DayIn,
  Numbered,
  pages,
  shows,
  sort,
  tells,
  text,
  version,
} from './shapes.ts';

const Movement = z.enum(['new', 'expansion', 'contraction', 'churn', 'reactivation']);
const Status = z.enum(['active', 'paused', 'ended']);
const Plan = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  intervalMonths: z.number().int(),
  taxCode: z.string().nullable(),
  status: z.enum(['active', 'inactive']),
  prices: z
    .array(z.object({ currency: z.string(), validFrom: Day, unitPrice: z.string() }))
    .readonly(),
});
const Price = z.strictObject({ currency: CurrencyIn, validFrom: DayIn, unitPrice: AmountIn });
const Event = z.object({
  number: z.number().int(),
  on: Day,
  action: z.enum(['start', 'change', 'pause', 'resume', 'renew', 'end']),
  status: Status,
  plan: z.string(),
  quantity: z.string(),
  unitPrice: z.string(), // For an interval.
  intervalMonths: z.number().int(),
  anchorOn: Day, // Intervals are counted from here.
  endsOn: Day.nullable(), // The first day that is not of it.
  mrrBefore: z.string(),
  mrr: z.string(),
  movement: Movement.nullable(),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: Moment,
});
const Subscription = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  customer: z.string(),
  currency: z.string(),
  paymentTerms: z.string().nullable(),
  startsOn: Day,
  termMonths: z.number().int().nullable(), // None: it runs until somebody ends it.
  autoRenews: z.boolean(),
  status: Status,
  plan: z.string(),
  quantity: z.string(),
  mrr: z.string(),
  endsOn: Day.nullable(),
  version: z.number().int(), // The number of its last event.
  createdBy: z.string(),
  createdAt: Moment,
  events: z.array(Event).readonly(),
});
const Charge = z.object({
  number: z.number().int(),
  kind: z.enum(['recurring', 'more', 'less']),
  periodFrom: Day,
  periodTo: Day, // The first day after it.
  amount: z.string(), // Below zero: given back.
  document: z.string().nullable(),
  documentNumber: z.string().nullable(),
  documentLine: z.number().int().nullable(),
  corrects: z.number().int().nullable(),
  released: z.string(), // Earned, in the books.
});
const MrrMonth = z.object({
  month: Day,
  currency: z.string(),
  opening: z.string(),
  new: z.string(),
  expansion: z.string(),
  contraction: z.string(),
  churn: z.string(),
  reactivation: z.string(),
  closing: z.string(),
  customers: z.number().int(),
});
const Made = z.object({ id: z.string() });
const documents = z.array(Numbered).readonly();

/** Routes about what customers pay again and again. */
export const SUBSCRIPTIONS_ROUTES = {
  listSubscriptionPlans: tells('subscription-plans', all(Plan), {}),
  createSubscriptionPlan: creates(
    'subscription-plans',
    z.strictObject({
      code: text(30),
      name: text(200),
      intervalMonths: z.number().int(), // 1, 3, 6 or 12.
      taxCode: text(30).exactOptional(),
      prices: z.array(Price).min(1).max(100),
    }),
    Made,
  ),
  addSubscriptionPlanPrice: acts('subscription-plans/:id/prices', Price, Made),
  listSubscriptions: pages('subscriptions', Subscription, {
    customer: text(100).exactOptional(),
    status: Status.exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['number', 'startsOn', 'customer', 'mrr']),
  }),
  getSubscription: shows(
    'subscriptions/:id',
    z.strictObject({ subscription: Subscription, charges: z.array(Charge).readonly() }),
  ),
  createSubscription: creates(
    'subscriptions',
    z.strictObject({
      customer: text(100),
      plan: text(100),
      quantity: AmountIn,
      unitPrice: AmountIn.exactOptional(), // For an interval; else the plan's on that day.
      currency: CurrencyIn.exactOptional(), // Else the customer's, else the company's.
      paymentTerms: text(30).exactOptional(),
      startsOn: DayIn,
      termMonths: z.number().int().min(1).max(120).exactOptional(),
      autoRenews: z.boolean().exactOptional(),
    }),
    Numbered,
  ),
  stepSubscription: acts(
    'subscriptions/:id/steps',
    z.strictObject({
      step: z.enum(['change', 'pause', 'resume', 'end']),
      on: DayIn,
      version,
      plan: text(100).exactOptional(), // Of a change, as the next two are.
      quantity: AmountIn.exactOptional(),
      unitPrice: AmountIn.exactOptional(),
      reason: text(500).exactOptional(),
    }),
    z.object({
      id: z.string(),
      version,
      movement: Movement.nullable(),
      mrr: z.string(),
    }),
  ),
  billSubscriptions: creates(
    'subscription-billing-runs',
    z.strictObject({ until: DayIn, postedOn: DayIn }),
    z.object({
      id: z.string().optional(), // None: there was nothing to charge.
      number: z.string().optional(),
      invoices: documents,
      creditNotes: documents,
      refused: z
        .array(z.object({ customer: z.string(), code: z.string(), message: z.string() }))
        .readonly(),
    }),
  ),
  releaseSubscriptionRevenue: creates(
    'subscription-releases',
    z.strictObject({ through: DayIn }),
    z.object({
      released: z
        .array(
          z.object({
            id: z.string(),
            number: z.string(),
            currency: z.string(),
            amount: z.string(),
            entry: z.string(),
          }),
        )
        .readonly(),
    }),
  ),
  getRecurringRevenue: tells('recurring-revenue', all(MrrMonth), { from: DayIn, to: DayIn }),
} as const;
