import type { Handle } from '#database';
import { listOpenItems } from '#erp/open-items';
import { accountHolders } from '#erp/parties';
import { addDays } from '#kernel/time';
import { bookedHere } from './booked-here.ts';
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
    booked: await bookedHere(handle, account, { from: addDays(first.bookedOn, -LOOK_BACK_DAYS) }),
    holders: await accountHolders(
      handle,
      lines.flatMap(({ counterpartyIban }) => counterpartyIban ?? []),
    ),
  });
  return lines
    .flatMap((line) => scoreLine(line, candidates))
    .toSorted((a, b) => Number(b.isExact) - Number(a.isExact) || b.score - a.score);
}
