import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { noteEvents } from '#erp/company/documents';
import { compareDecimals, negateDecimal, subtractDecimals } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { bookPostings } from './book-postings.ts';
import type { ProductionProblemCode } from './errors.ts';
import type { DecidedPosting, Posted } from './posting.ts';
import { readFacts } from './production-facts.ts';
import { releaseReservations } from './reserve-materials.ts';
import { splitVariance } from './split-variance.ts';
import { ORDER_EVENTS, stepEach } from './steer-orders.ts';
import type { OrderWish } from './steer-orders.ts';
import type { WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** An order that is to be closed. */
export type CloseDraft = OrderWish & { readonly on: LocalDate };

/**
 * Closes orders: what is left of their cost becomes variance, split by its reasons; what they still
 * had reserved is free again. The answer is the settlement: taking it back opens the order again.
 */
export const closeWorkOrders = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly CloseDraft[],
): Promise<readonly Result<Posted, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookClosings(tx, context, asked));

async function bookClosings(
  tx: Handle,
  context: ErpContext,
  drafts: readonly CloseDraft[],
): Promise<Booked<Posted, Code>> {
  const ids = drafts.map(({ id }) => id);
  const facts = await readFacts(tx, context, { orders: ids, days: [] });
  const steps = stepEach(context, facts.orders, drafts, {
    step: 'close',
    decide: (order, { on }) => decideClosing(order, on, facts.scale),
  });
  const decided = steps.map((each) => (each.ok ? accept(each.value.to) : each));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const closed = good.map(({ order, postedOn }) => ({ id: order.id, on: postedOn }));
  await releaseReservations(
    tx,
    context,
    closed.map(({ id }) => id),
  );
  const booked = await bookPostings(tx, context, decided);
  if (booked.late.size === 0) {
    await rows(
      tx,
      sql`update erp_production.work_order o set decision = 'closed', closed_on = c.on,
          version = o.version + 1
        from ${unnested('c', { id: 'text', on: 'date' }, closed)} where o.id = c.id`,
    );
    const events = good.map(({ order: { id }, costs }) => ({
      id,
      action: 'closed',
      detail: Object.fromEntries(costs.map(({ kind, amount }) => [kind, negateDecimal(amount)])),
    }));
    await noteEvents(tx, context, ORDER_EVENTS, events);
  }
  return booked;
}

function decideClosing(
  order: WorkOrder,
  on: LocalDate,
  scale: number,
): Result<DecidedPosting, Code> {
  if (compareDecimals(order.good, order.received) !== 0) {
    const left = subtractDecimals(order.good, order.received);
    const message = `${left} of ${order.number} are made and not in stock`;
    return refuse('production.not-received', message);
  }
  return accept({
    kind: 'settlement',
    order,
    postedOn: on,
    reason: null,
    stock: [],
    costs: splitVariance(order, scale),
  });
}
