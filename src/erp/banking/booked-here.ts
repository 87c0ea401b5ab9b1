import type { Handle } from '#database';
import type { AccountLine } from '#erp/ledger/reports';
import type { LocalDate } from '#kernel/time';
import { bookedOpen } from './booked-open.ts';
import { listOwnAccounts } from './own-account.ts';
import type { OwnAccount } from './own-account.ts';
import { arrivingLineOf, findTransfers, LEAVING_LINE } from './transfer.ts';
import type { Transfer } from './transfer.ts';
import { TRANSFER_KIND } from './transfer-entries.ts';

/** What was posted, as a line of this account may tell of it. */
export type BookedHere = AccountLine & {
  readonly otherIban: string | null; // Of the account of ours at a transfer's other end.
};

/**
 * What others have posted on the clearing account that a line of this account may tick off: of a
 * transfer its own end, also where both accounts share their clearing.
 */
export async function bookedHere(
  handle: Handle,
  account: OwnAccount,
  within: { readonly from?: LocalDate; readonly entries?: readonly string[] } = {},
): Promise<readonly BookedHere[]> {
  const lines = await bookedOpen(handle, account, within);
  const ids = lines.flatMap((each) => (each.sourceKind === TRANSFER_KIND ? [each.sourceId] : []));
  if (ids.length === 0) return lines.map((line) => ({ ...line, otherIban: null }));
  const transfers = await findTransfers(handle, ids);
  const own = await listOwnAccounts(handle, account.legalEntity);
  const ibans = new Map(own.map(({ id, iban }) => [id, iban]));
  return lines.flatMap((line) => {
    if (line.sourceKind !== TRANSFER_KIND) return [{ ...line, otherIban: null }];
    const transfer = transfers.get(line.sourceId);
    const other = transfer === undefined ? undefined : otherEndOf(transfer, account, line);
    return other === undefined ? [] : [{ ...line, otherIban: ibans.get(other) ?? null }];
  });
}

/** The account at the other end. Undefined: the line is not this account's end of the transfer. */
function otherEndOf(
  transfer: Transfer,
  account: OwnAccount,
  { entryId, line }: AccountLine,
): string | undefined {
  const { entry, arrivingEntry, from, to } = transfer;
  const leaves = entryId === entry && line === LEAVING_LINE;
  if (leaves && from === account.id) return to;
  const arrives = entryId === arrivingEntry && line === arrivingLineOf(transfer);
  return arrives && to === account.id ? from : undefined;
}
