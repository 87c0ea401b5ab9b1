import { itemsOfDocuments } from '#erp/open-items';
import { findInvoices } from '#erp/receivables';
import { billSubscriptions, changeSubscriptions, createSubscriptions } from '#erp/subscriptions';
import { pieces } from './amounts.ts';
import { book, documentOf, idOf, note, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

/** Customers sign up. */
export const bookSubscriptions = (
  desk: Desk,
  signed: readonly Of<'subscription'>[],
): Promise<void> =>
  book(
    desk,
    signed,
    ({ customer, offer, quantity, startsOn }) => ({
      customer: idOf(desk, customer),
      plan: idOf(desk, offer),
      quantity: pieces(quantity),
      currency: desk.trade.entity.currency,
      startsOn,
    }),
    (drafts) => createSubscriptions(desk.tx, desk.context, drafts),
  );

/** They want more, or less, or nothing any more. */
export const bookSubscriptionSteps = (
  desk: Desk,
  steps: readonly Of<'subscription-step'>[],
): Promise<void> =>
  book(
    desk,
    steps,
    ({ subscription, step, from, quantity, offer, reason }) => {
      const found = documentOf(desk, subscription);
      if (found === undefined) return undefined;
      return {
        id: found.id,
        step,
        on: from,
        ...(quantity === undefined ? {} : { quantity: pieces(quantity) }),
        ...(offer === undefined ? {} : { plan: idOf(desk, offer) }),
        ...(reason === undefined ? {} : { reason }),
      };
    },
    (drafts) => changeSubscriptions(desk.tx, desk.context, drafts),
  );

/** What begins is charged; each customer's invoice is noted under its key. */
export async function billMonths(desk: Desk, runs: readonly Of<'billing-run'>[]): Promise<void> {
  const { tx, context } = desk;
  for (const run of runs) {
    const { on, charged } = run;
    const { number, invoices, refused } = await billSubscriptions(tx, context, {
      until: on,
      postedOn: on,
    });
    for (const { code } of refused) refuse(desk, code);
    if (number !== undefined) note(desk, run, { number });
    const ids = invoices.map(({ id }) => id);
    const found = [...(await findInvoices(tx, ids)).values()];
    const byCustomer = new Map(found.map((invoice) => [invoice.customer, invoice]));
    const items = await itemsOfDocuments(tx, ids);
    for (const { customer, invoice: key } of charged) {
      const invoice = byCustomer.get(idOf(desk, customer));
      if (invoice === undefined) continue;
      const { id, number: called } = invoice;
      const item = items.get(id)?.[0]?.id;
      note(desk, { ...run, key }, { id, number: called, ...(item === undefined ? {} : { item }) });
    }
  }
}
