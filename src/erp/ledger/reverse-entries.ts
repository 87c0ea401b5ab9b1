import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { negateDecimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { decidePeriod } from './decide-entry.ts';
import type { DecidedEntry, JournalEntry, PostedEntry } from './entry.ts';
import type { EntityFacts } from './entry-facts.ts';
import type { LedgerProblemCode } from './errors.ts';
import { factsFor, writeDecided } from './post-entries.ts';
import { findEntries } from './read-entries.ts';

/** An entry to take back, and the day to do it on. */
export type ReversalWish = {
  readonly id: string;
  readonly on: LocalDate;
  readonly text?: string; // Else the entry's own.
};

/**
 * Takes entries back by entries of their own, with every sign turned. Once only, in an open period.
 * For documents: whoever books an area's documents answers for taking their entries back.
 */
export async function reverseEntries(
  tx: Handle,
  context: ErpContext,
  wishes: readonly ReversalWish[],
): Promise<Result<PostedEntry, LedgerProblemCode>[]> {
  return await reverseAsked(tx, context, wishes, () => undefined);
}

/** The same for people: what comes from a document is taken back there, not here. */
export async function reverseByHand(
  tx: Handle,
  context: ErpContext,
  wishes: readonly ReversalWish[],
): Promise<Result<PostedEntry, LedgerProblemCode>[]> {
  return await reverseAsked(tx, context, wishes, ({ kind, source }) => {
    if (kind === 'revaluation') {
      return refuse('ledger.not-reversible', 'a revaluation is taken back by itself');
    }
    return source.area === 'ledger'
      ? undefined
      : refuse('ledger.reverse-at-source', `cancel ${source.kind} ${source.number}`, 'id');
  });
}

type Guard = (entry: JournalEntry) => Result<never, LedgerProblemCode> | undefined;

async function reverseAsked(
  tx: Handle,
  context: ErpContext,
  wishes: readonly ReversalWish[],
  guard: Guard,
): Promise<Result<PostedEntry, LedgerProblemCode>[]> {
  const ids = wishes.map(({ id }) => id).toSorted();
  // Two who reverse the same entry: the second waits here and then finds it reversed.
  await rows(
    tx,
    sql`select 1 from erp_ledger.journal_entry where id = any(${ids}) order by id for update`,
  );
  const entries = await findEntries(tx, ids);
  const facts = await factsFor(
    tx,
    wishes.flatMap(({ id, on }) => {
      const entry = entries.get(id);
      return entry === undefined ? [] : [{ ...entry, postedOn: on }];
    }),
  );
  const taken = new Set<string>();
  const decided = wishes.map((wish): Result<DecidedEntry, LedgerProblemCode> => {
    const entry = entries.get(wish.id);
    if (entry === undefined) {
      return refuse('ledger.no-such-entry', `there is no entry ${wish.id}`, 'id');
    }
    if (taken.has(wish.id)) {
      return refuse('ledger.already-reversed', `${entry.number} is reversed by this request`, 'id');
    }
    const refusal = guard(entry);
    const decision =
      refusal ?? decideReversal(facts.get(entry.legalEntity), entry, wish, context.roles ?? []);
    if (decision.ok) taken.add(wish.id);
    return decision;
  });
  return await writeDecided(tx, context, decided);
}

/** Decides whether an entry may be taken back on a day, and as what. */
export function decideReversal(
  facts: EntityFacts | undefined,
  entry: JournalEntry,
  wish: ReversalWish,
  roles: readonly string[],
): Result<DecidedEntry, LedgerProblemCode> {
  if (entry.kind === 'reversal' || entry.kind === 'closing') {
    return refuse('ledger.not-reversible', `${entry.number} is a ${entry.kind} entry`, 'id');
  }
  if (entry.reversedBy !== undefined) {
    return refuse('ledger.already-reversed', `${entry.number} was reversed before`, 'id');
  }
  const period = decidePeriod(facts?.periods ?? [], { postedOn: wish.on }, roles);
  if (!period.ok) return period;
  return accept(reversalOf(entry, wish, period.value));
}

/** The entry that takes another back. */
export function reversalOf(
  entry: Omit<DecidedEntry, 'reverses'> & { readonly id: string },
  wish: Omit<ReversalWish, 'id'>,
  { fiscalYear, period }: { readonly fiscalYear: number; readonly period: number },
): DecidedEntry {
  const { legalEntity, documentOn, currency, companyCurrency, rate, rateOn, source } = entry;
  return {
    legalEntity,
    fiscalYear,
    period,
    kind: 'reversal',
    postedOn: wish.on,
    documentOn,
    currency,
    companyCurrency,
    rate,
    rateOn,
    text: wish.text ?? entry.text,
    source,
    reverses: entry.id,
    lines: entry.lines.map(({ amount, companyAmount, quantity, ...line }) => ({
      ...line,
      amount: negateDecimal(amount),
      companyAmount: negateDecimal(companyAmount),
      quantity: quantity === undefined ? undefined : negateDecimal(quantity),
    })),
  };
}
