import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import { accept, refuse, takeNumbers } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { listOpenItems } from '#erp/open-items';
import { changeRun, decideRun, endRun, runProblem } from '#erp/open-items/settling';
import type { RunBook, SeenRun } from '#erp/open-items/settling';
import { payeeAccounts, supplierFacts } from '#erp/parties';
import { assert, newId } from '#kernel';
import { sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { PayablesProblemCode } from './errors.ts';
import { postPayments } from './post-payments.ts';
import type { PostedPayment } from './post-payments.ts';
import { proposePayments } from './propose-payments.ts';
import type { RunCriteria, RunItem } from './propose-payments.ts';

type Code = PayablesProblemCode;

/** A payment run with what it pays and what it leaves out. */
export type PaymentRun = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly payOn: LocalDate;
  readonly bankAccount: string;
  readonly status: 'proposed' | 'approved' | 'paid' | 'withdrawn';
  readonly criteria: RunCriteria;
  readonly version: number;
  readonly createdBy: string;
  readonly approvedBy: string | null;
  readonly items: readonly (RunItem & { readonly isLeftOut: boolean })[];
};

const ITEMS_MAX = 10_000;
const BOOK: RunBook<Code> = {
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

/** Proposes a run: nothing is paid until another has approved it. */
export async function createPaymentRun(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  criteria: RunCriteria,
): Promise<Result<{ readonly id: string; readonly number: string }, Code>> {
  const open = await listOpenItems(tx, {
    legalEntity,
    side: 'payable',
    state: 'open',
    limit: ITEMS_MAX,
  });
  const parties = [...new Set(open.map(({ party }) => party))];
  const suppliers = await supplierFacts(tx, parties);
  const accounts = await payeeAccounts(tx, parties, criteria.payOn);
  const chosen = proposePayments(open, criteria, {
    isBlocked: (supplier) => suppliers.get(supplier)?.blocks.includes('payment') === true,
    hasAccount: (supplier) => accounts.has(supplier),
  });
  if (chosen.length === 0) {
    return refuse('payables.nothing-to-pay', 'nothing is due before the next run');
  }
  const now = clock();
  const id = newId('run', millisecondsOf(now));
  const [number = ''] = await takeNumbers(tx, legalEntity, 'PR', criteria.payOn, 1);
  await rows(
    tx,
    sql`insert into erp_payables.payment_run
        (id, legal_entity, number, pay_on, bank_account, status, criteria, created_by, created_at)
      values (${id}, ${legalEntity}, ${number}, ${criteria.payOn}, ${criteria.bankAccount},
        'proposed', ${JSON.stringify(criteria)}, ${by}, ${now})`,
  );
  const columns = {
    run_id: 'text',
    item_id: 'text',
    supplier: 'text',
    amount: 'numeric',
    discount: 'numeric',
    is_left_out: 'boolean',
    reason: 'text',
  } as const;
  const values = chosen.map(({ item, supplier, amount, discount, leftOutBecause }) => ({
    run_id: id,
    item_id: item,
    supplier,
    amount,
    discount,
    is_left_out: leftOutBecause !== undefined,
    reason: leftOutBecause,
  }));
  await insertRows(tx, 'erp_payables.payment_run_item', columns, values);
  return accept({ id, number });
}

/** A run with its items, the largest amounts first. */
export async function findPaymentRun(
  handle: Handle,
  id: string,
  lock = false,
): Promise<PaymentRun | undefined> {
  const [header] = await rows<Omit<PaymentRun, 'items'>>(
    handle,
    sql`select id, legal_entity as "legalEntity", number, pay_on as "payOn",
        bank_account as "bankAccount", status, criteria, version, created_by as "createdBy",
        approved_by as "approvedBy"
      from erp_payables.payment_run where id = ${id} ${lock ? sql`for update` : sql``}`,
  );
  if (header === undefined) return undefined;
  type Row = Omit<RunItem, 'leftOutBecause'> & {
    readonly isLeftOut: boolean;
    readonly reason: NonNullable<RunItem['leftOutBecause']> | null;
  };
  const items = await rows<Row>(
    handle,
    sql`select item_id as item, supplier, amount::text as amount, discount::text as discount,
        is_left_out as "isLeftOut", reason
      from erp_payables.payment_run_item where run_id = ${id} order by amount desc, item_id`,
  );
  return {
    ...header,
    items: items.map(({ reason, ...item }) =>
      reason === null ? item : { ...item, leftOutBecause: reason },
    ),
  };
}

/** A run as it is listed: how much it pays to how many, and how many items wait. */
export type PaymentRunSummary = Omit<PaymentRun, 'criteria' | 'items'> & {
  readonly currency: string;
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
    readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly PaymentRunSummary[]> {
  const { legalEntity = null, status = null, limit } = filter;
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
        and (${status}::text is null or r.status = ${status}) and ${isAfter}
      order by ${order} limit ${limit}`,
  );
}

/** Leaves items out of a proposed run, or takes them in again. Blocked ones stay out. */
export const changePaymentRun = async (
  tx: Handle,
  change: SeenRun & {
    readonly items: readonly { readonly item: string; readonly isLeftOut: boolean }[];
  },
): Promise<Result<{ readonly version: number }, Code>> =>
  await changeRun(tx, BOOK, await findPaymentRun(tx, change.id, true), change);

/** Approves a proposed run, by another than who made it, or withdraws it. */
export const decidePaymentRun = async (
  tx: Handle,
  context: ErpContext,
  wish: SeenRun & { readonly decision: 'approve' | 'withdraw' },
): Promise<Result<{ readonly version: number }, Code>> =>
  await decideRun(tx, context, BOOK, await findPaymentRun(tx, wish.id, true), wish);

/** Pays an approved run: one payment a supplier. What cannot be paid any more is told, item by item. */
export async function executePaymentRun(
  tx: Handle,
  context: ErpContext,
  wish: SeenRun,
): Promise<Result<{ readonly payments: readonly Result<PostedPayment, Code>[] }, Code>> {
  const run = await findPaymentRun(tx, wish.id, true);
  const problem = runProblem(BOOK, run, { version: wish.version, status: 'approved' });
  if (problem !== undefined) return problem;
  assert(run !== undefined, 'a run that is not there is a problem');
  const paid = run.items.filter(({ isLeftOut }) => !isLeftOut);
  const bySupplier = Map.groupBy(paid, ({ supplier }) => supplier);
  const drafts = [...bySupplier].map(([supplier, parts]) => ({
    supplier,
    paidOn: run.payOn,
    bankAccount: run.bankAccount,
    currency: run.criteria.currency,
    amount: sumDecimals(parts.map(({ amount }) => amount)),
    reference: run.number,
    run: run.id,
    parts: parts.map(({ item, amount, discount }) => ({ item, amount, discount })),
  }));
  const payments = await postPayments(tx, context, drafts);
  await endRun(tx, BOOK, wish.id);
  return accept({ payments });
}
