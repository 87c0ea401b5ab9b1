import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse, refusedLate } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { reverseEntries } from '#erp/ledger';
import type { LocalDate } from '#kernel/time';
import { counterItems } from './counter-items.ts';
import type { OpenItem } from './open-item.ts';
import { itemsOfDocuments, lockOpenItems } from './read-open-items.ts';
import { releaseItems } from './reverse-allocations.ts';

/** A payment or write-off that is to be taken back, and why. */
export type RetreatWish = { readonly id: string; readonly on: LocalDate; readonly reason: string };

/** A posted document that is taken back. */
export type Retreat = RetreatWish & {
  readonly place: number; // Of its wish.
  readonly entry: string;
  readonly item: OpenItem; // That it left.
};

/** What came of it: the reversing entries, or who was refused, by place. */
export type Retreated<Code extends string> = {
  readonly entries: readonly string[];
  readonly late: ReadonlyMap<number, Refusal<Code>>;
};

/** What documents that are taken back have in common. */
type Standing = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly entry: string;
  readonly takenBackOn: LocalDate | null;
};

/** Where an area keeps such documents, where it notes them as taken back, and how it refuses. */
export type RetreatBook<Code extends string> = {
  readonly table: string;
  readonly lock: (tx: Handle, ids: readonly string[]) => Promise<ReadonlyMap<string, Standing>>;
  readonly codes: {
    readonly missing: Code;
    readonly takenBack: Code;
    readonly journalRefused: Code;
    readonly settled: Code;
  };
};

/** Takes documents back: what they settled is open again, with its days as they were. */
export const retreatAll = <Code extends string>(
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
  book: RetreatBook<Code>,
): Promise<readonly Result<{ readonly id: string }, Code>[]> =>
  bookTogether(tx, wishes, (asked) => retreat(tx, context, asked, book));

async function retreat<Code extends string>(
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
  { table, lock, codes }: RetreatBook<Code>,
): Promise<Booked<{ readonly id: string }, Code>> {
  const ids = wishes.map(({ id }) => id);
  const standing = await lock(tx, ids);
  const found = await itemsOfDocuments(tx, ids);
  const locked = await lockOpenItems(
    tx,
    [...found.values()].flatMap((own) => own.slice(0, 1).map(({ id }) => id)),
  );
  const items = new Map([...locked.values()].map((item) => [item.documentId, item]));
  const seen = new Set<string>();
  const decided = wishes.map((wish, place): Result<Retreat, Code> => {
    const document = standing.get(wish.id);
    const item = items.get(wish.id);
    if (document?.legalEntity !== context.legalEntity || item === undefined) {
      return refuse(codes.missing, `there is none of id ${wish.id}`, 'id');
    }
    if (document.takenBackOn !== null || seen.has(wish.id)) {
      return refuse(codes.takenBack, `${document.number} has been taken back`, 'id');
    }
    seen.add(wish.id);
    return accept({ ...wish, place, entry: document.entry, item });
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const { entries, late } = await takeBack(tx, context, good, codes);
  if (late.size > 0) return { results: [], late };
  await writeRetreats(tx, context, good, { table, entries });
  return { results: decided.map((each) => (each.ok ? accept({ id: each.value.id }) : each)), late };
}

/** Reverses documents' entries, opens again what they settled, and clears what they left open. */
export async function takeBack<Code extends string>(
  tx: Handle,
  context: ErpContext,
  retreats: readonly Retreat[],
  codes: { readonly journalRefused: Code; readonly settled: Code },
): Promise<Retreated<Code>> {
  const places = retreats.map(({ place }) => place);
  const reversed = await reverseEntries(
    tx,
    context,
    retreats.map(({ entry, on }) => ({ id: entry, on })),
  );
  const unbooked = refusedLate(reversed, places, codes.journalRefused);
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
    const refused = refuse(codes.journalRefused, message);
    return { entries, late: new Map(places.map((place) => [place, refused])) };
  }
  const countered = await counterItems(
    tx,
    context,
    retreats.map(({ item, on }, at) => {
      const { amount, companyAmount } = item;
      return { item, amount, companyAmount, on, entryId: entries[at] ?? '' };
    }),
  );
  return { entries, late: refusedLate(countered, places, codes.settled) };
}

async function writeRetreats(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  retreats: readonly Retreat[],
  { table, entries }: { readonly table: string; readonly entries: readonly string[] },
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
  await insertRows(tx, table, columns, values);
}
