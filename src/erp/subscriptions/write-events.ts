import { insertRows } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import type { NewEvent } from './subscription.ts';

const EVENT = {
  subscription_id: 'text',
  number: 'integer',
  on_day: 'date',
  action: 'text',
  status: 'text',
  plan_id: 'text',
  quantity: 'numeric',
  unit_price: 'numeric',
  interval_months: 'integer',
  anchor_on: 'date',
  ends_on: 'date',
  mrr_before: 'numeric',
  mrr: 'numeric',
  movement: 'text',
  reason: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Writes what happened to subscriptions. */
export async function writeEvents(
  tx: Handle,
  { by, clock }: ErpContext,
  events: readonly (NewEvent & { readonly subscription: string })[],
): Promise<void> {
  const now = clock();
  const values = events.map((event) => ({
    subscription_id: event.subscription,
    number: event.number,
    on_day: event.on,
    action: event.action,
    status: event.status,
    plan_id: event.plan,
    quantity: event.quantity,
    unit_price: event.unitPrice,
    interval_months: event.intervalMonths,
    anchor_on: event.anchorOn,
    ends_on: event.endsOn,
    mrr_before: event.mrrBefore,
    mrr: event.mrr,
    movement: event.movement,
    reason: event.reason,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_subscriptions.event', EVENT, values);
}
