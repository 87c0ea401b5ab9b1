import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accountLines } from '#erp/ledger/reports';
import type { AccountLine } from '#erp/ledger/reports';
import { listOpenItems } from '#erp/open-items';
import { accountHolders } from '#erp/parties';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { indexCandidates } from './candidates.ts';
import type { OwnAccount } from './own-account.ts';
import { listStatementLines } from './read-statements.ts';
import { scoreLine } from './score-line.ts';
import type { Proposal } from './score-line.ts';

const ITEMS_MAX = 20_000;
const LOOK_BACK_DAYS = 120; // For what was posted before the bank told of it.

/** What may explain the lines of an account that wait: exact ones first, then the likeliest. */
export async function proposeMatches(
  handle: Handle,
  account: OwnAccount,
  wish: { readonly lines?: readonly string[]; readonly limit: number },
): Promise<readonly Proposal[]> {
  const lines = await listStatementLines(handle, {
    ownAccount: account.id,
    isMatched: false,
    ...(wish.lines === undefined ? {} : { ids: wish.lines }),
    limit: wish.limit,
  });
  const [first] = lines;
  if (first === undefined) return [];
  const items = [];
  for (const side of ['receivable', 'payable'] as const) {
    const { legalEntity } = account;
    items.push(
      ...(await listOpenItems(handle, { legalEntity, side, state: 'open', limit: ITEMS_MAX })),
    );
  }
  const candidates = indexCandidates({
    items: items.filter(({ currency }) => currency === account.currency),
    booked: await bookedOpen(handle, account, { from: addDays(first.bookedOn, -LOOK_BACK_DAYS) }),
    holders: await accountHolders(
      handle,
      lines.flatMap(({ counterpartyIban }) => counterpartyIban ?? []),
    ),
  });
  return lines
    .flatMap((line) => scoreLine(line, candidates))
    .toSorted((a, b) => Number(b.isExact) - Number(a.isExact) || b.score - a.score);
}

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
