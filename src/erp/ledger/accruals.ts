import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { assert } from '#kernel';
import type { LocalDate } from '#kernel/time';
import { decideEntry, decidePeriod } from './decide-entry.ts';
import type { DecidedEntry, EntryDraft, PostedEntry } from './entry.ts';
import type { EntityFacts } from './entry-facts.ts';
import type { LedgerProblemCode } from './errors.ts';
import { listPeriods, MONTHS } from './period.ts';
import type { Period } from './period.ts';
import { factsFor } from './post-entries.ts';
import { reversalOf } from './reverse-entries.ts';
import { writeEntries } from './write-entries.ts';

/** An accrual: what belongs to this period and is billed in a later one. */
export type AccrualDraft = Omit<EntryDraft, 'kind'> & {
  readonly reverseOn?: LocalDate; // Else the first day of the month after.
};

/** An accrual and the entry that takes it back. */
export type PostedAccrual = { readonly entry: PostedEntry; readonly reversal: PostedEntry };

type Both = {
  readonly entry: DecidedEntry;
  readonly on: LocalDate;
  readonly reversedIn: Period;
};

/** Posts accruals and, in the same transaction, what takes each back later: nothing is forgotten. */
export async function postAccruals(
  tx: Handle,
  context: ErpContext,
  drafts: readonly AccrualDraft[],
): Promise<Result<PostedAccrual, LedgerProblemCode>[]> {
  const months = await monthsOf(tx, drafts);
  const dated = drafts.map((draft) => ({
    ...draft,
    kind: 'accrual' as const,
    reverseOn: draft.reverseOn ?? firstDayAfter(months, draft),
  }));
  const facts = await factsFor(
    tx,
    dated.flatMap((draft) =>
      draft.reverseOn === undefined ? [draft] : [draft, { ...draft, postedOn: draft.reverseOn }],
    ),
  );
  const decided = dated.map((draft) =>
    decideAccrual(facts.get(draft.legalEntity), draft, context.roles ?? []),
  );
  return await writeWithReversals(tx, context, decided);
}

/** Writes entries and right after them what takes them back. */
export async function writeWithReversals<Code extends string>(
  tx: Handle,
  context: ErpContext,
  decided: readonly Result<Both, Code>[],
): Promise<Result<PostedAccrual, Code>[]> {
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const entries = await writeEntries(
    tx,
    context,
    good.map(({ entry }) => entry),
  );
  const reversals = await writeEntries(
    tx,
    context,
    good.map(({ entry, on, reversedIn }, at) => {
      const { id } = entries[at] ?? {};
      assert(id !== undefined, 'every decided entry was written');
      return reversalOf({ ...entry, id }, { on }, reversedIn);
    }),
  );
  let at = 0;
  return decided.map((each) => {
    if (!each.ok) return each;
    const [entry, reversal] = [entries[at], reversals[at]];
    at += 1;
    assert(entry !== undefined && reversal !== undefined, 'both were written');
    return accept({ entry, reversal });
  });
}

/** The first day of the month after a day. Undefined: no fiscal year has it. */
export function firstDayAfter(
  months: readonly Period[],
  { legalEntity, postedOn }: { readonly legalEntity: string; readonly postedOn: LocalDate },
): LocalDate | undefined {
  return months.find((month) => month.legalEntity === legalEntity && month.fromOn > postedOn)
    ?.fromOn;
}

async function monthsOf(tx: Handle, drafts: readonly AccrualDraft[]): Promise<Period[]> {
  const entities = new Set(drafts.map(({ legalEntity }) => legalEntity));
  const found: Period[] = [];
  for (const legalEntity of entities) found.push(...(await listPeriods(tx, { legalEntity })));
  return found.filter(({ period }) => period <= MONTHS);
}

function decideAccrual(
  facts: EntityFacts | undefined,
  draft: EntryDraft & { readonly reverseOn: LocalDate | undefined },
  roles: readonly string[],
): Result<Both, LedgerProblemCode> {
  const { reverseOn: on, postedOn } = draft;
  if (facts === undefined) {
    return refuse('ledger.no-such-legal-entity', `there is no legal entity ${draft.legalEntity}`);
  }
  const entry = decideEntry(facts, draft, { roles, approved: false });
  if (!entry.ok) return entry;
  if (on === undefined || on <= postedOn) {
    return refuse('ledger.no-period', 'an accrual is reversed in a later period', 'reverseOn');
  }
  const reversedIn = decidePeriod(facts.periods, { postedOn: on }, roles);
  return reversedIn.ok
    ? accept({ entry: entry.value, on, reversedIn: reversedIn.value })
    : reversedIn;
}
