import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, companyCurrencyOf, momentsOf, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { postEntries } from '#erp/ledger';
import type { EntryDraft } from '#erp/ledger';
import { newId } from '#kernel';
import { addDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { allocationEntry } from './allocation-entry.ts';
import { allocationProblem, settle } from './decide-allocation.ts';
import type { Settled, Settlement } from './decide-allocation.ts';
import type { OpenItemsProblemCode } from './errors.ts';
import type { OpenItem } from './open-item.ts';
import { lockOpenItems } from './read-open-items.ts';

/** So much of a payment or credit note that settles so much of an invoice. */
export type AllocationDraft = {
  readonly raising: string; // The invoice's item.
  readonly lowering: string; // The payment's or credit note's.
  readonly amount: Decimal; // In the currency of both.
  readonly discount?: Decimal; // Settled beside it.
  readonly on: LocalDate;
};

type Code = OpenItemsProblemCode;

/** An allocation that has been decided, with what it books. */
export type DecidedAllocation = {
  readonly id: string;
  readonly on: LocalDate;
  readonly settlement: Settlement;
  readonly settled: Settled;
  readonly entry: EntryDraft | undefined;
  readonly reverses?: string;
};

/**
 * Settles items with each other, books discounts and exchange differences, all in the caller's
 * transaction. Drafts are taken in their order: a later one sees what an earlier one left open.
 */
export async function allocate(
  tx: Handle,
  context: ErpContext,
  drafts: readonly AllocationDraft[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> {
  const companyCurrency = await companyCurrencyOf(tx, context.legalEntity);
  const items = new Map(
    await lockOpenItems(
      tx,
      drafts.flatMap(({ raising, lowering }) => [raising, lowering]),
    ),
  );
  const nowMs = millisecondsOf(context.clock());
  const decided = drafts.map((draft): Result<DecidedAllocation, Code> => {
    const [raising, lowering] = [items.get(draft.raising), items.get(draft.lowering)];
    if (raising === undefined || lowering === undefined) {
      const lacking = raising === undefined ? draft.raising : draft.lowering;
      return refuse('open-items.no-such-item', `there is no open item ${lacking}`);
    }
    const { amount, discount = decimal('0'), on } = draft;
    const settlement = { raising, lowering, amount, discount };
    const problem = allocationProblem(settlement);
    if (problem !== undefined) return problem;
    const settled = settle(settlement, companyCurrency);
    items.set(raising.id, cleared(raising, addDecimals(amount, discount), settled.raisingCompany));
    items.set(lowering.id, cleared(lowering, amount, settled.loweringCompany));
    const id = newId('alc', nowMs);
    const entry = allocationEntry(settlement, settled, { id, on, companyCurrency, sign: 1 });
    return accept({ id, on, settlement, settled, entry });
  });
  return await writeAllocations(tx, context, decided);
}

/** Books and writes what was decided. What the ledger refuses is refused with its words. */
export async function writeAllocations(
  tx: Handle,
  context: ErpContext,
  decided: readonly Result<DecidedAllocation, Code>[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> {
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const booking = good.flatMap(({ id, entry }) => (entry === undefined ? [] : [{ id, entry }]));
  const posted = await postEntries(
    tx,
    context,
    booking.map(({ entry }) => entry),
  );
  const outcome = new Map(booking.map(({ id }, at) => [id, posted[at]]));
  const written = good.filter(({ id }) => outcome.get(id)?.ok !== false);
  await insertAllocations(tx, context, written, (id) => {
    const entry = outcome.get(id);
    return entry?.ok === true ? entry.value.id : undefined;
  });
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id } = each.value;
    const entry = outcome.get(id);
    if (entry?.ok !== false) return accept({ id });
    const { code, message } = entry.problem;
    return refuse('open-items.journal-refused', `${message} (${code})`);
  });
}

function cleared(item: OpenItem, amount: Decimal, company: Decimal): OpenItem {
  return {
    ...item,
    cleared: addDecimals(item.cleared, amount),
    companyCleared: addDecimals(item.companyCleared, company),
  };
}

const COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  raising_item: 'text',
  lowering_item: 'text',
  allocated_on: 'date',
  amount: 'numeric',
  discount: 'numeric',
  raising_company: 'numeric',
  lowering_company: 'numeric',
  discount_company: 'numeric',
  difference: 'numeric',
  entry_id: 'text',
  reverses: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

async function insertAllocations(
  tx: Handle,
  context: ErpContext,
  decided: readonly DecidedAllocation[],
  entryOf: (id: string) => string | undefined,
): Promise<void> {
  const { by } = context;
  const momentOf = momentsOf(context);
  const values = decided.map(({ id, on, settlement, settled, reverses }) => ({
    id,
    legal_entity: settlement.raising.legalEntity,
    raising_item: settlement.raising.id,
    lowering_item: settlement.lowering.id,
    allocated_on: on,
    amount: settlement.amount,
    discount: settlement.discount,
    raising_company: settled.raisingCompany,
    lowering_company: settled.loweringCompany,
    discount_company: settled.discountCompany,
    difference: settled.difference,
    entry_id: entryOf(id),
    reverses,
    created_by: by,
    created_at: momentOf(on),
  }));
  await insertRows(tx, 'erp_open_items.allocation', COLUMNS, values);
}
