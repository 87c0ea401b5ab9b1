import { markOpenItems } from '#erp/open-items';
import { postInvoices, postPayments } from '#erp/payables';
import type { InvoiceDraft, InvoiceLineDraft, PaymentDraft } from '#erp/payables';
import { createOrders, postReceipts, steerOrders } from '#erp/purchasing';
import type { OrderDraft, ReceiptDraft } from '#erp/purchasing';
import { sumDecimals } from '#kernel/decimal';
import type { BilledLine } from '../world/intent.ts';
import { LINE_STEP, money, pieces } from './amounts.ts';
import { bankOf } from './banks.ts';
import { book, documentOf, idOf, note, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';
import { openBalances, settle } from './settle.ts';

const APPROVER = 'cfo';

/** Orders are written and issued; who is above the limit has another approve. */
export async function bookPurchaseOrders(
  desk: Desk,
  orders: readonly Of<'purchase-order'>[],
): Promise<void> {
  const { tx, context, trade } = desk;
  const suppliers = new Map(trade.suppliers.map((each) => [each.number, each]));
  await book(
    desk,
    orders,
    ({ supplier, on, requester, promisedOn, requisition, lines }): OrderDraft | undefined => {
      const asked = requisition === undefined ? undefined : documentOf(desk, requisition);
      if (requisition !== undefined && asked === undefined) return undefined;
      return {
        supplier: idOf(desk, supplier),
        issuedOn: on,
        requester,
        lines: lines.map(({ item, quantity, unitPrice, warehouse }, at) => ({
          item: idOf(desk, item),
          quantity: pieces(quantity),
          unitPrice: money(unitPrice),
          taxCode: suppliers.get(supplier)?.taxCode ?? 'IN-STD',
          warehouse: idOf(desk, warehouse),
          requestedOn: promisedOn,
          promisedOn,
          ...(asked === undefined
            ? {}
            : { requisition: { id: asked.id, line: (at + 1) * LINE_STEP } }),
        })),
      };
    },
    (drafts) => createOrders(tx, context, drafts),
  );
  const ids = orders.flatMap(({ key }) => desk.noted.get(key)?.id ?? []);
  if (ids.length === 0) return;
  const issues = ids.map((id) => ({ id, step: 'issue' as const }));
  const issued = await steerOrders(tx, context, issues);
  const waiting = issued.flatMap((each) => {
    if (!each.ok) refuse(desk, each.problem.code);
    return each.ok && each.value.status === 'awaiting-approval' ? [each.value.id] : [];
  });
  if (waiting.length === 0) return;
  const approvals = waiting.map((id) => ({ id, step: 'approve' as const }));
  const approved = await steerOrders(tx, { ...context, by: APPROVER }, approvals);
  for (const each of approved) if (!each.ok) refuse(desk, each.problem.code);
}

/** Goods come in. */
export const bookReceipts = (desk: Desk, receipts: readonly Of<'receipt'>[]): Promise<void> =>
  book(
    desk,
    receipts,
    ({ order, on, lines, key }): ReceiptDraft | undefined => {
      const found = documentOf(desk, order);
      if (found === undefined) return undefined;
      return {
        deliveryNote: `LS-${key.slice(2)}`,
        receivedOn: on,
        postedOn: on,
        lines: lines.map(({ line, quantity }) => ({
          order: found.id,
          line: line * LINE_STEP,
          quantity: pieces(quantity),
        })),
      };
    },
    (drafts) => postReceipts(desk.tx, desk.context, drafts),
  );

/** Suppliers charge. */
export function bookSupplierInvoices(
  desk: Desk,
  invoices: readonly Of<'supplier-invoice'>[],
): Promise<void> {
  const suppliers = new Map(desk.trade.suppliers.map((each) => [each.number, each]));
  return book(
    desk,
    invoices,
    ({ supplier, supplierNumber, issuedOn, on, lines }): InvoiceDraft | undefined => {
      const taxCode = suppliers.get(supplier)?.taxCode ?? 'IN-STD';
      const drafts = lines.flatMap((line) => billedLine(desk, line, taxCode));
      if (drafts.length < lines.length) return undefined;
      return {
        supplier: idOf(desk, supplier),
        supplierNumber,
        issuedOn,
        receivedOn: on,
        postedOn: on,
        lines: drafts,
      };
    },
    (drafts) => postInvoices(desk.tx, desk.context, drafts),
  );
}

function billedLine(desk: Desk, line: BilledLine, taxCode: string): readonly InvoiceLineDraft[] {
  if ('withdrawal' in line) {
    const taken = documentOf(desk, line.withdrawal);
    if (taken === undefined) return [];
    return [
      {
        withdrawal: `${taken.id}:1`, // It has one line.
        quantity: pieces(line.quantity),
        unitPrice: money(line.unitPrice),
        net: money(line.quantity * line.unitPrice),
        taxCode,
      },
    ];
  }
  if ('text' in line) {
    const project = line.project === undefined ? undefined : documentOf(desk, line.project);
    const about = project === undefined ? {} : { project: project.id };
    return [{ text: line.text, account: line.account, net: money(line.net), taxCode, ...about }];
  }
  const order = documentOf(desk, line.order);
  if (order === undefined) return [];
  return [
    {
      order: { id: order.id, line: line.line * LINE_STEP },
      quantity: pieces(line.quantity),
      unitPrice: money(line.unitPrice),
      net: money(line.quantity * line.unitPrice),
      taxCode,
    },
  ];
}

/** Somebody has looked at what deviated, and lets it be paid. */
export async function freeInvoices(
  desk: Desk,
  intents: readonly Of<'free-invoice'>[],
): Promise<void> {
  await book(
    desk,
    intents,
    ({ invoice }) => {
      const item = documentOf(desk, invoice)?.item;
      return item === undefined ? undefined : { id: item, blocks: [] };
    },
    (marks) => markOpenItems(desk.tx, marks),
  );
}

/** Suppliers are paid, with the discount that is earned. */
export async function bookSupplierPayments(
  desk: Desk,
  payments: readonly Of<'supplier-payment'>[],
): Promise<void> {
  const balances = await openBalances(
    desk,
    payments.flatMap(({ invoices }) => invoices),
  );
  const drafts = new Map<string, PaymentDraft>();
  for (const { key, supplier, invoices, on } of payments) {
    const parts = invoices.flatMap((invoice) => {
      const balance = balances.get(documentOf(desk, invoice)?.item ?? '');
      if (balance === undefined) return [];
      const part = settle(balance, { on, perMille: 1_000, takesDiscount: true });
      return part === undefined ? [] : [{ part, currency: balance.item.currency }];
    });
    const [first] = parts;
    if (first === undefined) continue;
    drafts.set(key, {
      supplier: idOf(desk, supplier),
      paidOn: on,
      bankAccount: bankOf(desk.trade, first.currency),
      currency: first.currency,
      amount: sumDecimals(parts.map(({ part }) => part.amount)),
      parts: parts.map(({ part }) => part),
    });
  }
  await pay(desk, payments, drafts);
}

/** The same amount leaves again: nothing is open for it. */
export async function bookAdvances(
  desk: Desk,
  advances: readonly Of<'supplier-advance'>[],
): Promise<void> {
  const currencies = new Map(desk.trade.suppliers.map((each) => [each.number, each.currency]));
  const drafts = new Map<string, PaymentDraft>();
  for (const { key, supplier, like, on } of advances) {
    const amount = documentOf(desk, like)?.amount;
    if (amount === undefined) continue;
    const currency = currencies.get(supplier) ?? desk.trade.entity.currency;
    drafts.set(key, {
      supplier: idOf(desk, supplier),
      paidOn: on,
      bankAccount: bankOf(desk.trade, currency),
      currency,
      amount,
      parts: [],
    });
  }
  await pay(desk, advances, drafts);
}

async function pay(
  desk: Desk,
  intents: readonly (Of<'supplier-payment'> | Of<'supplier-advance'>)[],
  drafts: ReadonlyMap<string, PaymentDraft>,
): Promise<void> {
  await book(
    desk,
    intents,
    ({ key }) => drafts.get(key),
    (each) => postPayments(desk.tx, desk.context, each),
  );
  for (const intent of intents) {
    const [paid, amount] = [desk.noted.get(intent.key), drafts.get(intent.key)?.amount];
    if (paid !== undefined && amount !== undefined) note(desk, intent, { ...paid, amount });
  }
}
