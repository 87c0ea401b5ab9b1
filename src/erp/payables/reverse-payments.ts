import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { ErpContext, Result } from '#erp/company';
import { retreatAll } from '#erp/open-items/settling';
import type { RetreatWish } from '#erp/open-items/settling';
import type { PayablesProblemCode } from './errors.ts';
import { findPayments } from './post-payments.ts';
import type { SupplierPayment } from './supplier-payment.ts';

/**
 * Takes payments to suppliers back that the bank returned, or that were posted by mistake: what they
 * settled is open again, with its days as they were.
 */
export const reversePayments = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
): Promise<readonly Result<{ readonly id: string }, PayablesProblemCode>[]> =>
  retreatAll(tx, context, wishes, {
    table: 'erp_payables.taken_back',
    lock: lockPayments,
    codes: {
      missing: 'payables.no-such-payment',
      takenBack: 'payables.already-taken-back',
      journalRefused: 'payables.journal-refused',
      settled: 'payables.settled',
    },
  });

async function lockPayments(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SupplierPayment>> {
  await rows(
    tx,
    sql`select id from erp_payables.supplier_payment where id = any(${[...ids]})
      order by id for no key update`,
  );
  return findPayments(tx, ids); // After the lock: who came before us is seen.
}
