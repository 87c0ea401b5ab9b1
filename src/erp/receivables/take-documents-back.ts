import type { Handle } from '#database';
import { accept, bookTogether, refuse } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { itemsOfDocuments, lockOpenItems } from '#erp/open-items';
import type { LocalDate } from '#kernel/time';
import type { ReceivablesProblemCode } from './errors.ts';
import { lockPayments } from './read-payments.ts';
import { lockWriteOffs } from './read-write-offs.ts';
import { takeBack, writeRetreats } from './take-back.ts';
import type { Retreat } from './take-back.ts';

type Code = ReceivablesProblemCode;

/** A payment or write-off that is to be taken back, and why. */
export type RetreatWish = { readonly id: string; readonly on: LocalDate; readonly reason: string };

/** What payments and write-offs have in common here. */
type Standing = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly entry: string;
  readonly takenBackOn: LocalDate | null;
};

type Answer = Promise<readonly Result<{ readonly id: string }, Code>[]>;
type Kind = {
  readonly missing: Code;
  readonly lock: (tx: Handle, ids: readonly string[]) => Promise<ReadonlyMap<string, Standing>>;
};

/** Takes payments back that bounced: what they settled is open again, with its days as they were. */
export const reversePayments = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
): Answer => retreatAll(tx, context, wishes, PAYMENT);

/** Takes write-offs back: what was not asked for any more is open again. */
export const reverseWriteOffs = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
): Answer => retreatAll(tx, context, wishes, WRITE_OFF);

const PAYMENT: Kind = { missing: 'receivables.no-such-payment', lock: lockPayments };
const WRITE_OFF: Kind = { missing: 'receivables.no-such-write-off', lock: lockWriteOffs };

const retreatAll = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
  kind: Kind,
): Answer => bookTogether(tx, wishes, (asked) => retreat(tx, context, asked, kind));

async function retreat(
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
  { missing, lock }: Kind,
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
      return refuse(missing, `there is none of id ${wish.id}`, 'id');
    }
    if (document.takenBackOn !== null || seen.has(wish.id)) {
      const message = `${document.number} has been taken back`;
      return refuse('receivables.already-taken-back', message, 'id');
    }
    seen.add(wish.id);
    return accept({ ...wish, place, entry: document.entry, item });
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const { entries, late } = await takeBack(tx, context, good);
  if (late.size > 0) return { results: [], late };
  await writeRetreats(tx, context, good, entries);
  return { results: decided.map((each) => (each.ok ? accept({ id: each.value.id }) : each)), late };
}
