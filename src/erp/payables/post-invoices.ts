import type { Handle } from '#database';
import { accept, bookTogether, linkNewDocuments, refusedLate, takeNumbersOn } from '#erp/company';
import type { Booked, DocumentLink, ErpContext, Result } from '#erp/company';
import { noteWithdrawnCharged } from '#erp/inventory/withdrawals';
import type { WithdrawalCharge } from '#erp/inventory/withdrawals';
import { postEntries } from '#erp/ledger';
import { createOpenItems } from '#erp/open-items';
import { taxSharesOf } from '#erp/open-items/settling';
import type { OpenItemDraft } from '#erp/open-items';
import { noteInvoiced } from '#erp/purchasing';
import type { InvoicedLine } from '#erp/purchasing';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { decideInvoice, turned } from './decide-invoice.ts';
import type { Charged, DecidedInvoice } from './decide-invoice.ts';
import type { PayablesProblemCode } from './errors.ts';
import { readInvoiceFacts } from './invoice-facts.ts';
import { invoiceEntry } from './invoice-entry.ts';
import type { InvoiceBooking } from './invoice-entry.ts';
import type { InvoiceDraft } from './supplier-invoice.ts';
import { writeInvoices } from './write-invoices.ts';

type Code = PayablesProblemCode;

/** An invoice as it was posted. `blocks`: why it is not paid until a person has looked. */
export type PostedInvoice = {
  readonly id: string;
  readonly number: string;
  readonly entry: string;
  readonly item: string; // What it leaves open.
  readonly blocks: readonly string[];
};

/** An invoice with its number and what it books. */
export type NumberedInvoice = {
  readonly id: string;
  readonly number: string;
  readonly invoice: DecidedInvoice;
  readonly booking: InvoiceBooking;
};

/**
 * Posts invoices and credit notes of suppliers, matched with orders and receipts: books, open items
 * and the orders' progress in the caller's transaction. One that deviates is posted, and blocked for
 * payment.
 */
export const postInvoices = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly InvoiceDraft[],
): Promise<readonly Result<PostedInvoice, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookInvoices(tx, context, asked));

async function bookInvoices(
  tx: Handle,
  context: ErpContext,
  drafts: readonly InvoiceDraft[],
): Promise<Booked<PostedInvoice, Code>> {
  const facts = await readInvoiceFacts(tx, context, drafts);
  const charged: Charged = new Map();
  const seen = new Map<string, string>();
  const decided = drafts.map((draft): Result<DecidedInvoice, Code> => {
    const own = decideInvoice(facts.knowing(seen), draft, charged);
    if (own.ok) facts.note(seen, draft);
    return own;
  });
  const numbered = await numberAll(tx, context, decided, facts);
  const posted = await postEntries(
    tx,
    context,
    numbered.map(({ booking }) => booking.entry),
  );
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const late = refusedLate(posted, places, 'payables.journal-refused');
  if (late.size > 0) return { results: [], late };
  const entries = posted.map((each) => (each.ok ? each.value.id : ''));
  await writeInvoices(tx, context, numbered, entries);
  const items = await createOpenItems(
    tx,
    context,
    numbered.map((each, at) => itemOf(each, entries[at])),
  );
  await noteInvoiced(tx, numbered.flatMap(invoicedLines));
  await noteWithdrawnCharged(tx, context, numbered.flatMap(chargedWithdrawals));
  await linkNewDocuments(tx, numbered.flatMap(linksOf));
  const results = decided.map((each, place): Result<PostedInvoice, Code> => {
    if (!each.ok) return each;
    const at = places.indexOf(place);
    const { id = '', number = '' } = numbered[at] ?? {};
    const [entry = '', item = ''] = [entries[at], items[at]];
    return accept({ id, number, entry, item, blocks: blocksOf(each.value) });
  });
  return { results, late };
}

/** Numbers are taken by the day of posting, in the order of the drafts. */
async function numberAll(
  tx: Handle,
  { clock, legalEntity }: ErpContext,
  decided: readonly Result<DecidedInvoice, Code>[],
  facts: Awaited<ReturnType<typeof readInvoiceFacts>>,
): Promise<readonly NumberedInvoice[]> {
  const invoices = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const nowMs = millisecondsOf(clock());
  const days = invoices.map(({ draft }) => draft.postedOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'SI', days);
  const { companyCurrency, taxCodes } = facts;
  return invoices.map((invoice, at) => {
    const id = newId('si', nowMs);
    const number = numbers[at] ?? '';
    const of = { id, number, legalEntity, companyCurrency, taxCodes };
    return { id, number, invoice, booking: invoiceEntry(invoice, of) };
  });
}

/** Why an invoice waits: what is charged above price, or above what has come. */
export function blocksOf({ lines }: DecidedInvoice): readonly string[] {
  const kinds = lines.flatMap(({ match }) => match?.deviations.map(({ kind }) => kind) ?? []);
  const blocks = kinds.map((kind) => (kind === 'price-above' ? 'price' : 'quantity'));
  return [...new Set(blocks)].toSorted();
}

function itemOf(
  { id, number, invoice, booking }: NumberedInvoice,
  entryId: string | undefined,
): OpenItemDraft {
  const { draft, kind, currency, gross, dueOn, discounts, net, taxes } = invoice;
  const isCredit = kind === 'credit-note';
  return {
    side: 'payable',
    effect: isCredit ? 'lowers' : 'raises',
    kind: isCredit ? 'credit-note' : 'invoice',
    party: invoice.supplier.id,
    currency,
    amount: gross,
    companyAmount: booking.companyGross,
    issuedOn: draft.issuedOn,
    postedOn: draft.postedOn,
    dueOn,
    discounts: isCredit ? [] : discounts,
    taxShares: taxSharesOf(net, taxes),
    document: { kind: 'supplier-invoice', id, number },
    blocks: blocksOf(invoice),
    ...(entryId === undefined ? {} : { entryId }),
  };
}

/** What the invoice charges of its orders' lines; a credit note gives back. */
function invoicedLines({ id, invoice }: NumberedInvoice): readonly InvoicedLine[] {
  return invoice.lines.flatMap(({ number, order, orderLine, quantity, match }) =>
    order === undefined || orderLine === undefined || match === undefined || quantity === undefined
      ? []
      : [
          {
            invoice: id,
            invoiceLine: number,
            order: order.id,
            orderLine: orderLine.number,
            ...turned(invoice.kind, quantity, match),
          },
        ],
  );
}

/** What the invoice charges of what was taken of consignment; a credit note gives back. */
function chargedWithdrawals({ id, invoice }: NumberedInvoice): readonly WithdrawalCharge[] {
  return invoice.lines.flatMap(({ number, withdrawn, quantity, match }) =>
    withdrawn === undefined || match === undefined || quantity === undefined
      ? []
      : [
          {
            withdrawn: withdrawn.id,
            source: `${id} ${number}`,
            ...turned(invoice.kind, quantity, match),
            on: invoice.draft.postedOn,
          },
        ],
  );
}

/** What the invoice came of: orders, and what was taken of consignment. */
function linksOf({ id, number, invoice }: NumberedInvoice): readonly DocumentLink[] {
  const charged = invoice.lines.flatMap(({ order, withdrawn }): DocumentLink['from'][] => [
    ...(order === undefined
      ? []
      : [{ kind: 'purchase-order', id: order.id, number: order.number }]),
    ...(withdrawn === undefined
      ? []
      : [{ kind: 'stock-document', id: withdrawn.document, number: withdrawn.number }]),
  ]);
  const each = new Map(charged.map((from) => [from.id, from]));
  return [...each.values()].map((from) => ({ from, to: { kind: 'supplier-invoice', id, number } }));
}
