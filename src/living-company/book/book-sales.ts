import { findOpenItems, openOf } from '#erp/open-items';
import { postCreditNotes, postInvoices, postPayments, writeOff } from '#erp/receivables';
import type { PaymentDraft } from '#erp/receivables';
import { openByReturns, ordersBehind, postDeliveries, steerOrders } from '#erp/sales';
import type { DeliveryDraft } from '#erp/sales';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import { LINE_STEP, pieces } from './amounts.ts';
import { bankOf } from './banks.ts';
import { book, documentOf, idOf, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';
import { inOneText, openBalances, settle } from './settle.ts';
import type { Balance } from './settle.ts';

/** Goods leave, or come back. */
export const bookDeliveries = (
  desk: Desk,
  deliveries: readonly (Of<'delivery'> | Of<'customer-return'>)[],
): Promise<void> =>
  book(
    desk,
    deliveries,
    ({ kind, order, on, lines, reason }): DeliveryDraft | undefined => {
      const found = documentOf(desk, order);
      if (found === undefined) return undefined;
      return {
        kind: kind === 'delivery' ? 'delivery' : 'return',
        shippedOn: on,
        postedOn: on,
        lines: lines.map(({ line, quantity }) => ({
          order: found.id,
          line: line * LINE_STEP,
          quantity: pieces(quantity),
          ...(reason === undefined ? {} : { reason }),
        })),
      };
    },
    (drafts) => postDeliveries(desk.tx, desk.context, drafts),
  );

/** What left is charged, that of several deliveries together where it is agreed so. */
export const bookCustomerInvoices = (
  desk: Desk,
  invoices: readonly Of<'customer-invoice'>[],
): Promise<void> =>
  book(
    desk,
    invoices,
    ({ deliveries, on }) => {
      const found = deliveries.flatMap((key) => documentOf(desk, key)?.id ?? []);
      return found.length === 0 ? undefined : { issuedOn: on, postedOn: on, deliveries: found };
    },
    (drafts) => postInvoices(desk.tx, desk.context, drafts),
  );

/** What came back is given back; nothing is sent in its place. */
export const bookCreditNotes = (desk: Desk, notes: readonly Of<'credit-note'>[]): Promise<void> =>
  book(
    desk,
    notes,
    ({ returned, reason, on }) => {
      const found = documentOf(desk, returned);
      if (found === undefined) return undefined;
      return { issuedOn: on, postedOn: on, reason, returns: [found.id] };
    },
    (drafts) => postCreditNotes(desk.tx, desk.context, drafts),
  );

/**
 * Orders of which all had left are done with when something of them came back, or when their rest leaves
 * later than that: they wait for nothing.
 */
export async function closeReturned(
  desk: Desk,
  of: {
    readonly deliveries: readonly Of<'delivery'>[];
    readonly notes: readonly Of<'credit-note'>[];
  },
): Promise<void> {
  const { tx, context } = desk;
  const returns = of.notes
    .filter(({ key }) => desk.noted.has(key))
    .flatMap(({ returned }) => documentOf(desk, returned)?.id ?? []);
  const left = of.deliveries.flatMap(({ order }) => documentOf(desk, order)?.id ?? []);
  const touched = new Set([...left, ...(await ordersBehind(tx, returns))]);
  const done = await openByReturns(tx, [...touched]);
  const steps = done.map((id) => ({ id, step: 'close', reason: 'sent back' }) as const);
  for (const result of await steerOrders(tx, context, steps)) {
    if (!result.ok) refuse(desk, result.problem.code);
  }
}

type Paying = Of<'customer-payment'> | Of<'refund'>;

/** Customers pay, often several invoices at once; what they have too much is paid back to them. */
export async function bookCustomerPayments(desk: Desk, payments: readonly Paying[]): Promise<void> {
  const balances = await openBalances(desk, payments.flatMap(paidBy));
  const drafts = payments.map((intent) => {
    const draft = paymentOf(desk, balances, intent);
    return draft === undefined ? undefined : { intent, draft };
  });
  // Nothing is open any more where a credit note came first: nobody pays then.
  const asked = drafts.flatMap((each) => (each === undefined ? [] : [each]));
  const draftOf = new Map(asked.map(({ intent, draft }) => [intent.key, draft]));
  await book(
    desk,
    asked.map(({ intent }) => intent),
    ({ key }) => draftOf.get(key),
    (each) => postPayments(desk.tx, desk.context, each),
  );
}

/** The documents that are settled, by key. */
const paidBy = (intent: Paying): readonly string[] =>
  intent.kind === 'refund' ? [intent.creditNote] : intent.invoices;

function paymentOf(
  desk: Desk,
  balances: ReadonlyMap<string, Balance>,
  intent: Paying,
): PaymentDraft | undefined {
  const isRefund = intent.kind === 'refund';
  const share = isRefund
    ? { on: intent.on, perMille: 1_000, takesDiscount: false }
    : { on: intent.on, perMille: intent.perMille, takesDiscount: intent.takesDiscount };
  const settled = paidBy(intent).flatMap((key) => {
    const balance = balances.get(documentOf(desk, key)?.item ?? '');
    const part = balance === undefined ? undefined : settle(balance, share);
    return balance === undefined || part === undefined ? [] : [{ item: balance.item, part }];
  });
  const [first] = settled;
  if (first === undefined) return undefined;
  const { currency } = first.item;
  return {
    customer: idOf(desk, intent.customer),
    paidOn: intent.on,
    bankAccount: bankOf(desk.trade, currency),
    isRefund,
    currency,
    amount: sumDecimals(settled.map(({ part }) => part.amount)),
    reference: inOneText(settled.map(({ item }) => item.documentNumber)),
    parts: settled.map(({ part }) => part),
  };
}

/** What nobody will pay is written off. */
export async function bookBadDebts(desk: Desk, debts: readonly Of<'bad-debt'>[]): Promise<void> {
  const itemIds = debts.flatMap(({ invoice }) => documentOf(desk, invoice)?.item ?? []);
  if (itemIds.length === 0) return;
  const items = await findOpenItems(desk.tx, itemIds);
  const open = debts.filter(({ invoice }) => {
    const item = items.get(documentOf(desk, invoice)?.item ?? '');
    return item !== undefined && compareDecimals(openOf(item), decimal('0')) > 0;
  });
  await book(
    desk,
    open,
    ({ invoice, on, reason }) => {
      const item = documentOf(desk, invoice)?.item;
      return item === undefined ? undefined : { kind: 'bad-debt' as const, item, on, reason };
    },
    (drafts) => writeOff(desk.tx, desk.context, drafts),
  );
}
