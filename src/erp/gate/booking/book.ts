import { createHash } from 'node:crypto';
import { transact } from '#database';
import { findLegalEntity, once } from '#erp/company';
import type { Problem, Result } from '#erp/company';
import { answerOf } from '#erp/company/setup';
import { assert, canonicalJson, describeError } from '#kernel';
import type { Json } from '#kernel';
import { z } from 'zod';
import type { Company } from '../gate.ts';
import type { BookedAs, Booking, Wish } from './booking.ts';
import { no } from './booking.ts';
import { postReceipt, reverseReceipt } from './goods-receipts.ts';
import { createItem, updateItem } from './items.ts';
import { cancelOrder, createOrder, updateOrder } from './purchase-orders.ts';
import { postMovement, reverseMovement } from './stock-movements.ts';
import { cancelInvoice, postInvoice } from './supplier-invoices.ts';
import { createSupplier, updateSupplier } from './suppliers.ts';

/** What came of a wish. Of what is unsettled it has to be looked whether it was booked. */
export type Settled =
  | { readonly kind: 'booked'; readonly as: BookedAs }
  | { readonly kind: 'refused'; readonly problem: Problem } // Nothing is left of it.
  | { readonly kind: 'unsettled'; readonly why: string };

/** What may be booked from outside. */
const BOOKINGS: Readonly<Record<string, Booking>> = {
  'create-supplier': createSupplier,
  'update-supplier': updateSupplier,
  'create-item': createItem,
  'update-item': updateItem,
  'create-purchase-order': createOrder,
  'update-purchase-order': updateOrder,
  'cancel-purchase-order': cancelOrder,
  'post-goods-receipt': postReceipt,
  'reverse-goods-receipt': reverseReceipt,
  'post-supplier-invoice': postInvoice,
  'cancel-supplier-invoice': cancelInvoice,
  'post-stock-movement': postMovement,
  'reverse-stock-movement': reverseMovement,
};

const BookedSchema = z.object({
  key: z.string(),
  version: z.string().exactOptional(),
  number: z.string().exactOptional(),
  status: z.string().exactOptional(),
});

/**
 * Books a wish once under its reference, in one transaction: the document, its books and the
 * reference, or nothing. Throws only when it is certain that nothing was booked.
 */
export async function book(company: Company, wish: Wish): Promise<Settled> {
  const booking = Object.hasOwn(BOOKINGS, wish.operation) ? BOOKINGS[wish.operation] : undefined;
  if (booking === undefined) return refused(no('gate.not-offered', `no ${wish.operation} here`));
  const state = { committing: false };
  try {
    const as = await transact(company.database, async (tx) => {
      state.committing = false;
      const entity = await findLegalEntity(tx, company.legalEntity);
      assert(entity !== undefined, `there is no legal entity ${company.legalEntity}`);
      const { clock, by, legalEntity } = company;
      const done = await once(tx, clock, keyOf(company, wish), async () => {
        const result = await booking({ tx, context: { clock, by, legalEntity }, entity, wish });
        if (!result.ok) throw new RolledBack(result);
        return { ...result.value } satisfies Json;
      });
      if (!done.ok) throw new RolledBack(done);
      state.committing = true;
      return BookedSchema.parse(done.value.answer);
    });
    return { kind: 'booked', as };
  } catch (error) {
    if (error instanceof RolledBack) return refused(error.no);
    if (state.committing) return { kind: 'unsettled', why: describeError(error) };
    throw error;
  }
}

/** What was booked under a wish's reference. Undefined: nothing was. */
export async function bookedUnder(company: Company, wish: Wish): Promise<BookedAs | undefined> {
  const answer = await answerOf(company.database.kysely, keyOf(company, wish));
  return answer === undefined ? undefined : BookedSchema.parse(answer);
}

/** Ends the transaction of a wish that is refused. */
class RolledBack extends Error {
  override readonly name = 'RolledBack';
  readonly no: Result<never>;

  constructor(result: Result<unknown>) {
    super('refused');
    assert(!result.ok, 'what is taken back was refused');
    this.no = result;
  }
}

function refused(result: Result<unknown>): Settled {
  assert(!result.ok, 'it was refused');
  return { kind: 'refused', problem: result.problem };
}

const keyOf = ({ legalEntity }: Company, { operation, reference, payload, target }: Wish) => ({
  scope: `gate ${legalEntity} ${operation}`,
  key: reference,
  requestHash: createHash('sha256')
    .update(canonicalJson({ payload, ...(target === undefined ? {} : { target }) }))
    .digest('hex'),
  isKept: true,
});
