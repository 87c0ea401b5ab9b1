import type { Handle } from '#database';
import { accept, linkNewDocuments, refusedLate, takeNumbersOn } from '#erp/company';
import type { Booked, DocumentLink, DocumentRef, ErpContext, Result } from '#erp/company';
import { postEntries } from '#erp/ledger';
import { createOpenItems } from '#erp/open-items';
import { taxSharesOf } from '#erp/open-items/settling';
import type { OpenItemDraft } from '#erp/open-items';
import { noteInvoiced } from '#erp/sales';
import type { InvoicedLine } from '#erp/sales';
import { newId } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { negateDecimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { DecidedDocument, DecidedLine } from './decided-document.ts';
import { documentEntry, documentKindOf } from './document-entry.ts';
import type { Booking } from './document-entry.ts';
import type { ReceivablesProblemCode } from './errors.ts';
import { writeDocuments } from './write-documents.ts';

type Code = ReceivablesProblemCode;

/** An invoice or credit note as it was posted. */
export type PostedDocument = {
  readonly id: string;
  readonly number: string;
  readonly entry: string;
  readonly item: string; // What it leaves open.
};

/** A document with its number and what it books. */
export type NumberedDocument = {
  readonly id: string;
  readonly number: string;
  readonly document: DecidedDocument;
  readonly booking: Booking;
};

/** Books decided documents: numbers, journal, open items, the orders' progress, links. */
export async function bookDocuments(
  tx: Handle,
  context: ErpContext,
  companyCurrency: CurrencyCode,
  decided: readonly Result<DecidedDocument, Code>[],
): Promise<Booked<PostedDocument, Code>> {
  const numbered = await numberAll(tx, context, companyCurrency, decided);
  const posted = await postEntries(
    tx,
    context,
    numbered.map(({ booking }) => booking.entry),
  );
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const late = refusedLate(posted, places, 'receivables.journal-refused');
  if (late.size > 0) return { results: [], late };
  const entries = posted.map((each) => (each.ok ? each.value.id : ''));
  await writeDocuments(tx, context, numbered, entries);
  const items = await createOpenItems(
    tx,
    context,
    numbered.map((each, at) => itemOf(each, entries[at] ?? '')),
  );
  await noteInvoiced(tx, numbered.flatMap(invoicedLines));
  await linkNewDocuments(tx, numbered.flatMap(linksOf));
  let at = -1;
  const results = decided.map((each): Result<PostedDocument, Code> => {
    if (!each.ok) return each;
    at += 1;
    const { id = '', number = '' } = numbered[at] ?? {};
    return accept({ id, number, entry: entries[at] ?? '', item: items[at] ?? '' });
  });
  return { results, late };
}

const SERIES = { invoice: 'CI', 'credit-note': 'CN' } as const;
const PREFIX = { invoice: 'ci', 'credit-note': 'cn' } as const;

/** All of one call are of one kind: each kind has a series of its own. */
async function numberAll(
  tx: Handle,
  { clock, legalEntity }: ErpContext,
  companyCurrency: CurrencyCode,
  decided: readonly Result<DecidedDocument, Code>[],
): Promise<readonly NumberedDocument[]> {
  const documents = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const nowMs = millisecondsOf(clock());
  const days = documents.map(({ postedOn }) => postedOn);
  const series = SERIES[documents[0]?.kind ?? 'invoice'];
  const numbers = await takeNumbersOn(tx, legalEntity, series, days);
  return documents.map((document, at) => {
    const id = newId(PREFIX[document.kind], nowMs);
    const number = numbers[at] ?? '';
    const booking = documentEntry(document, { id, number, legalEntity, companyCurrency });
    return { id, number, document, booking };
  });
}

function itemOf(
  { id, number, document, booking }: NumberedDocument,
  entryId: string,
): OpenItemDraft {
  const { kind, customer, currency, gross, net, taxes, issuedOn, postedOn, dueOn } = document;
  return {
    side: 'receivable',
    effect: kind === 'invoice' ? 'raises' : 'lowers',
    kind,
    party: customer.id,
    currency,
    amount: gross,
    companyAmount: booking.companyGross,
    issuedOn,
    postedOn,
    dueOn,
    discounts: document.discounts,
    taxShares: taxSharesOf(net, taxes),
    document: { kind: documentKindOf(kind), id, number },
    entryId,
  };
}

/** What the document charges of its orders' lines; a credit note gives quantities back. */
function invoicedLines({ id, document }: NumberedDocument): readonly InvoicedLine[] {
  const { kind, lines } = document;
  return lines.flatMap(({ order, quantity }, at) =>
    order === undefined || quantity === undefined
      ? []
      : [
          {
            invoice: id,
            invoiceLine: at + 1,
            order: order.document.id,
            orderLine: order.line,
            quantity: kind === 'invoice' ? quantity : negateDecimal(quantity),
          },
        ],
  );
}

/** Deliveries and the corrected invoices lead here; orders where nothing between them does. */
function linksOf({ id, number, document }: NumberedDocument): readonly DocumentLink[] {
  const from = new Map<string, DocumentRef>();
  for (const line of document.lines) {
    for (const origin of originsOf(line)) from.set(origin.id, origin);
  }
  const to = { kind: documentKindOf(document.kind), id, number };
  return [...from.values()].map((each) => ({ from: each, to }));
}

function originsOf({ order, delivery, corrects }: DecidedLine): readonly DocumentRef[] {
  const near = [...refOf('delivery', delivery), ...refOf('customer-invoice', corrects)];
  return near.length > 0 ? near : refOf('sales-order', order);
}

const refOf = (kind: string, origin: DecidedLine['order']): readonly DocumentRef[] =>
  origin === undefined ? [] : [{ kind, id: origin.document.id, number: origin.document.number }];
