import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse, refusedLate } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { reverseEntries } from '#erp/ledger';
import { itemsOfDocuments } from '#erp/open-items';
import { counterItems, releaseItems } from '#erp/open-items/settling';
import type { LocalDate } from '#kernel/time';
import type { BankingProblemCode } from './errors.ts';
import { findMatches } from './read-matches.ts';
import type { Match } from './read-matches.ts';

type Code = BankingProblemCode;

/** A match that was wrong, and the day to take it back on. */
export type Undoing = { readonly id: string; readonly on: LocalDate };

/**
 * Takes matches back: what they paid is open again, what they posted is posted back, what they ticked
 * off waits, and so does the line.
 */
export const undoMatches = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly Undoing[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> =>
  bookTogether(tx, wishes, (asked) => undoAll(tx, context, asked));

type One = { readonly place: number; readonly match: Match; readonly on: LocalDate };

async function undoAll(
  tx: Handle,
  context: ErpContext,
  wishes: readonly Undoing[],
): Promise<Booked<{ readonly id: string }, Code>> {
  const ids = wishes.map(({ id }) => id);
  await rows(
    tx,
    sql`select 1 from erp_banking.match where id = any(${[...new Set(ids)]})
      order by id for no key update`,
  );
  const matches = await findMatches(tx, ids);
  const seen = new Set<string>();
  const decided = wishes.map(({ id }): Result<Match, Code> => {
    const match = matches.get(id);
    if (match?.legalEntity !== context.legalEntity) {
      return refuse('banking.no-such-match', `there is no match ${id}`, 'id');
    }
    if (match.undoneOn !== null || seen.has(id)) {
      return refuse('banking.already-undone', `${id} has been taken back`, 'id');
    }
    seen.add(id);
    return accept(match);
  });
  const good = decided.flatMap((each, place): readonly One[] => {
    const on = wishes[place]?.on;
    return each.ok && on !== undefined ? [{ place, match: each.value, on }] : [];
  });
  const late = await bookBack(tx, context, good);
  if (late.size > 0) return { results: [], late };
  const values = good.map(({ match, on }) => ({ id: match.id, undone_on: on }));
  await rows(
    tx,
    sql`update erp_banking.match m set undone_on = u.undone_on, undone_by = ${context.by},
        undone_at = ${context.clock()}
      from ${unnested('u', { id: 'text', undone_on: 'date' }, values)} where m.id = u.id`,
  );
  const results = decided.map((each) => (each.ok ? accept({ id: each.value.id }) : each));
  return { results, late };
}

/** Posts back what matches posted, and opens again what they paid. Answers, by place, what cannot be. */
async function bookBack(
  tx: Handle,
  context: ErpContext,
  good: readonly One[],
): Promise<Map<number, Refusal<Code>>> {
  const items = await itemsOfDocuments(
    tx,
    good.flatMap(({ match }) => match.parts.flatMap(({ document }) => document ?? [])),
  );
  const payments = good.flatMap(({ place, match, on }) =>
    match.parts.flatMap((part) => {
      const item = items.get(part.document ?? '')?.find(({ instalment }) => instalment === 1);
      return item === undefined ? [] : [{ place, on, item, entry: part.entry }];
    }),
  );
  await releaseItems(
    tx,
    context, // What cannot be released cannot be countered either, and is told then.
    payments.map(({ item, on }) => ({ item: item.id, on })),
  );
  const others = good.flatMap(({ place, match, on }) => {
    const posted = match.parts.flatMap(({ kind, entry }) => (kind === 'account' ? [entry] : []));
    const difference = match.differenceEntry === null ? [] : [match.differenceEntry];
    return [...posted, ...difference].map((entry) => ({ place, on, entry }));
  });
  const entries = [...payments, ...others];
  const reversed = await reverseEntries(
    tx,
    context,
    entries.map(({ entry, on }) => ({ id: entry, on })),
  );
  const unbooked = refusedLate(
    reversed,
    entries.map(({ place }) => place),
    'banking.journal-refused' as const,
  );
  if (unbooked.size > 0) return unbooked;
  const countered = await counterItems(
    tx,
    context,
    payments.map(({ item, on }, at) => {
      const entry = reversed[at];
      const { amount, companyAmount } = item;
      return { item, amount, companyAmount, on, entryId: entry?.ok === true ? entry.value.id : '' };
    }),
  );
  return refusedLate(
    countered,
    payments.map(({ place }) => place),
    'banking.settled',
  );
}
