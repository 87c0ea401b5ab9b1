import type { Result } from '#erp/company';
import {
  createPaymentRuns,
  decidePaymentRuns,
  executePaymentRuns,
  findPayments,
} from '#erp/payables';
import type { SupplierPayment } from '#erp/payables';
import { bankOf } from './banks.ts';
import { book, idOf, note, refuse, STANDS_ON_NOTHING } from './desk.ts';
import type { Desk, Of } from './desk.ts';

const APPROVER = 'cfo';

/** Runs pay what is due: proposed, approved by another, paid. Each payment is noted under its key. */
export async function bookPaymentRuns(
  desk: Desk,
  runs: readonly Of<'payment-run'>[],
): Promise<void> {
  const { tx, context, trade } = desk;
  const { currency } = trade.entity;
  await book(
    desk,
    runs,
    ({ on, nextRunOn }) => ({
      payOn: on,
      nextRunOn,
      bankAccount: bankOf(trade, currency),
      currency,
    }),
    (criteria) => createPaymentRuns(tx, context, criteria),
  );
  const proposed = runs.flatMap((run) => {
    const id = desk.noted.get(run.key)?.id;
    return id === undefined ? [] : [{ run, id }];
  });
  if (proposed.length === 0) return;
  const approved = await decidePaymentRuns(
    tx,
    { ...context, by: APPROVER },
    proposed.map(({ id }) => ({ id, version: 1, decision: 'approve' as const })),
  );
  const paying = proposed.flatMap(({ run, id }, at) => {
    const each = approved[at];
    if (each?.ok === true) return [{ run, id, version: each.value.version }];
    refuse(desk, each?.problem.code ?? 'unanswered');
    return [];
  });
  const paid = await executePaymentRuns(tx, context, paying);
  const posted = paying.flatMap(({ run }, at) => {
    const each = paid[at];
    if (each?.ok === true) return each.value.payments.map((payment) => ({ run, payment }));
    refuse(desk, each?.problem.code ?? 'unanswered');
    return [];
  });
  await notePayments(desk, posted);
}

type Posted = {
  readonly run: Of<'payment-run'>;
  readonly payment: Result<{ readonly id: string }>;
};

async function notePayments(desk: Desk, posted: readonly Posted[]): Promise<void> {
  const ids = posted.flatMap(({ payment }) => (payment.ok ? [payment.value.id] : []));
  const payments = await findPayments(desk.tx, ids);
  const bySupplier = new Map<string, SupplierPayment>();
  for (const { run, payment } of posted) {
    const found = payment.ok ? payments.get(payment.value.id) : undefined;
    if (!payment.ok) refuse(desk, payment.problem.code);
    if (found !== undefined) bySupplier.set(`${run.key} ${found.supplier}`, found);
  }
  for (const run of new Set(posted.map((each) => each.run))) {
    for (const { key, supplier } of run.payments) {
      const found = bySupplier.get(`${run.key} ${idOf(desk, supplier)}`);
      if (found === undefined) refuse(desk, STANDS_ON_NOTHING);
      else note(desk, { ...run, key }, found);
    }
  }
}
