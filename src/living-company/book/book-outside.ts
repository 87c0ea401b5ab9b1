import { orderOutside, receiveOutside, shipOutside } from '#erp/production/outside';
import type { OutsideOrderDraft, OutsideReceiptDraft } from '#erp/production/outside';
import { steerOrders } from '#erp/purchasing';
import { money, pieces } from './amounts.ts';
import { book, documentOf, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';
import { momentOf } from './moment.ts';

/** The operation that a supplier does. */
export const OUTSIDE = 15;

const APPROVER = 'cfo';
const [FROM, TO] = [420, 960]; // Minutes of the day at which a supplier works.

/** A supplier is sent an order for the service, and the pieces. */
export async function bookOutsideOrders(
  desk: Desk,
  orders: readonly Of<'outside-order'>[],
): Promise<void> {
  const { tx, context } = desk;
  const waiting: string[] = [];
  await book(
    desk,
    orders,
    ({ order, quantity, unitPrice, on, promisedOn }): OutsideOrderDraft | undefined => {
      const found = documentOf(desk, order);
      if (found === undefined) return undefined;
      const terms = { unitPrice: money(unitPrice), issuedOn: on, promisedOn };
      return { order: found.id, operation: OUTSIDE, quantity: pieces(quantity), ...terms };
    },
    async (drafts) => {
      const ordered = await orderOutside(tx, context, drafts);
      for (const each of ordered) {
        if (each.ok && each.value.status === 'awaiting-approval') waiting.push(each.value.id);
      }
      return ordered;
    },
  );
  const approvals = waiting.map((id) => ({ id, step: 'approve' as const }));
  const approved =
    waiting.length === 0 ? [] : await steerOrders(tx, { ...context, by: APPROVER }, approvals);
  for (const each of approved) if (!each.ok) refuse(desk, each.problem.code);
  const shipments = orders.flatMap(({ key, order, quantity, on }) => {
    const found = documentOf(desk, order);
    if (found === undefined || !desk.noted.has(key)) return [];
    return [{ order: found.id, operation: OUTSIDE, quantity: pieces(quantity), postedOn: on }];
  });
  if (shipments.length === 0) return;
  for (const each of await shipOutside(tx, context, shipments)) {
    if (!each.ok) refuse(desk, each.problem.code);
  }
}

/** The pieces come back, and the service is received with its price. */
export const bookOutsideReceipts = (
  desk: Desk,
  receipts: readonly Of<'outside-receipt'>[],
): Promise<void> =>
  book(
    desk,
    receipts,
    ({ order, good, scrap, on }): OutsideReceiptDraft | undefined => {
      const found = documentOf(desk, order);
      if (found === undefined) return undefined;
      return {
        order: found.id,
        operation: OUTSIDE,
        good: pieces(good),
        scrap: pieces(scrap),
        ...(scrap === 0 ? {} : { scrapReason: 'coating' }),
        startedAt: momentOf(on, FROM),
        endedAt: momentOf(on, TO),
        receivedOn: on,
        postedOn: on,
        isFinal: true,
      };
    },
    (drafts) => receiveOutside(desk.tx, desk.context, drafts),
  );
