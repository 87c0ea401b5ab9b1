import { insertRows } from '#database';
import type { Handle } from '#database';
import { refusedLate } from '#erp/company';
import type { ErpContext, Refusal } from '#erp/company';
import { reverseEntries } from '#erp/ledger';
import { counterItems, releaseItems } from '#erp/open-items/settling';
import type { OpenItem } from '#erp/open-items';
import type { LocalDate } from '#kernel/time';
import type { ReceivablesProblemCode } from './errors.ts';

/** A posted document that is taken back. */
export type Retreat = {
  readonly place: number; // Of its wish.
  readonly id: string;
  readonly on: LocalDate;
  readonly reason: string;
  readonly entry: string;
  readonly item: OpenItem; // That it left.
};

/** What came of it: the reversing entries, or who was refused, by place. */
export type Retreated = {
  readonly entries: readonly string[];
  readonly late: ReadonlyMap<number, Refusal<ReceivablesProblemCode>>;
};

/** Reverses documents' entries, opens again what they settled, and clears what they left open. */
export async function takeBack(
  tx: Handle,
  context: ErpContext,
  retreats: readonly Retreat[],
): Promise<Retreated> {
  const places = retreats.map(({ place }) => place);
  const reversed = await reverseEntries(
    tx,
    context,
    retreats.map(({ entry, on }) => ({ id: entry, on })),
  );
  const unbooked = refusedLate(reversed, places, 'receivables.journal-refused');
  if (unbooked.size > 0) return { entries: [], late: unbooked };
  const entries = reversed.map((each) => (each.ok ? each.value.id : ''));
  const released = await releaseItems(
    tx,
    context,
    retreats.map(({ item, on }) => ({ item: item.id, on })),
  );
  const held = released.find(({ ok }) => !ok);
  if (held?.ok === false) {
    const message = `${held.problem.message} (${held.problem.code})`;
    const problem = { code: 'receivables.journal-refused', message } as const;
    return { entries, late: new Map(places.map((place) => [place, { ok: false, problem }])) };
  }
  const countered = await counterItems(
    tx,
    context,
    retreats.map(({ item, on }, at) => {
      const { amount, companyAmount } = item;
      return { item, amount, companyAmount, on, entryId: entries[at] ?? '' };
    }),
  );
  return { entries, late: refusedLate(countered, places, 'receivables.settled') };
}

/** Notes that payments and write-offs have been taken back. */
export async function writeRetreats(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  retreats: readonly Retreat[],
  entries: readonly string[],
): Promise<void> {
  const now = clock();
  const columns = {
    document_id: 'text',
    legal_entity: 'text',
    taken_back_on: 'date',
    reason: 'text',
    entry_id: 'text',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const values = retreats.map(({ id, on, reason }, at) => ({
    document_id: id,
    legal_entity: legalEntity,
    taken_back_on: on,
    reason,
    entry_id: entries[at] ?? '',
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_receivables.taken_back', columns, values);
}
