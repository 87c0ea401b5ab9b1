import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, momentsOf, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { listOpenItems } from '#erp/open-items';
import { bankAccountsOf, payeesOn, supplierFacts } from '#erp/parties';
import { assert, newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { PayablesProblemCode } from './errors.ts';
import { proposePayments } from './propose-payments.ts';
import type { RunCriteria, RunItem } from './propose-payments.ts';

type Code = PayablesProblemCode;
type Created = { readonly id: string; readonly number: string };
type Proposed = {
  readonly criteria: RunCriteria;
  readonly chosen: readonly RunItem[];
};

const ITEMS_MAX = 10_000;
const SERIES = 'PY';

/** Proposes a run: nothing is paid until another has approved it. */
export async function createPaymentRun(
  tx: Handle,
  context: ErpContext,
  criteria: RunCriteria,
): Promise<Result<Created, Code>> {
  const [created] = await createPaymentRuns(tx, context, [criteria]);
  assert(created !== undefined, 'a wish is answered');
  return created;
}

/** Proposes runs that follow one another: what one is to pay, the next does not propose again. */
export async function createPaymentRuns(
  tx: Handle,
  context: ErpContext,
  wishes: readonly RunCriteria[],
): Promise<readonly Result<Created, Code>[]> {
  const proposed = await propose(tx, context, wishes);
  const runs = proposed.filter(({ chosen }) => chosen.length > 0);
  const nowMs = millisecondsOf(context.clock());
  const numbers = await takeNumbersOn(
    tx,
    context.legalEntity,
    SERIES,
    runs.map(({ criteria }) => criteria.payOn),
  );
  const created = runs.map((run, at) => ({
    ...run,
    id: newId('run', nowMs),
    number: numbers[at] ?? '',
  }));
  await write(tx, context, created);
  const next = created.values();
  return proposed.map(({ chosen }) => {
    if (chosen.length === 0) {
      return refuse('payables.nothing-to-pay', 'nothing is due before the next run');
    }
    const { id = '', number = '' } = next.next().value ?? {};
    return accept({ id, number });
  });
}

async function propose(
  tx: Handle,
  { legalEntity }: ErpContext,
  wishes: readonly RunCriteria[],
): Promise<readonly Proposed[]> {
  const open = await listOpenItems(tx, {
    legalEntity,
    side: 'payable',
    state: 'open',
    limit: ITEMS_MAX,
  });
  const parties = [...new Set(open.map(({ party }) => party))];
  const suppliers = await supplierFacts(tx, parties);
  const accounts = await bankAccountsOf(tx, parties);
  const taken = new Set<string>();
  return wishes.map((criteria) => {
    const payees = payeesOn(accounts, criteria.payOn);
    const left = open.filter(({ id }) => !taken.has(id));
    const chosen = proposePayments(left, criteria, {
      isBlocked: (supplier) => suppliers.get(supplier)?.blocks.includes('payment') === true,
      hasAccount: (supplier) => payees.has(supplier),
    });
    for (const { item, leftOutBecause } of chosen)
      if (leftOutBecause === undefined) taken.add(item);
    return { criteria, chosen };
  });
}

async function write(
  tx: Handle,
  context: ErpContext,
  created: readonly (Created & Proposed)[],
): Promise<void> {
  const momentOf = momentsOf(context);
  const header = {
    id: 'text',
    legal_entity: 'text',
    number: 'text',
    pay_on: 'date',
    bank_account: 'text',
    status: 'text',
    criteria: 'jsonb',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const headers = created.map(({ id, number, criteria }) => ({
    id,
    legal_entity: context.legalEntity,
    number,
    pay_on: criteria.payOn,
    bank_account: criteria.bankAccount,
    status: 'proposed',
    criteria: JSON.stringify(criteria),
    created_by: context.by,
    created_at: momentOf(criteria.payOn),
  }));
  await insertRows(tx, 'erp_payables.payment_run', header, headers);
  const columns = {
    run_id: 'text',
    item_id: 'text',
    supplier: 'text',
    amount: 'numeric',
    discount: 'numeric',
    is_left_out: 'boolean',
    reason: 'text',
  } as const;
  const values = created.flatMap(({ id, chosen }) =>
    chosen.map(({ item, supplier, amount, discount, leftOutBecause }) => ({
      run_id: id,
      item_id: item,
      supplier,
      amount,
      discount,
      is_left_out: leftOutBecause !== undefined,
      reason: leftOutBecause,
    })),
  );
  await insertRows(tx, 'erp_payables.payment_run_item', columns, values);
}
