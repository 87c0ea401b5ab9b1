import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse, refusedLate } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { reverseEntries } from '#erp/ledger';
import type { LocalDate } from '#kernel/time';
import type { BankingProblemCode } from './errors.ts';
import { lockTransfers } from './transfer.ts';
import type { Transfer } from './transfer.ts';

type Code = BankingProblemCode;

/** A transfer that was posted by mistake, the day to take it back on, and why. */
export type TransferReversal = {
  readonly id: string;
  readonly on: LocalDate;
  readonly reason: string;
};

/** Takes transfers back that no bank has told of: a matched line is unmatched before. */
export const reverseTransfers = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly TransferReversal[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> =>
  bookTogether(tx, wishes, (asked) => reverseAll(tx, context, asked));

async function reverseAll(
  tx: Handle,
  context: ErpContext,
  wishes: readonly TransferReversal[],
): Promise<Booked<{ readonly id: string }, Code>> {
  const transfers = await lockTransfers(tx, { ids: wishes.map(({ id }) => id) });
  const seen = new Set<string>();
  const decided = wishes.map(({ id }): Result<Transfer, Code> => {
    const transfer = transfers.get(id);
    if (transfer?.legalEntity !== context.legalEntity) {
      return refuse('banking.no-such-transfer', `there is no transfer ${id}`, 'id');
    }
    if (transfer.reversedOn !== null || seen.has(id)) {
      return refuse('banking.already-reversed', `${transfer.number} has been taken back`, 'id');
    }
    if (transfer.leftLine !== null || transfer.arrivedLine !== null) {
      const message = `a statement line is matched to ${transfer.number}: undo that first`;
      return refuse('banking.already-matched', message, 'id');
    }
    seen.add(id);
    return accept(transfer);
  });
  const good = decided.flatMap((each, place) => {
    const wish = wishes[place];
    return each.ok && wish !== undefined ? [{ place, transfer: each.value, wish }] : [];
  });
  const entries = good.flatMap(({ place, transfer: { entry, arrivingEntry }, wish: { on } }) =>
    [...new Set([entry, arrivingEntry])].map((id) => ({ place, id, on })),
  );
  const reversed = await reverseEntries(
    tx,
    context,
    entries.map(({ id, on }) => ({ id, on })),
  );
  const late = refusedLate(
    reversed,
    entries.map(({ place }) => place),
    'banking.journal-refused' as const,
  );
  if (late.size > 0) return { results: [], late };
  const now = context.clock();
  await insertRows(
    tx,
    'erp_banking.transfer_reversal',
    {
      transfer_id: 'text',
      reversed_on: 'date',
      reason: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    good.map(({ wish }) => ({
      transfer_id: wish.id,
      reversed_on: wish.on,
      reason: wish.reason,
      created_by: context.by,
      created_at: now,
    })),
  );
  const results = decided.map((each) => (each.ok ? accept({ id: each.value.id }) : each));
  return { results, late };
}
