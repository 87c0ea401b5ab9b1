import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId, parseCurrency } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { SubscriptionsProblemCode } from './errors.ts';

type Code = SubscriptionsProblemCode;

/** What one of a plan costs for an interval, from a day on. */
export type PlanPrice = {
  readonly currency: string;
  readonly validFrom: LocalDate;
  readonly unitPrice: Decimal;
};

/** What customers subscribe to. */
export type Plan = {
  readonly id: string;
  readonly legalEntity: string;
  readonly code: string;
  readonly name: string;
  readonly intervalMonths: number;
  readonly taxCode: string | null;
  readonly status: 'active' | 'inactive';
  readonly prices: readonly PlanPrice[]; // The newest first.
};

/** A plan as it is asked for. */
export type PlanDraft = Pick<Plan, 'code' | 'name' | 'intervalMonths' | 'prices'> & {
  readonly taxCode?: string;
};

const INTERVALS = new Set([1, 3, 6, 12]);
const PLAN = {
  id: 'text',
  legal_entity: 'text',
  code: 'text',
  name: 'text',
  interval_months: 'integer',
  tax_code: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const PRICE = {
  plan_id: 'text',
  currency: 'text',
  valid_from: 'date',
  unit_price: 'numeric',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Offers plans, each with a price at least. */
export async function createPlans(
  tx: Handle,
  context: ErpContext,
  drafts: readonly PlanDraft[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> {
  const { by, clock, legalEntity } = context;
  await lockCodes(tx, legalEntity);
  const taken = new Set((await listPlans(tx, legalEntity)).map(({ code }) => code));
  const now = clock();
  const made: (PlanDraft & { readonly id: string })[] = [];
  const results = drafts.map((draft): Result<{ readonly id: string }, Code> => {
    const isWhole = draft.code !== '' && draft.name !== '' && draft.prices.length > 0;
    if (!isWhole || !INTERVALS.has(draft.intervalMonths) || !arePrices(draft.prices)) {
      const message = 'a plan has a code, a name, an interval of 1, 3, 6 or 12 months, and prices';
      return refuse('subscriptions.bad-plan', message);
    }
    if (taken.has(draft.code)) {
      return refuse('subscriptions.code-taken', `${draft.code} is there already`, 'code');
    }
    taken.add(draft.code);
    const id = newId('sp', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  const values = made.map(({ id, code, name, intervalMonths, taxCode }) => ({
    id,
    legal_entity: legalEntity,
    code,
    name,
    interval_months: intervalMonths,
    tax_code: taxCode,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_subscriptions.plan', PLAN, values);
  const prices = made.flatMap(({ id, prices: own }) =>
    own.map((price) => ({ ...price, plan: id })),
  );
  await writePrices(tx, context, prices);
  return results;
}

/** Adds what plans cost from a day on. What subscriptions pay changes when they are changed or renewed. */
export async function addPlanPrices(
  tx: Handle,
  context: ErpContext,
  drafts: readonly (PlanPrice & { readonly plan: string })[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> {
  await lockCodes(tx, context.legalEntity);
  const plans = new Map((await listPlans(tx, context.legalEntity)).map((plan) => [plan.id, plan]));
  const good: (typeof drafts)[number][] = [];
  const results = drafts.map((draft): Result<{ readonly id: string }, Code> => {
    const plan = plans.get(draft.plan);
    if (plan === undefined) {
      return refuse('subscriptions.no-such-plan', `there is no plan ${draft.plan}`, 'plan');
    }
    const known = [...plan.prices, ...good.filter((each) => each.plan === plan.id)];
    if (!arePrices([draft])) return refuse('subscriptions.bad-plan', 'a price is not below zero');
    const isThere = known.some(
      ({ currency, validFrom }) => currency === draft.currency && validFrom === draft.validFrom,
    );
    if (isThere) return refuse('subscriptions.code-taken', 'that day has a price', 'validFrom');
    good.push(draft);
    return accept({ id: plan.id });
  });
  await writePrices(tx, context, good);
  return results;
}

/** Plans of a legal entity, by code. */
export const listPlans = (handle: Handle, legalEntity: string): Promise<readonly Plan[]> =>
  rows<Plan>(
    handle,
    sql`select p.id, p.legal_entity as "legalEntity", p.code, p.name,
        p.interval_months as "intervalMonths", p.tax_code as "taxCode", p.status, (
        select jsonb_agg(jsonb_build_object('currency', r.currency, 'validFrom', r.valid_from,
          'unitPrice', r.unit_price::text) order by r.valid_from desc)
        from erp_subscriptions.plan_price r where r.plan_id = p.id) as prices
      from erp_subscriptions.plan p where p.legal_entity = ${legalEntity} order by p.code`,
  );

/** What one of a plan costs on a day. */
export const priceOn = (
  { prices }: Plan,
  of: { readonly currency: string; readonly on: LocalDate },
): Decimal | undefined =>
  prices.find(({ currency, validFrom }) => currency === of.currency && validFrom <= of.on)
    ?.unitPrice;

const arePrices = (prices: readonly PlanPrice[]): boolean =>
  prices.every(
    ({ currency, unitPrice }) =>
      parseCurrency(currency) !== undefined && compareDecimals(unitPrice, decimal('0')) >= 0,
  ) &&
  new Set(prices.map(({ currency, validFrom }) => `${currency} ${validFrom}`)).size ===
    prices.length;

async function writePrices(
  tx: Handle,
  { by, clock }: ErpContext,
  prices: readonly (PlanPrice & { readonly plan: string })[],
): Promise<void> {
  const now = clock();
  const values = prices.map(({ plan, currency, validFrom, unitPrice }) => ({
    plan_id: plan,
    currency,
    valid_from: validFrom,
    unit_price: unitPrice,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_subscriptions.plan_price', PRICE, values);
}

/** Who takes codes waits for who else does. */
const lockCodes = (tx: Handle, legalEntity: string): Promise<unknown> =>
  rows(tx, sql`select pg_advisory_xact_lock(hashtext(${`erp_subscriptions ${legalEntity}`}))`);
