import type { Handle } from '#database';
import { accept, bookTogether, refuse } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { writeCancellations } from '#erp/company/documents';
import { takeBack } from '#erp/open-items/settling';
import type { Retreat } from '#erp/open-items/settling';
import { itemsOfDocuments, lockOpenItems } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { chargeableOf, lockOrders, noteInvoiced } from '#erp/sales';
import type { InvoicedLine, SalesOrder } from '#erp/sales';
import { addDecimals, compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { CustomerInvoice } from './customer-invoice.ts';
import { keyOf } from './decided-document.ts';
import type { Taken } from './decided-document.ts';
import type { ReceivablesProblemCode } from './errors.ts';
import { correctedOf, findInvoices, lockInvoices } from './read-invoices.ts';
import type { Corrected } from './read-invoices.ts';
import { RETREAT_CODES } from './take-documents-back.ts';

type Code = ReceivablesProblemCode;

/** An invoice or credit note that is to be cancelled. */
export type Cancellation = { readonly id: string; readonly on: LocalDate; readonly reason: string };

type Facts = {
  readonly legalEntity: string;
  readonly invoices: ReadonlyMap<string, CustomerInvoice>;
  readonly items: ReadonlyMap<string, OpenItem>; // By document.
  readonly orders: ReadonlyMap<string, SalesOrder>;
  readonly corrected: ReadonlyMap<string, Corrected>;
};
type Decided = Retreat & { readonly invoice: CustomerInvoice };

const ZERO = decimal('0');

/**
 * Cancels invoices that nothing has settled or corrected, and credit notes, whose invoices are open
 * again: books, open items and the orders' progress go back.
 */
export const cancelInvoices = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly Cancellation[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> =>
  bookTogether(tx, wishes, (asked) => bookCancellations(tx, context, asked));

async function bookCancellations(
  tx: Handle,
  context: ErpContext,
  wishes: readonly Cancellation[],
): Promise<Booked<{ readonly id: string }, Code>> {
  const facts = await readFacts(tx, context, wishes);
  const seen = new Set<string>();
  const taken: Taken = new Map();
  const decided = wishes.map((wish, place): Result<Decided, Code> => {
    const invoice = facts.invoices.get(wish.id);
    const item = facts.items.get(wish.id);
    if (invoice === undefined || item === undefined) return noInvoice(wish.id);
    const problem = cancellationProblem(facts, invoice, { item, seen, taken });
    if (problem !== undefined) return problem;
    seen.add(wish.id);
    return accept({ ...wish, place, invoice, item, entry: invoice.entry });
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const { entries, late } = await takeBack(tx, context, good, RETREAT_CODES);
  if (late.size > 0) return { results: [], late };
  await noteInvoiced(
    tx,
    good.flatMap(({ invoice }) => chargedBack(invoice)),
  );
  await writeCancellations(
    tx,
    context,
    'erp_receivables.cancellation',
    good.map(({ id, on, reason, invoice }, at) => {
      const entry = entries[at] ?? '';
      return { id, on, reason, number: invoice.number, entry };
    }),
  );
  return { results: decided.map((each) => (each.ok ? accept({ id: each.value.id }) : each)), late };
}

async function readFacts(
  tx: Handle,
  { legalEntity }: ErpContext,
  wishes: readonly Cancellation[],
): Promise<Facts> {
  const ids = wishes.map(({ id }) => id);
  const first = [...(await findInvoices(tx, ids)).values()];
  const orders = await lockOrders(
    tx,
    first.flatMap(({ lines }) => lines.flatMap(({ order }) => order ?? [])),
  );
  const invoices = await lockInvoices(tx, ids); // Who came before us is seen.
  const found = await itemsOfDocuments(tx, ids);
  const items = await lockOpenItems(
    tx,
    [...found.values()].flatMap((own) => own.slice(0, 1).map(({ id }) => id)),
  );
  return {
    legalEntity,
    invoices,
    items: new Map([...items.values()].map((item) => [item.documentId, item])),
    orders,
    corrected: await correctedOf(tx, ids),
  };
}

const noInvoice = (id: string): Refusal<Code> =>
  refuse('receivables.no-such-invoice', `there is no invoice ${id}`, 'id');

/** Why a document cannot be cancelled; what a credit note charges again is noted in `taken`. */
function cancellationProblem(
  facts: Facts,
  invoice: CustomerInvoice,
  of: { readonly item: OpenItem; readonly seen: ReadonlySet<string>; readonly taken: Taken },
): Refusal<Code> | undefined {
  const { id, number, kind, lines } = invoice;
  if (invoice.legalEntity !== facts.legalEntity) return noInvoice(id);
  if (invoice.cancelledOn !== null || of.seen.has(id)) {
    return refuse('receivables.already-cancelled', `${number} is cancelled`, 'id');
  }
  if (kind === 'credit-note') return rechargeProblem(facts, invoice, of.taken);
  if (lines.some((line) => facts.corrected.has(keyOf(id, line.number)))) {
    return refuse('receivables.corrected', `cancel the credit notes of ${number} first`, 'id');
  }
  return compareDecimals(of.item.cleared, ZERO) === 0
    ? undefined
    : refuse(
        'receivables.settled',
        `${of.item.cleared} of ${number} is settled: take that back first`,
        'id',
      );
}

/** What a credit note gave back is charged again: that must still be chargeable. */
function rechargeProblem(
  { orders }: Facts,
  { number, lines }: CustomerInvoice,
  taken: Taken,
): Refusal<Code> | undefined {
  for (const { order, orderLine, quantity } of lines) {
    const line = orders.get(order ?? '')?.lines.find((each) => each.number === orderLine);
    if (line === undefined || quantity === null) continue;
    const key = keyOf(order ?? '', line.number);
    taken.set(key, addDecimals(taken.get(key) ?? ZERO, quantity));
    const invoiced = addDecimals(line.invoiced, taken.get(key) ?? ZERO);
    if (compareDecimals(invoiced, chargeableOf(line)) > 0) {
      const message = `what ${number} gave back has come back, or is charged anew`;
      return refuse('receivables.nothing-to-charge', message, 'id');
    }
  }
  return undefined;
}

function chargedBack({ id, kind, lines }: CustomerInvoice): readonly InvoicedLine[] {
  return lines.flatMap(({ number, order, orderLine, quantity }) =>
    order === null || orderLine === null || quantity === null
      ? []
      : [
          {
            invoice: `cancelled ${id}`,
            invoiceLine: number,
            order,
            orderLine,
            quantity: kind === 'credit-note' ? quantity : negateDecimal(quantity),
          },
        ],
  );
}
