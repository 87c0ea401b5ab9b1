import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { compareDecimals, decimal } from '#kernel/decimal';
import { isFinished, listCloseTasks } from './close-task.ts';
import type { LedgerProblemCode } from './errors.ts';
import { forgetPeriods } from './lock-periods.ts';
import { CLOSING, MONTHS, nameOfPeriod, PERIOD_COLUMNS } from './period.ts';
import type { Period, PeriodKey, PeriodStatus } from './period.ts';
import { revaluationDue } from './revaluation.ts';

/** Why a period is not closed yet. */
export type ClosingReason = { readonly code: string; readonly message: string };

/** A period and why its status changes, as whoever asks last saw it. */
export type PeriodChange = PeriodKey & { readonly version: number; readonly reason: string };

type Answer = Result<Period, LedgerProblemCode>;

/** Lets only these roles still post: the books are nearly done. */
export async function softClosePeriod(
  tx: Handle,
  context: ErpContext,
  change: PeriodChange & { readonly openTo: readonly string[] },
): Promise<Answer> {
  const period = await lockPeriod(tx, context.legalEntity, change);
  if (!period.ok) return period;
  return period.value.status === 'closed'
    ? wrongStatus(period.value, 'soft-closed')
    : await setStatus(tx, context, { period: period.value, change, to: 'soft-closed' });
}

/**
 * Closes a period: nobody posts to it any more. Whoever is posting finishes first. Refused with
 * every reason at once; other areas hand theirs in (`alsoOpen`).
 */
export async function closePeriod(
  tx: Handle,
  context: ErpContext,
  change: PeriodChange & { readonly alsoOpen?: readonly ClosingReason[] },
): Promise<Answer> {
  const found = await lockPeriod(tx, context.legalEntity, change);
  if (!found.ok) return found;
  const period = found.value;
  if (period.status === 'closed') return wrongStatus(period, 'closed');
  const reasons = [...(await closingReasons(tx, period)), ...(change.alsoOpen ?? [])];
  if (reasons.length > 0) {
    const message = `${nameOfPeriod(period)} cannot be closed yet`;
    return { ok: false, problem: { code: 'ledger.not-closable', message, reasons } };
  }
  return await setStatus(tx, context, { period, change, to: 'closed' });
}

/** Opens a period again, to everyone. Its reason is kept for ever. */
export async function openPeriod(
  tx: Handle,
  context: ErpContext,
  change: PeriodChange,
): Promise<Answer> {
  const found = await lockPeriod(tx, context.legalEntity, change);
  if (!found.ok) return found;
  if (found.value.status === 'open') return wrongStatus(found.value, 'open');
  if (change.reason.trim() === '') {
    return refuse('ledger.period-status', 'opening a period again asks for a reason', 'reason');
  }
  return await setStatus(tx, context, { period: found.value, change, to: 'open' });
}

/** Everything of the ledger that keeps a period from being closed. */
export async function closingReasons(handle: Handle, period: Period): Promise<ClosingReason[]> {
  const { legalEntity, fromOn, toOn, fiscalYear } = period;
  const [counts] = await rows<{ earlier: string; parked: string; recurring: string }>(
    handle,
    sql`select
        (select count(*) from erp_ledger.period where legal_entity = ${legalEntity}
          and number <= ${MONTHS} and status <> 'closed'
          and (fiscal_year, number) < (${fiscalYear}, ${period.period})) as earlier,
        (select count(*) from erp_ledger.parked_entry where legal_entity = ${legalEntity}
          and status = 'parked' and posted_on between ${fromOn} and ${toOn}) as parked,
        (select count(*) from erp_ledger.recurring_entry where legal_entity = ${legalEntity}
          and status = 'active' and next_on <= ${toOn}) as recurring`,
  );
  const tasks = (await listCloseTasks(handle, legalEntity, period)).filter(
    ({ status }) => !isFinished(status),
  );
  const said: readonly (readonly [string, LedgerProblemCode, string])[] = [
    [counts?.earlier ?? '0', 'ledger.earlier-period-open', 'earlier periods are not closed'],
    [counts?.parked ?? '0', 'ledger.entries-parked', 'parked entries wait'],
    [counts?.recurring ?? '0', 'ledger.recurring-due', 'recurring entries are due'],
    [String(tasks.length), 'ledger.tasks-unfinished', 'tasks are not done'],
  ];
  const counted = said.flatMap(([count, code, message]) =>
    count === '0' ? [] : [{ code, message: `${count} ${message}` }],
  );
  return [...counted, ...(await revaluationReasons(handle, period))];
}

async function revaluationReasons(handle: Handle, period: Period): Promise<ClosingReason[]> {
  if (period.period > MONTHS) return [];
  const due = await revaluationDue(handle, period.legalEntity, period);
  if (!due.ok) return [{ code: due.problem.code, message: due.problem.message }];
  const open = due.value.filter((each) => compareDecimals(each.difference, decimal('0')) !== 0);
  return open.length === 0
    ? []
    : [
        {
          code: 'ledger.not-revalued',
          message: `not revalued: ${open.map((each) => `${each.account} ${each.currency}`).join(', ')}`,
        },
      ];
}

/** The period, locked: whoever posts to it finishes first, and whoever comes later waits. */
async function lockPeriod(tx: Handle, legalEntity: string, change: PeriodChange): Promise<Answer> {
  const { fiscalYear, period, version } = change;
  const [found] = await rows<Period>(
    tx,
    sql`select ${PERIOD_COLUMNS} from erp_ledger.period
      where legal_entity = ${legalEntity} and fiscal_year = ${fiscalYear} and number = ${period}
        and number < ${CLOSING} for update`,
  );
  if (found === undefined) {
    return refuse('ledger.no-period', `there is no ${nameOfPeriod(change)}`, 'period');
  }
  return found.version === version
    ? accept(found)
    : refuse('ledger.moved-on', `${nameOfPeriod(change)} was changed meanwhile`, 'version');
}

async function setStatus(
  tx: Handle,
  context: ErpContext,
  wish: {
    readonly period: Period;
    readonly change: PeriodChange & { readonly openTo?: readonly string[] };
    readonly to: PeriodStatus;
  },
): Promise<Answer> {
  const { period, change, to } = wish;
  const { legalEntity, fiscalYear, period: number } = period;
  const openTo = to === 'soft-closed' ? [...(change.openTo ?? [])] : [];
  const [changed] = await rows<Period>(
    tx,
    sql`update erp_ledger.period
      set status = ${to}, open_to = ${openTo}, version = version + 1
      where legal_entity = ${legalEntity} and fiscal_year = ${fiscalYear} and number = ${number}
      returning ${PERIOD_COLUMNS}`,
  );
  forgetPeriods(tx);
  await rows(
    tx,
    sql`insert into erp_ledger.period_event
        (legal_entity, fiscal_year, number, from_status, to_status, reason, by, at)
      values (${legalEntity}, ${fiscalYear}, ${number}, ${period.status}, ${to},
        ${change.reason}, ${context.by}, ${context.clock()})`,
  );
  return accept(changed ?? period);
}

const wrongStatus = (period: Period, to: PeriodStatus): Answer =>
  refuse(
    'ledger.period-status',
    `${nameOfPeriod(period)} is ${period.status} and cannot become ${to}`,
    'period',
  );
