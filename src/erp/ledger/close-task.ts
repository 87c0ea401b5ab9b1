import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Name, Refusal, Result } from '#erp/company';
import { newId } from '#kernel';
import { addDays, millisecondsOf } from '#kernel/time';
import type { Instant, LocalDate } from '#kernel/time';
import type { LedgerProblemCode } from './errors.ts';
import { findPeriod } from './period.ts';
import type { PeriodKey } from './period.ts';

/** Something to do before a period is closed. */
export type CloseTask = PeriodKey & {
  readonly id: string;
  readonly code: string;
  readonly name: Name;
  readonly owner: string | null;
  readonly dueOn: LocalDate;
  readonly dependsOn: readonly string[]; // Codes of tasks of the same period.
  readonly status: 'open' | 'in-progress' | 'done' | 'skipped';
  readonly note: string | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly finishedBy: string | null;
  readonly version: number;
};

/** A task as it is asked for; due so many days after the period's last. */
export type CloseTaskDraft = {
  readonly code: string;
  readonly name: Name;
  readonly owner?: string;
  readonly dueDays: number;
  readonly dependsOn?: readonly string[];
};

/** A task's next status, as whoever asks last saw it. */
export type CloseTaskChange = {
  readonly id: string;
  readonly version: number;
  readonly status: CloseTask['status'];
  readonly note?: string;
};

/** What closing a month usually takes. */
export const STANDARD_CLOSE_TASKS: readonly CloseTaskDraft[] = [
  task('receipts', ['Post all goods receipts and deliveries', 'Warenein- und -ausgänge buchen'], 1),
  task(
    'invoices',
    ['Post supplier and customer invoices', 'Ein- und Ausgangsrechnungen buchen'],
    3,
  ),
  task('bank', ['Match bank statements', 'Kontoauszüge abstimmen'], 2),
  task('stock', ['Reconcile stock with its accounts', 'Bestände mit Konten abstimmen'], 3, [
    'receipts',
  ]),
  task('grir', ['Clear goods received, not invoiced', 'WE/RE-Konto klären'], 4, [
    'receipts',
    'invoices',
  ]),
  task('subledgers', ['Reconcile payables and receivables', 'Nebenbücher abstimmen'], 4, [
    'invoices',
    'bank',
  ]),
  task('accruals', ['Post accruals and recurring entries', 'Abgrenzungen und Dauerbuchungen'], 4, [
    'invoices',
  ]),
  task('revaluation', ['Revalue foreign currency', 'Fremdwährung bewerten'], 4, [
    'bank',
    'invoices',
  ]),
  task('review', ['Review the trial balance', 'Saldenliste prüfen'], 5, [
    'stock',
    'grir',
    'subledgers',
    'accruals',
    'revaluation',
  ]),
];

const SELECTED = sql`id, fiscal_year as "fiscalYear", period, code, name, owner, due_on as "dueOn",
  depends_on as "dependsOn", status, note, started_at as "startedAt",
  finished_at as "finishedAt", finished_by as "finishedBy", version`;

/** Adds tasks to a period: the usual ones when none are named. Those that are there stay. */
export async function addCloseTasks(
  tx: Handle,
  context: ErpContext,
  key: PeriodKey,
  drafts: readonly CloseTaskDraft[] = STANDARD_CLOSE_TASKS,
): Promise<Result<readonly CloseTask[], LedgerProblemCode>> {
  const { legalEntity } = context;
  const period = await findPeriod(tx, legalEntity, key);
  if (period === undefined) return refuse('ledger.no-period', 'there is no such period', 'period');
  const known = new Set((await listCloseTasks(tx, legalEntity, key)).map(({ code }) => code));
  const seen = new Set(known);
  for (const { code, dependsOn = [] } of drafts) {
    if (dependsOn.some((other) => !seen.has(other))) {
      return refuse('ledger.bad-task', `${code} depends on a task that is not before it`, code);
    }
    seen.add(code);
  }
  const at = millisecondsOf(context.clock());
  await insertRows(
    tx,
    'erp_ledger.close_task',
    {
      id: 'text',
      legal_entity: 'text',
      fiscal_year: 'integer',
      period: 'integer',
      code: 'text',
      name: 'jsonb',
      owner: 'text',
      due_on: 'date',
      status: 'text',
    },
    drafts
      .filter(({ code }) => !known.has(code))
      .map(({ code, name, owner, dueDays }) => ({
        id: newId('ct', at),
        legal_entity: legalEntity,
        fiscal_year: key.fiscalYear,
        period: key.period,
        code,
        name: JSON.stringify(name),
        owner,
        due_on: addDays(period.toOn, dueDays),
        status: 'open',
      })),
  );
  const dependencies = Object.fromEntries(drafts.map((each) => [each.code, each.dependsOn ?? []]));
  await rows(
    tx,
    sql`update erp_ledger.close_task t
      set depends_on = array(select jsonb_array_elements_text(
        ${JSON.stringify(dependencies)}::jsonb -> t.code))
      where t.legal_entity = ${legalEntity} and t.fiscal_year = ${key.fiscalYear}
        and t.period = ${key.period} and not t.code = any(${[...known]})`,
  );
  return accept(await listCloseTasks(tx, legalEntity, key));
}

/** The tasks of a period, by when they are due. */
export const listCloseTasks = (
  handle: Handle,
  legalEntity: string,
  key: PeriodKey,
): Promise<CloseTask[]> =>
  rows<CloseTask>(
    handle,
    sql`select ${SELECTED} from erp_ledger.close_task
      where legal_entity = ${legalEntity} and fiscal_year = ${key.fiscalYear}
        and period = ${key.period} order by due_on, code`,
  );

/** Begins, finishes, skips or reopens a task. None is finished before those it depends on. */
export async function changeCloseTask(
  tx: Handle,
  context: ErpContext,
  change: CloseTaskChange,
): Promise<Result<CloseTask, LedgerProblemCode>> {
  const { id, version, status, note } = change;
  const [found] = await rows<CloseTask>(
    tx,
    sql`select ${SELECTED} from erp_ledger.close_task
      where id = ${id} and legal_entity = ${context.legalEntity} for update`,
  );
  if (found === undefined) return refuse('ledger.no-such-task', `there is no task ${id}`, 'id');
  if (found.version !== version) {
    return refuse('ledger.moved-on', 'it was changed meanwhile', 'version');
  }
  const siblings = await listCloseTasks(tx, context.legalEntity, found);
  const blocked = blockOf(found, siblings, status);
  if (blocked !== undefined) return blocked;
  const at = context.clock();
  const finished = isFinished(status);
  const [changed] = await rows<CloseTask>(
    tx,
    sql`update erp_ledger.close_task set status = ${status}, version = version + 1,
        note = coalesce(${note ?? null}, note),
        started_at = case when ${status} = 'open' then null else coalesce(started_at, ${at}) end,
        finished_at = ${finished ? at : null}, finished_by = ${finished ? context.by : null}
      where id = ${id} returning ${SELECTED}`,
  );
  return changed === undefined
    ? refuse('ledger.no-such-task', `there is no task ${id}`, 'id')
    : accept(changed);
}

/** Whether nothing more is to be done about it. */
export const isFinished = (status: CloseTask['status']): boolean =>
  status === 'done' || status === 'skipped';

function blockOf(
  found: CloseTask,
  siblings: readonly CloseTask[],
  status: CloseTask['status'],
): Refusal<LedgerProblemCode> | undefined {
  if (isFinished(status)) {
    const waitsFor = siblings.filter(
      (other) => found.dependsOn.includes(other.code) && !isFinished(other.status),
    );
    return waitsFor.length === 0
      ? undefined
      : refuse('ledger.task-blocked', `first: ${waitsFor.map(({ code }) => code).join(', ')}`);
  }
  const builtOn = siblings.filter(
    (other) => other.dependsOn.includes(found.code) && isFinished(other.status),
  );
  return builtOn.length === 0
    ? undefined
    : refuse('ledger.task-blocked', `reopen first: ${builtOn.map(({ code }) => code).join(', ')}`);
}

function task(
  code: string,
  [en, de]: readonly [string, string],
  dueDays: number,
  dependsOn: readonly string[] = [],
): CloseTaskDraft {
  return { code, name: { en, de }, dueDays, dependsOn };
}
