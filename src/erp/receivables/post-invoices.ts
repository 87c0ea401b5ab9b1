import type { Handle } from '#database';
import { bookTogether } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { bookDocuments } from './book-documents.ts';
import type { PostedDocument } from './book-documents.ts';
import type { FreeLineDraft, InvoiceDraft } from './customer-invoice.ts';
import { decideInvoice } from './decide-invoice.ts';
import type { Taken } from './decided-document.ts';
import { readDocumentFacts } from './document-facts.ts';
import type { ReceivablesProblemCode } from './errors.ts';

type Code = ReceivablesProblemCode;

/**
 * Posts invoices for deliveries, orders or neither: books, open items and the orders' progress in the
 * caller's transaction. Drafts are taken in their order: a later one sees what an earlier one charged.
 */
export const postInvoices = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly InvoiceDraft[],
): Promise<readonly Result<PostedDocument, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookInvoices(tx, context, asked));

async function bookInvoices(
  tx: Handle,
  context: ErpContext,
  drafts: readonly InvoiceDraft[],
): Promise<Booked<PostedDocument, Code>> {
  const lines = drafts.flatMap((draft) => draft.lines ?? []);
  const facts = await readDocumentFacts(tx, context, {
    customers: drafts.flatMap(({ customer }) => customer ?? []),
    items: lines.flatMap((line) => ('unitPrice' in line ? itemsOf(line) : [])),
    orders: [
      ...drafts.flatMap(({ orders }) => orders ?? []),
      ...lines.flatMap((line) => ('order' in line ? line.order.id : [])),
    ],
    deliveries: [
      ...drafts.flatMap(({ deliveries }) => deliveries ?? []),
      ...lines.flatMap((line) => ('delivery' in line ? line.delivery.id : [])),
    ],
    free: lines.flatMap((line) => ('unitPrice' in line ? line : [])),
    rates: drafts.map(({ currency, postedOn }) => ({ currency, on: postedOn })),
  });
  const taken: Taken = new Map();
  const decided = drafts.map((draft) => decideInvoice(facts, draft, taken));
  return await bookDocuments(tx, context, facts.companyCurrency, decided);
}

/** The items that a free line names. */
export const itemsOf = ({ item }: FreeLineDraft): readonly string[] =>
  item === undefined ? [] : [item];
