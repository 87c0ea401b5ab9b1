import type { Handle } from '#database';
import { accept, bookTogether, refuse, refusedLate } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { writeCancellations } from '#erp/company/documents';
import { lockWithdrawn, noteWithdrawnCharged } from '#erp/inventory/withdrawals';
import type { WithdrawalCharge } from '#erp/inventory/withdrawals';
import { reverseEntries } from '#erp/ledger';
import { itemsOfDocuments } from '#erp/open-items';
import { counterItems } from '#erp/open-items/settling';
import type { OpenItem } from '#erp/open-items';
import { lockOrders, noteCancelled } from '#erp/purchasing';
import { compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { PayablesProblemCode } from './errors.ts';
import { findInvoices } from './read-invoices.ts';
import type { SupplierInvoice } from './supplier-invoice.ts';

type Code = PayablesProblemCode;

/** An invoice or credit note that is to be cancelled. */
export type Cancellation = { readonly id: string; readonly on: LocalDate; readonly reason: string };

type Decided = {
  readonly invoice: SupplierInvoice;
  readonly item: OpenItem;
  readonly wish: Cancellation;
};

type Facts = {
  readonly invoices: ReadonlyMap<string, SupplierInvoice>;
  readonly items: ReadonlyMap<string, readonly OpenItem[]>; // By document.
};

/** Cancels invoices that nothing has settled: books, open items and the orders' progress go back. */
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
  const ids = wishes.map(({ id }) => id);
  const first = [...(await findInvoices(tx, ids)).values()];
  await lockOrders(
    tx,
    first.flatMap(({ lines }) => lines.flatMap(({ order }) => order ?? [])),
  );
  await lockWithdrawn(
    tx,
    first.flatMap(({ lines }) => lines.flatMap(({ withdrawal }) => withdrawal ?? [])),
  );
  const invoices = await findInvoices(tx, ids); // After the lock: who came before us is seen.
  const items = await itemsOfDocuments(tx, ids);
  const decided = decideAll(context.legalEntity, wishes, { invoices, items });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const reversed = await reverseEntries(
    tx,
    context,
    good.map(({ invoice, wish }) => ({ id: invoice.entry, on: wish.on })),
  );
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const unbooked = refusedLate(reversed, places, 'payables.journal-refused');
  if (unbooked.size > 0) return { results: [], late: unbooked };
  const entries = reversed.map((each) => (each.ok ? each.value.id : ''));
  const countered = await counterItems(
    tx,
    context,
    good.map(({ item, wish }, at) => {
      const { amount, companyAmount } = item;
      return { item, amount, companyAmount, on: wish.on, entryId: entries[at] ?? '' };
    }),
  );
  const late = refusedLate(countered, places, 'payables.settled');
  if (late.size > 0) return { results: [], late };
  await noteCancelled(
    tx,
    good.map(({ invoice }) => invoice.id),
  );
  await noteWithdrawnCharged(tx, context, good.flatMap(withdrawnBack));
  await writeCancellations(
    tx,
    context,
    'erp_payables.cancellation',
    good.map(({ invoice, wish }, at) => ({
      ...wish,
      number: invoice.number,
      entry: entries[at] ?? '',
    })),
  );
  const results = decided.map((each) => (each.ok ? accept({ id: each.value.wish.id }) : each));
  return { results, late };
}

/** Whether invoices may be cancelled, one after the other. */
function decideAll(
  legalEntity: string,
  wishes: readonly Cancellation[],
  { invoices, items }: Facts,
): readonly Result<Decided, Code>[] {
  const seen = new Set<string>();
  return wishes.map((wish): Result<Decided, Code> => {
    const invoice = invoices.get(wish.id);
    const [item] = items.get(wish.id) ?? [];
    if (invoice === undefined || item === undefined || invoice.legalEntity !== legalEntity) {
      return refuse('payables.no-such-invoice', `there is no invoice ${wish.id}`, 'id');
    }
    if (invoice.cancelledOn !== null || seen.has(wish.id)) {
      return refuse('payables.already-cancelled', `${invoice.number} is cancelled`, 'id');
    }
    if (compareDecimals(item.cleared, decimal('0')) !== 0) {
      const message = `${item.cleared} of ${invoice.number} is settled: take that back first`;
      return refuse('payables.settled', message, 'id');
    }
    seen.add(wish.id);
    return accept({ invoice, item, wish });
  });
}

function withdrawnBack({ invoice, wish }: Decided): readonly WithdrawalCharge[] {
  const { id, kind, lines } = invoice;
  const turn = (value: SupplierInvoice['net']) =>
    kind === 'credit-note' ? value : negateDecimal(value);
  return lines.flatMap(({ number, withdrawal, quantity, taken }) =>
    withdrawal === null || quantity === null || kind === 'subsequent-debit'
      ? []
      : [
          {
            withdrawn: withdrawal,
            source: `cancelled ${id} ${number}`,
            quantity: turn(quantity),
            value: turn(taken),
            on: wish.on,
          },
        ],
  );
}
