import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accountLines } from '#erp/ledger/reports';
import type { AccountLine } from '#erp/ledger/reports';
import type { LocalDate } from '#kernel/time';
import type { OwnAccount } from './own-account.ts';
import { TRANSFER_KIND } from './transfer-entries.ts';

/**
 * What others have posted on the clearing account and no line has been found for. An entry and what
 * takes it back are even, unless the bank has told of the entry.
 */
export async function bookedOpen(
  handle: Handle,
  { legalEntity, clearingAccount: account, currency }: OwnAccount,
  within: { readonly from?: LocalDate; readonly entries?: readonly string[] } = {},
): Promise<readonly AccountLine[]> {
  const lines = await accountLines(handle, {
    legalEntity,
    account,
    currency,
    exceptArea: 'banking',
    butKind: TRANSFER_KIND,
    ...within,
  });
  const ticked = await tickedLines(
    handle,
    lines.flatMap(({ entryId, reverses, reversedBy }) => {
      return [entryId, reverses, reversedBy].filter((each) => each !== null);
    }),
  );
  const isTicked = (entry: string, line: number): boolean => ticked.has(`${entry} ${line}`);
  return lines.filter(({ entryId, line, reverses, reversedBy }) => {
    if (isTicked(entryId, line)) return false;
    if (reversedBy !== null) return isTicked(reversedBy, line);
    return reverses === null || isTicked(reverses, line);
  });
}

/** Which lines of these entries a match has ticked off, as 'entry line'. */
async function tickedLines(
  handle: Handle,
  entries: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ key: string }>(
    handle,
    sql`select entry_id || ' ' || entry_line as key from erp_banking.match_part
      where kind = 'booked' and not is_undone and entry_id = any(${[...new Set(entries)]})`,
  );
  return new Set(found.map(({ key }) => key));
}
