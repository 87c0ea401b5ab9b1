import type { ContentOf } from '#canonical';
import { accept } from '#erp/company';
import type { Result } from '#erp/company';
import { findOrders, postReceipts, reverseReceipts } from '#erp/purchasing';
import type { PurchaseOrder, ReceiptLineDraft } from '#erp/purchasing';
import { bookingOf, changeOf, dayOf, no, only } from './booking.ts';

type Content = ContentOf<'goods-receipt'>;

/** A delivery of orders, posted. */
export const postReceipt = bookingOf('goods-receipt', async ({ tx, context }, content) => {
  if (content.status !== 'posted') {
    return no('gate.not-offered', `a receipt is not made ${content.status}`, 'status');
  }
  const orders = await findOrders(
    tx,
    content.lines.flatMap(({ order }) => order ?? []),
  );
  const lines: ReceiptLineDraft[] = [];
  for (const [at, line] of content.lines.entries()) {
    const draft = lineOf(orders, content, line, `lines.${at}`);
    if (!draft.ok) return draft;
    lines.push(draft.value);
  }
  const { receivedOn, postedOn = receivedOn, deliveryNote } = content;
  const draft = { receivedOn, postedOn, lines };
  const posted = only(
    await postReceipts(tx, context, [
      deliveryNote === undefined ? draft : { ...draft, deliveryNote },
    ]),
  );
  if (!posted.ok) return posted;
  return accept({ key: posted.value.id, number: posted.value.number, status: 'posted' });
});

/** Takes a receipt back; what is booked is a receipt of its own. */
export const reverseReceipt = changeOf(async (desk, target) => {
  const { tx, context, wish } = desk;
  const on = dayOf(desk, 'postedOn', 'receivedOn');
  const done = only(
    await reverseReceipts(tx, context, [{ id: target.key, on, reason: wish.reference }]),
  );
  if (!done.ok) return done;
  return accept({ key: done.value.id, number: done.value.number, status: 'posted' });
});

function lineOf(
  orders: ReadonlyMap<string, PurchaseOrder>,
  { warehouse }: Content,
  line: Content['lines'][number],
  field: string,
): Result<ReceiptLineDraft> {
  const order = orders.get(line.order ?? '');
  const ordered = order?.lines.find(({ number }) => String(number) === line.orderLine);
  if (order === undefined || ordered === undefined) {
    return no('gate.no-order-line', 'what comes was ordered: name the line', `${field}.orderLine`);
  }
  if (ordered.unit !== line.quantity.unit) {
    const message = `it was ordered in ${ordered.unit}`;
    return no('gate.unit-differs', message, `${field}.quantity.unit`);
  }
  if (ordered.warehouse !== null && ordered.warehouse !== warehouse) {
    return no('gate.warehouse-differs', 'it was ordered for another warehouse', 'warehouse');
  }
  const { rejected, reason, batch, serials, location } = line;
  return accept({
    order: order.id,
    line: ordered.number,
    quantity: line.quantity.value,
    ...(rejected === undefined ? {} : { rejected }),
    ...(reason === undefined ? {} : { reason }),
    ...(batch === undefined ? {} : { batch }),
    ...(serials === undefined ? {} : { serials }),
    ...(location === undefined ? {} : { location }),
  });
}
