import type { ContentOf } from '#canonical';
import { accept } from '#erp/company';
import type { Result } from '#erp/company';
import { cancelInvoices, postInvoices } from '#erp/payables';
import type { InvoiceDraft, InvoiceLineDraft } from '#erp/payables';
import { findOrders } from '#erp/purchasing';
import type { PurchaseOrder } from '#erp/purchasing';
import { bookingOf, changeOf, dayOf, no, only } from './booking.ts';

type Content = ContentOf<'supplier-invoice'>;

/** An invoice or credit note, posted: matched by the ERP, and blocked for payment where it deviates. */
export const postInvoice = bookingOf('supplier-invoice', async (desk, content) => {
  const { tx, context } = desk;
  const { kind, status } = content;
  if (status !== 'posted') return no('gate.not-offered', `it is not made ${status}`, 'status');
  if (kind === 'prepayment') return no('gate.not-offered', 'prepayments are payments', 'kind');
  const orders = await findOrders(
    tx,
    content.lines.flatMap(({ order }) => order ?? []),
  );
  const lines: InvoiceLineDraft[] = [];
  for (const [at, line] of content.lines.entries()) {
    const draft = lineOf(orders, line, `lines.${at}`);
    if (!draft.ok) return draft;
    lines.push(draft.value);
  }
  const { receivedOn, payeeAccount, taxes } = content;
  const draft: InvoiceDraft = {
    kind,
    supplier: content.supplier,
    supplierNumber: content.number,
    issuedOn: content.issuedOn,
    postedOn: content.postedOn ?? dayOf(desk),
    currency: content.currency,
    gross: content.grossAmount,
    text: content.ourNumber ?? '',
    lines,
    ...(receivedOn === undefined ? {} : { receivedOn }),
    ...(payeeAccount === undefined ? {} : { payeeAccount }),
    ...(taxes === undefined
      ? {}
      : { taxes: taxes.map(({ code, base, amount }) => ({ code, base, amount })) }),
  };
  const posted = only(await postInvoices(tx, context, [draft]));
  if (!posted.ok) return posted;
  return accept({ key: posted.value.id, number: posted.value.number, status: 'posted' });
});

/** Cancels an invoice that nothing has settled. */
export const cancelInvoice = changeOf(async (desk, target) => {
  const { tx, context, wish } = desk;
  const cancellation = { id: target.key, on: dayOf(desk), reason: wish.reference };
  const done = only(await cancelInvoices(tx, context, [cancellation]));
  return done.ok ? accept({ key: target.key, status: 'cancelled' }) : done;
});

function lineOf(
  orders: ReadonlyMap<string, PurchaseOrder>,
  line: Content['lines'][number],
  field: string,
): Result<InvoiceLineDraft> {
  const { kind, item, text, quantity, unitPrice, taxCode, account, costCentre } = line;
  if (kind === 'deposit-deduction') {
    return no('gate.not-offered', 'deposits are settled by payments', `${field}.kind`);
  }
  const charged = orders.get(line.order ?? '');
  const ordered = charged?.lines.find(({ number }) => String(number) === line.orderLine);
  if (line.order !== undefined && ordered === undefined) {
    return no('gate.no-order-line', 'there is no such order line', `${field}.orderLine`);
  }
  if (quantity !== undefined && ordered !== undefined && ordered.unit !== quantity.unit) {
    const message = `it was ordered in ${ordered.unit}`;
    return no('gate.unit-differs', message, `${field}.quantity.unit`);
  }
  return accept({
    net: line.netAmount,
    ...(kind === undefined ? {} : { kind }),
    ...(charged === undefined || ordered === undefined
      ? {}
      : { order: { id: charged.id, line: ordered.number } }),
    ...(item === undefined ? {} : { item }),
    ...(text === undefined ? {} : { text }),
    ...(quantity === undefined ? {} : { quantity: quantity.value }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(account === undefined ? {} : { account }),
    ...(costCentre === undefined ? {} : { costCentre }),
  });
}
