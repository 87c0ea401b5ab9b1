import { decimal, sumDecimals } from '#kernel/decimal';
import type { Posting } from '#postings';
import type { Booking } from '../../simulators/hostile-erp/ledger.ts';

/** Rialto's journal beside the ERP's own ledger. All but the first and the last two should be 0. */
export type Comparison = {
  readonly accepted: number; // By Rialto's journal.
  readonly unfinished: number; // Neither booked nor refused, after all that time.
  readonly refused: number; // Dead letters and conflicts: nothing was wrong with what was asked.
  readonly lost: number; // Accepted, but not in the ledger.
  readonly doubled: number; // References that are in the ledger more than once.
  readonly unknown: number; // In the ledger, but not accepted in the journal.
  readonly wrongKey: number; // Booked as another document than the journal says.
  readonly journalTotal: string; // Orders and invoices, net, exact.
  readonly ledgerTotal: string;
};

/** Compares everything that was wanted with everything that was booked. */
export function compareBooks(journal: readonly Posting[], ledger: readonly Booking[]): Comparison {
  const accepted = journal.filter(({ progress }) => progress.state === 'accepted');
  const refused = journal.filter(({ progress: { state } }) => ['dead', 'conflict'].includes(state));
  const booked = new Map<string, Booking[]>();
  for (const booking of ledger) {
    const { reference = `none ${booking.number}` } = booking;
    booked.set(reference, [...(booked.get(reference) ?? []), booking]);
  }
  const references = new Set(accepted.map(({ reference }) => reference));
  const wrong = accepted.filter(({ reference, progress }) => {
    const bookings = booked.get(reference) ?? [];
    return bookings.length > 0 && !bookings.some(({ id }) => id === progress.result?.key);
  });
  const amounts = accepted.flatMap(({ operation, payload }) =>
    CREATING.has(operation) && typeof payload['netAmount'] === 'string'
      ? [decimal(payload['netAmount'])]
      : [],
  );
  const created = ledger.filter(({ action }) => action === 'create');
  return {
    accepted: accepted.length,
    unfinished: journal.length - accepted.length - refused.length,
    refused: refused.length,
    lost: accepted.filter(({ reference }) => !booked.has(reference)).length,
    doubled: [...booked.values()].filter((bookings) => bookings.length > 1).length,
    unknown: [...booked.keys()].filter((reference) => !references.has(reference)).length,
    wrongKey: wrong.length,
    journalTotal: sumDecimals(amounts),
    ledgerTotal: sumDecimals(created.flatMap(({ amount }) => amount ?? []).map(decimal)),
  };
}

const CREATING: ReadonlySet<string> = new Set(['create-purchase-order', 'post-supplier-invoice']);
