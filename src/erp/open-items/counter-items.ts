import type { Handle } from '#database';
import type { DocumentRef, ErpContext, Result } from '#erp/company';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { allocate } from './allocate.ts';
import { createOpenItems } from './create-open-items.ts';
import type { OpenItemsProblemCode } from './errors.ts';
import type { OpenItem } from './open-item.ts';

/** What takes an item, or some of it, out of the books. */
export type CounterItem = {
  readonly item: OpenItem;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly on: LocalDate;
  readonly entryId: string; // Books the same on the control account.
  readonly document?: DocumentRef; // Else the item's own is cancelled.
};

/**
 * Clears items with new ones of the other direction, which the caller has booked. Answers for each
 * what came of it: refused is what somebody has settled meanwhile.
 */
export async function counterItems(
  tx: Handle,
  context: ErpContext,
  counters: readonly CounterItem[],
): Promise<readonly Result<{ readonly id: string }, OpenItemsProblemCode>[]> {
  const made = await createOpenItems(
    tx,
    context,
    counters.map(({ item, amount, companyAmount, on, entryId, document }) => ({
      side: item.side,
      effect: item.effect === 'raises' ? 'lowers' : 'raises',
      kind: document === undefined ? item.kind : 'credit-note',
      party: item.party,
      currency: item.currency,
      amount,
      companyAmount,
      issuedOn: on,
      postedOn: on,
      dueOn: on,
      document: document ?? {
        kind: item.documentKind,
        id: item.documentId,
        number: item.documentNumber,
      },
      // The document's own cancellation is its second; of an opening item that is a second instalment,
      // which is a document by itself, the first.
      instalment: document === undefined && item.instalment === 1 ? 2 : 1,
      entryId,
    })),
  );
  return await allocate(
    tx,
    context,
    counters.map(({ item, amount, on }, at) => {
      const other = made[at] ?? '';
      const isRaising = item.effect === 'raises';
      return {
        raising: isRaising ? item.id : other,
        lowering: isRaising ? other : item.id,
        amount,
        on,
      };
    }),
  );
}
