import { rows, sql } from '#database';
import type { Handle } from '#database';
import { bookTogether } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { noteEvents } from '#erp/company/documents';
import { reverseDocuments } from '#erp/inventory';
import { reverseReceipts } from '#erp/purchasing';
import { answersOf, bookNumbered, numberPostings, refusedBy } from './book-postings.ts';
import type { Late, Numbered } from './book-postings.ts';
import { decideReversal } from './decide-reversal.ts';
import type { PostingReversal } from './decide-reversal.ts';
import type { ProductionProblemCode } from './errors.ts';
import type { Posted } from './posting.ts';
import { readFacts } from './production-facts.ts';
import { findPostings } from './read-postings.ts';
import { ORDER_EVENTS } from './steer-orders.ts';

type Code = ProductionProblemCode;

/**
 * Takes postings back: quantities, stock, costs and books; with a supplier's service its receipt,
 * with a shipment the transfer. Taking back a settlement opens its order again.
 */
export const reversePostings = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly PostingReversal[],
): Promise<readonly Result<Posted, Code>[]> =>
  bookTogether(tx, wishes, (asked) => bookReversals(tx, context, asked));

async function bookReversals(
  tx: Handle,
  context: ErpContext,
  wishes: readonly PostingReversal[],
): Promise<Booked<Posted, Code>> {
  const ids = wishes.map(({ id }) => id);
  const first = await findPostings(tx, ids);
  const facts = await readFacts(tx, context, {
    orders: [...first.values()].map(({ order }) => order),
    days: wishes.map(({ on }) => on), // So that stock is locked before numbers, as by all others.
  });
  const postings = new Map(await findPostings(tx, ids)); // After the lock: who came before is seen.
  const decided = wishes.map((wish) => {
    const result = decideReversal(facts, postings, wish);
    const posting = postings.get(wish.id);
    if (result.ok && posting !== undefined) {
      postings.set(wish.id, { ...posting, reversedBy: wish.id });
    }
    return result;
  });
  const late: Late = new Map();
  const numbered = await numberPostings(tx, context, decided);
  await reopen(tx, context, numbered);
  await reverseOutside(tx, context, numbered, late);
  const posted = await bookNumbered(tx, context, numbered, late);
  return { results: answersOf(decided, posted), late };
}

/** Opens the orders whose settlement is taken back. */
async function reopen(
  tx: Handle,
  context: ErpContext,
  numbered: readonly Numbered[],
): Promise<void> {
  const wanted = numbered.filter(({ posting }) => posting.order.decision === 'closed');
  const closed = wanted.map(({ posting }) => posting.order.id);
  if (closed.length === 0) return;
  await rows(
    tx,
    sql`update erp_production.work_order set decision = 'released', closed_on = null,
        version = version + 1 where id = any(${closed})`,
  );
  const events = wanted.map(({ posting: { order, reason } }) => ({
    id: order.id,
    action: 'reopened',
    detail: { reason: reason ?? '' },
  }));
  await noteEvents(tx, context, ORDER_EVENTS, events);
}

async function reverseOutside(
  tx: Handle,
  context: ErpContext,
  numbered: readonly Numbered[],
  late: Late,
): Promise<void> {
  const receipts = numbered.flatMap(({ place, posting: { goodsReceipt, postedOn } }) =>
    goodsReceipt === undefined ? [] : [{ place, id: goodsReceipt, on: postedOn }],
  );
  const received = await reverseReceipts(
    tx,
    context,
    receipts.map(({ id, on }) => ({ id, on })),
  );
  for (const [at, { place }] of receipts.entries()) {
    const result = received[at];
    if (result?.ok === false) late.set(place, refusedBy('production.purchase-refused', result));
  }
  const transfers = numbered.flatMap(({ place, number, posting: { stockDocument, postedOn } }) =>
    stockDocument === undefined ? [] : [{ place, id: stockDocument, postedOn, text: number }],
  );
  const moved = await reverseDocuments(
    tx,
    context,
    transfers.map(({ id, postedOn, text }) => ({ id, postedOn, text })),
  );
  for (const [at, { place }] of transfers.entries()) {
    const result = moved[at];
    if (result?.ok === false) late.set(place, refusedBy('production.stock-refused', result));
  }
}
