import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse, refusedLate } from '#erp/company';
import type { Booked, DocumentLink, ErpContext, Refusal, Result } from '#erp/company';
import { unlinkDocuments } from '#erp/company/documents';
import { reverseEntries } from '#erp/ledger';
import { itemsOfDocuments } from '#erp/open-items';
import { counterItems, releaseItems } from '#erp/open-items/settling';
import type { LocalDate } from '#kernel/time';
import type { BankingProblemCode } from './errors.ts';
import { findMatches } from './read-matches.ts';
import type { Match } from './read-matches.ts';
import { TRANSFER_KIND } from './transfer-entries.ts';

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
  await unlinkDocuments(tx, await toldBy(tx, [...seen]));
  const results = decided.map((each) => (each.ok ? accept({ id: each.value.id }) : each));
  return { results, late };
}

/** What statements told of by these matches: payments that were posted, and ends of transfers. */
async function toldBy(tx: Handle, matches: readonly string[]): Promise<readonly DocumentLink[]> {
  const told = await rows<Record<'kind' | 'id' | 'number' | 'statement' | 'reference', string>>(
    tx,
    sql`select case when t.id is null then 'bank-payment' else ${TRANSFER_KIND} end as kind,
        coalesce(t.id, p.document_id) as id, coalesce(t.number, p.document_number) as number,
        s.id as statement, s.reference
      from erp_banking.match_part p
      join erp_banking.match m on m.id = p.match_id
      join erp_banking.statement_line l on l.id = m.line_id
      join erp_banking.statement s on s.id = l.statement_id
      left join erp_banking.transfer t
        on p.kind = 'booked' and p.entry_id in (t.entry_id, t.arriving_entry_id)
      where p.match_id = any(${[...matches]}) and coalesce(t.id, p.document_id) is not null`,
  );
  return told.map(({ kind, id, number, statement, reference }) => ({
    from: { kind, id, number },
    to: { kind: 'bank-statement', id: statement, number: reference },
  }));
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
