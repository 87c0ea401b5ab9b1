import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { Subscription, SubscriptionEvent, SubscriptionStatus } from './subscription.ts';

const HEADER = sql`s.id, s.legal_entity as "legalEntity", s.number, s.customer, s.currency,
  s.payment_terms as "paymentTerms", s.starts_on as "startsOn", s.term_months as "termMonths",
  s.auto_renews as "autoRenews", s.status, s.plan_id as plan, s.quantity::text as quantity,
  s.mrr::text as mrr, s.ends_on as "endsOn", s.version, s.created_by as "createdBy",
  s.created_at as "createdAt"`;

type Header = Omit<Subscription, 'events'>;

/** Which subscriptions to list. */
export type SubscriptionFilter = {
  readonly legalEntity?: string;
  readonly customer?: string;
  readonly status?: SubscriptionStatus;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_subscriptions.subscription',
  alias: 's',
  columns: { number: 'number', startsOn: 'starts_on', customer: 'customer', mrr: 'mrr' },
} as const;

/** Subscriptions with what happened to them, unless sorted otherwise the newest first. */
export async function listSubscriptions(
  handle: Handle,
  filter: SubscriptionFilter,
): Promise<readonly Subscription[]> {
  const { legalEntity = null, customer = null, status = null } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-number', filter.after);
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_subscriptions.subscription s
      where (${legalEntity}::text is null or s.legal_entity = ${legalEntity})
        and (${customer}::text is null or s.customer = ${customer})
        and (${status}::text is null or s.status = ${status})
        and starts_with(s.number, ${filter.number ?? ''})
        and ${isAfter}
      order by ${order} limit ${filter.limit}`,
  );
  return await withEvents(handle, found);
}

/** Subscriptions by id. */
export async function findSubscriptions(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Subscription>> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_subscriptions.subscription s where s.id = any(${[...ids]})`,
  );
  return new Map((await withEvents(handle, found)).map((each) => [each.id, each]));
}

/** The same, locked in the order of ids: who changes or charges one waits for who else does. */
export async function lockSubscriptions(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Subscription>> {
  await rows(
    tx,
    sql`select 1 from erp_subscriptions.subscription where id = any(${[...new Set(ids)]})
      order by id for no key update`,
  );
  return await findSubscriptions(tx, ids);
}

/** Where and with what document something was charged; `left` of it was not given back. */
export type Charge = {
  readonly subscription: string;
  readonly number: number;
  readonly kind: 'recurring' | 'more' | 'less';
  readonly periodFrom: LocalDate;
  readonly periodTo: LocalDate; // The first day after it.
  readonly serviceFrom: LocalDate; // Earned from here on.
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly document: string | null;
  readonly documentNumber: string | null;
  readonly documentLine: number | null;
  readonly corrects: number | null; // The charge that is lowered.
  readonly released: Decimal; // Earned, in the books.
};

/** What subscriptions were charged, in the order it happened. */
export const chargesOf = (handle: Handle, ids: readonly string[]): Promise<readonly Charge[]> =>
  rows<Charge>(
    handle,
    sql`select subscription_id as subscription, number, kind, period_from as "periodFrom",
        period_to as "periodTo", service_from as "serviceFrom",
        amount::text as amount, company_amount::text as "companyAmount", document_id as document,
        document_number as "documentNumber", document_line as "documentLine", corrects,
        released::text as released
      from erp_subscriptions.charge where subscription_id = any(${[...ids]})
      order by subscription_id, number`,
  );

async function withEvents(
  handle: Handle,
  heads: readonly Header[],
): Promise<readonly Subscription[]> {
  const events = await rows<SubscriptionEvent & { readonly subscription: string }>(
    handle,
    sql`select subscription_id as subscription, number, on_day as "on", action, status,
        plan_id as plan, quantity::text as quantity, unit_price::text as "unitPrice",
        interval_months as "intervalMonths", anchor_on as "anchorOn", ends_on as "endsOn",
        mrr_before::text as "mrrBefore", mrr::text as mrr, movement, reason,
        created_by as "createdBy", created_at as "createdAt"
      from erp_subscriptions.event where subscription_id = any(${heads.map(({ id }) => id)})
      order by subscription_id, number`,
  );
  const bySubscription = Map.groupBy(events, ({ subscription }) => subscription);
  return heads.map((head) => ({
    ...head,
    events: (bySubscription.get(head.id) ?? []).map(
      ({ subscription: _subscription, ...event }) => event,
    ),
  }));
}
