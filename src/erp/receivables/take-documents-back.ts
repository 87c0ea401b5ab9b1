import type { Handle } from '#database';
import type { ErpContext, Result } from '#erp/company';
import { retreatAll } from '#erp/open-items/settling';
import type { RetreatBook, RetreatWish } from '#erp/open-items/settling';
import type { ReceivablesProblemCode } from './errors.ts';
import { lockPayments } from './read-payments.ts';
import { lockWriteOffs } from './read-write-offs.ts';

type Code = ReceivablesProblemCode;
type Answer = Promise<readonly Result<{ readonly id: string }, Code>[]>;

/** Takes payments back that bounced: what they settled is open again, with its days as they were. */
export const reversePayments = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
): Answer => retreatAll(tx, context, wishes, bookOf('receivables.no-such-payment', lockPayments));

/** Takes write-offs back: what was not asked for any more is open again. */
export const reverseWriteOffs = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly RetreatWish[],
): Answer =>
  retreatAll(tx, context, wishes, bookOf('receivables.no-such-write-off', lockWriteOffs));

/** How documents are refused that cannot be taken back. */
export const RETREAT_CODES = {
  takenBack: 'receivables.already-taken-back',
  journalRefused: 'receivables.journal-refused',
  settled: 'receivables.settled',
} as const;

const bookOf = (missing: Code, lock: RetreatBook<Code>['lock']): RetreatBook<Code> => ({
  table: 'erp_receivables.taken_back',
  lock,
  codes: { ...RETREAT_CODES, missing },
});
