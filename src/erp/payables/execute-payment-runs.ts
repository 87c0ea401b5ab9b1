import type { Handle } from '#database';
import { accept } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { changeRun, decideRuns, endRuns, runProblem } from '#erp/open-items/settling';
import type { RunDecision, SeenRun } from '#erp/open-items/settling';
import { assert } from '#kernel';
import { sumDecimals } from '#kernel/decimal';
import type { PayablesProblemCode } from './errors.ts';
import { lockPaymentRuns, RUNS } from './payment-run.ts';
import type { PaymentRun } from './payment-run.ts';
import { postPayments } from './post-payments.ts';
import type { PostedPayment } from './post-payments.ts';
import type { PaymentDraft } from './supplier-payment.ts';

type Code = PayablesProblemCode;
type Paid = { readonly payments: readonly Result<PostedPayment, Code>[] };

const idsOf = (seen: readonly SeenRun[]): readonly string[] => seen.map(({ id }) => id);

/** Leaves items out of a proposed run, or takes them in again. Blocked ones stay out. */
export const changePaymentRun = async (
  tx: Handle,
  change: SeenRun & {
    readonly items: readonly { readonly item: string; readonly isLeftOut: boolean }[];
  },
): Promise<Result<{ readonly version: number }, Code>> =>
  await changeRun(tx, RUNS, (await lockPaymentRuns(tx, [change.id])).get(change.id), change);

/** Approves a proposed run, by another than who made it, or withdraws one that is not paid. */
export async function decidePaymentRun(
  tx: Handle,
  context: ErpContext,
  wish: RunDecision,
): Promise<Result<{ readonly version: number }, Code>> {
  const [decided] = await decidePaymentRuns(tx, context, [wish]);
  assert(decided !== undefined, 'a wish is answered');
  return decided;
}

/** The same of many runs. */
export const decidePaymentRuns = async (
  tx: Handle,
  context: ErpContext,
  wishes: readonly RunDecision[],
): Promise<readonly Result<{ readonly version: number }, Code>[]> =>
  await decideRuns(tx, context, RUNS, await lockPaymentRuns(tx, idsOf(wishes)), wishes);

/** Pays an approved run: one payment a supplier. What cannot be paid any more is told, item by item. */
export async function executePaymentRun(
  tx: Handle,
  context: ErpContext,
  wish: SeenRun,
): Promise<Result<Paid, Code>> {
  const [paid] = await executePaymentRuns(tx, context, [wish]);
  assert(paid !== undefined, 'a wish is answered');
  return paid;
}

/** Pays approved runs, each named once, their payments posted together. */
export async function executePaymentRuns(
  tx: Handle,
  context: ErpContext,
  wishes: readonly SeenRun[],
): Promise<readonly Result<Paid, Code>[]> {
  const runs = await lockPaymentRuns(tx, idsOf(wishes));
  const asked = wishes.map(({ id, version }): Refusal<Code> | readonly PaymentDraft[] => {
    const run = runs.get(id);
    const problem = runProblem(RUNS, run, { version, statuses: ['approved'] });
    if (problem !== undefined) return problem;
    assert(run !== undefined, 'a run that is not there is a problem');
    return draftsOf(run);
  });
  const drafts = asked.flatMap((each) => ('ok' in each ? [] : each));
  const posted = (await postPayments(tx, context, drafts)).values();
  const done = wishes.flatMap(({ id }, at) => {
    const each = asked[at];
    return each === undefined || 'ok' in each ? [] : [id];
  });
  await endRuns(tx, RUNS, done);
  return asked.map((each) => {
    if ('ok' in each) return each;
    return accept({ payments: each.flatMap(() => posted.next().value ?? []) });
  });
}

function draftsOf(run: PaymentRun): readonly PaymentDraft[] {
  const paid = run.items.filter(({ isLeftOut }) => !isLeftOut);
  return [...Map.groupBy(paid, ({ supplier }) => supplier)].map(([supplier, parts]) => ({
    supplier,
    paidOn: run.payOn,
    bankAccount: run.bankAccount,
    currency: run.criteria.currency,
    amount: sumDecimals(parts.map(({ amount }) => amount)),
    reference: run.number,
    run: run.id,
    parts: parts.map(({ item, amount, discount }) => ({ item, amount, discount })),
  }));
}
