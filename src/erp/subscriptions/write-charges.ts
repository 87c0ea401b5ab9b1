import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { DocumentRef, ErpContext } from '#erp/company';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ChargeDraft } from './decide-charges.ts';
import type { Subscription } from './subscription.ts';

/** A charge as it is written. */
export type NewCharge = ChargeDraft & {
  readonly subscription: Subscription;
  readonly companyAmount: Decimal;
  readonly document: DocumentRef | undefined; // None: nothing was to be paid.
  readonly line: number;
};

const RUN = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  until_day: 'date',
  posted_on: 'date',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const CHARGE = {
  subscription_id: 'text',
  number: 'integer',
  kind: 'text',
  period_from: 'date',
  period_to: 'date',
  service_from: 'date',
  amount: 'numeric',
  company_amount: 'numeric',
  run_id: 'text',
  document_id: 'text',
  document_number: 'text',
  document_line: 'integer',
  corrects: 'integer',
} as const;

/** Writes a billing run and what it charged. */
export async function writeCharges(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  run: {
    readonly id: string;
    readonly number: string;
    readonly until: LocalDate;
    readonly postedOn: LocalDate;
  },
  charges: readonly NewCharge[],
): Promise<void> {
  await insertRows(tx, 'erp_subscriptions.billing_run', RUN, [
    {
      id: run.id,
      legal_entity: legalEntity,
      number: run.number,
      until_day: run.until,
      posted_on: run.postedOn,
      created_by: by,
      created_at: clock(),
    },
  ]);
  const ids = charges.map(({ subscription }) => subscription.id);
  const found = await rows<{ id: string; last: number }>(
    tx,
    sql`select subscription_id as id, max(number) as last from erp_subscriptions.charge
      where subscription_id = any(${ids}) group by 1`,
  );
  const last = new Map(found.map((each) => [each.id, each.last]));
  const values = charges.map(({ subscription, period, document, line, corrects, ...charge }) => {
    const number = (last.get(subscription.id) ?? 0) + 1;
    last.set(subscription.id, number);
    return {
      subscription_id: subscription.id,
      number,
      kind: charge.kind,
      period_from: period.from,
      period_to: period.to,
      service_from: charge.serviceFrom,
      amount: charge.amount,
      company_amount: charge.companyAmount,
      run_id: run.id,
      document_id: document?.id,
      document_number: document?.number,
      document_line: document === undefined ? undefined : line,
      corrects: corrects?.number,
    };
  });
  await insertRows(tx, 'erp_subscriptions.charge', CHARGE, values);
}
