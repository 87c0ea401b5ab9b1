import type { Handle } from '#database';
import { bookTogether, refusedLate } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { allocate, itemsOfDocuments, lockOpenItems, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { findDeliveries } from '#erp/sales';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { bookDocuments } from './book-documents.ts';
import type { PostedDocument } from './book-documents.ts';
import { smallest } from './correct-line.ts';
import type { CreditFacts, Given } from './correct-line.ts';
import type { CreditNoteDraft } from './customer-invoice.ts';
import { decideCreditNote } from './decide-credit-note.ts';
import type { DecidedDocument } from './decided-document.ts';
import { readDocumentFacts } from './document-facts.ts';
import type { ReceivablesProblemCode } from './errors.ts';
import { itemsOf } from './post-invoices.ts';
import { correctedOf, findInvoices, invoicesOfOrders, lockInvoices } from './read-invoices.ts';

type Code = ReceivablesProblemCode;

/**
 * Posts credit notes: for invoices, returns or neither. What corrects invoices settles as much of
 * them as is open; the rest stays with the customer as a credit.
 */
export const postCreditNotes = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly CreditNoteDraft[],
): Promise<readonly Result<PostedDocument, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookCreditNotes(tx, context, asked));

async function bookCreditNotes(
  tx: Handle,
  context: ErpContext,
  drafts: readonly CreditNoteDraft[],
): Promise<Booked<PostedDocument, Code>> {
  const facts = await readCreditFacts(tx, context, drafts);
  const given: Given = { lines: new Map(), quantities: new Map() };
  const decided = drafts.map((draft) => decideCreditNote(facts, draft, given));
  const items = await itemsOfDocuments(tx, [...facts.invoices.keys()]);
  const locked = await lockOpenItems(
    tx,
    [...items.values()].flat().map(({ id }) => id),
  );
  const booked = await bookDocuments(tx, context, facts.companyCurrency, decided);
  if (booked.late.size > 0) return booked;
  const late = await settleOwn(tx, context, { decided, booked, items: [...locked.values()] });
  return { ...booked, late };
}

async function readCreditFacts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly CreditNoteDraft[],
): Promise<CreditFacts> {
  const returns = drafts.flatMap(({ returns: own }) => own ?? []);
  const back = [...(await findDeliveries(tx, returns)).values()];
  const orders = back.flatMap(({ lines }) => lines.map(({ order }) => order));
  const named = drafts.flatMap(({ invoice, corrections }) => [
    ...(invoice === undefined ? [] : [invoice]),
    ...(corrections ?? []).map((each) => each.invoice),
  ]);
  const first = [...(await findInvoices(tx, named)).values()];
  const free = drafts.flatMap((draft) => draft.free ?? []);
  const facts = await readDocumentFacts(tx, context, {
    customers: [...free.map(({ customer }) => customer), ...first.map(({ customer }) => customer)],
    items: free.flatMap(({ lines }) => lines.flatMap(itemsOf)),
    orders: [...orders, ...first.flatMap(({ lines }) => lines.flatMap(({ order }) => order ?? []))],
    deliveries: returns,
    free: free.flatMap(({ lines }) => lines),
    rates: drafts.map((draft) => ({ currency: draft.free?.currency, on: draft.postedOn })),
  });
  // The orders are locked: nobody charges them meanwhile.
  const charging = await invoicesOfOrders(tx, orders);
  const invoices = await lockInvoices(tx, [...new Set([...named, ...charging])]);
  return { ...facts, invoices, correctedOf: await correctedOf(tx, [...invoices.keys()]) };
}

type Wanted = {
  readonly place: number;
  readonly raising: string;
  readonly lowering: string;
  readonly amount: Decimal;
  readonly on: LocalDate;
};

/** Settles what is still open of the invoices that credit notes correct. */
async function settleOwn(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly decided: readonly Result<DecidedDocument, Code>[];
    readonly booked: Booked<PostedDocument, Code>;
    readonly items: readonly OpenItem[];
  },
): Promise<Booked<PostedDocument, Code>['late']> {
  const open = new Map(of.items.map((item) => [item.id, openOf(item)]));
  const wanted = of.decided.flatMap((each, place): readonly Wanted[] => {
    const posted = of.booked.results[place];
    if (!each.ok || posted?.ok !== true) return [];
    let left = each.value.gross;
    const corrected = new Set(
      each.value.lines.flatMap(({ corrects }) => corrects?.document.id ?? []),
    );
    const items = of.items.filter(
      ({ documentId, effect }) => effect === 'raises' && corrected.has(documentId),
    );
    return items.flatMap((item) => {
      const amount = smallest(left, open.get(item.id) ?? decimal('0'));
      if (compareDecimals(amount, decimal('0')) <= 0) return [];
      left = subtractDecimals(left, amount);
      open.set(item.id, subtractDecimals(open.get(item.id) ?? amount, amount));
      const on = each.value.postedOn;
      return [{ place, raising: item.id, lowering: posted.value.item, amount, on }];
    });
  });
  const settled = await allocate(tx, context, wanted);
  return refusedLate(
    settled,
    wanted.map(({ place }) => place),
    'receivables.settled',
  );
}
