import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import { proposedRuns } from '#erp/open-items/settling';
import type { RunBook } from '#erp/open-items/settling';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { PayablesProblemCode } from './errors.ts';
import type { RunCriteria, RunItem } from './propose-payments.ts';

type Code = PayablesProblemCode;

/** A payment run with what it pays and what it leaves out. */
export type PaymentRun = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly payOn: LocalDate;
  readonly bankAccount: string;
  readonly currency: string;
  readonly status: 'proposed' | 'approved' | 'paid' | 'withdrawn';
  readonly criteria: RunCriteria;
  readonly version: number;
  readonly createdBy: string;
  readonly approvedBy: string | null;
  readonly items: readonly (RunItem & { readonly isLeftOut: boolean })[];
};

/** Where payment runs are kept, and what they refuse. */
export const RUNS: RunBook<Code> = {
  runs: 'erp_payables.payment_run',
  items: 'erp_payables.payment_run_item',
  done: 'paid',
  codes: {
    noSuchRun: 'payables.no-such-run',
    movedOn: 'payables.moved-on',
    wrongState: 'payables.not-in-this-state',
    fourEyes: 'payables.four-eyes',
  },
};

/** How many payment runs wait for approval. */
export const paymentRunsToDecide = (handle: Handle, legalEntity: string): Promise<number> =>
  proposedRuns(handle, RUNS, legalEntity);

/** A run with its items, the largest amounts first. */
export const findPaymentRun = async (handle: Handle, id: string): Promise<PaymentRun | undefined> =>
  (await readRuns(handle, [id], false)).get(id);

/** The same of many, locked until the transaction ends. */
export const lockPaymentRuns = (
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentRun>> => readRuns(tx, ids, true);

async function readRuns(
  handle: Handle,
  ids: readonly string[],
  isLocked: boolean,
): Promise<ReadonlyMap<string, PaymentRun>> {
  const headers = await rows<Omit<PaymentRun, 'items'>>(
    handle,
    sql`select id, legal_entity as "legalEntity", number, pay_on as "payOn",
        bank_account as "bankAccount", criteria->>'currency' as currency, status, criteria, version, created_by as "createdBy",
        approved_by as "approvedBy"
      from erp_payables.payment_run where id = any(${[...ids]}) ${isLocked ? sql`order by id for update` : sql``}`,
  );
  type Row = Omit<RunItem, 'leftOutBecause'> & {
    readonly run: string;
    readonly isLeftOut: boolean;
    readonly reason: NonNullable<RunItem['leftOutBecause']> | null;
  };
  const items = await rows<Row>(
    handle,
    sql`select run_id as run, item_id as item, supplier, amount::text as amount,
        discount::text as discount, is_left_out as "isLeftOut", reason
      from erp_payables.payment_run_item where run_id = any(${[...ids]})
      order by payment_run_item.amount desc, item_id`,
  );
  const byRun = Map.groupBy(items, ({ run }) => run);
  return new Map(
    headers.map((header) => [
      header.id,
      {
        ...header,
        items: (byRun.get(header.id) ?? []).map(({ run: _run, reason, ...item }) =>
          reason === null ? item : { ...item, leftOutBecause: reason },
        ),
      },
    ]),
  );
}

/** A run as it is listed: how much it pays to how many, and how many items wait. */
export type PaymentRunSummary = Omit<PaymentRun, 'criteria' | 'items'> & {
  readonly suppliers: number;
  readonly amount: Decimal; // After discounts.
  readonly leftOut: number;
};

const LIST = {
  table: 'erp_payables.payment_run',
  alias: 'r',
  columns: { payOn: 'pay_on', number: 'number' },
} as const;

/** Runs, unless sorted otherwise the newest first. */
export async function listPaymentRuns(
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly status?: PaymentRun['status'];
    readonly number?: string; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly PaymentRunSummary[]> {
  const { legalEntity = null, status = null, number = '', limit } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-payOn', filter.after);
  return await rows<PaymentRunSummary>(
    handle,
    sql`select r.id, r.legal_entity as "legalEntity", r.number, r.pay_on as "payOn",
        r.bank_account as "bankAccount", r.status, r.criteria->>'currency' as currency, r.version,
        r.created_by as "createdBy", r.approved_by as "approvedBy", i.suppliers, i.amount,
        i.left_out as "leftOut"
      from erp_payables.payment_run r cross join lateral (
        select count(distinct supplier) filter (where not is_left_out)::int as suppliers,
          coalesce(sum(amount) filter (where not is_left_out), 0)::text as amount,
          count(*) filter (where is_left_out)::int as left_out
        from erp_payables.payment_run_item where run_id = r.id) i
      where (${legalEntity}::text is null or r.legal_entity = ${legalEntity})
        and (${status}::text is null or r.status = ${status})
        and starts_with(r.number, ${number}) and ${isAfter}
      order by ${order} limit ${limit}`,
  );
}
