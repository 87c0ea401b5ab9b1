import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse, refusedLate, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { entryText, postEntries } from '#erp/ledger';
import type { EntryDraft } from '#erp/ledger';
import { currencyScale, newId } from '#kernel';
import { compareDecimals, decimal, negateDecimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { chargeableHours } from './bill.ts';
import type { ChargeableHours } from './bill.ts';
import { earnedValueOf } from './earned-value.ts';
import type { ProjectsProblemCode } from './errors.ts';
import { totalsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { progressOf } from './progress.ts';
import type { Project } from './project.ts';
import { actualsOf } from './read-health.ts';
import { lockProjects, plansNow } from './read-projects.ts';
import { lastRecognised, positionOf } from './recognition.ts';
import type { Position } from './recognition.ts';
import { countChange } from './steer-projects.ts';

type Code = ProjectsProblemCode;

/** A project and what the books are to show of it from a day on. */
export type RecognitionTarget = {
  readonly project: Project;
  readonly on: LocalDate;
  readonly position: Position;
};

/** What was recognised of a project. None: the books showed it already. */
export type Recognised = {
  readonly project: string;
  readonly number: string;
  readonly recognition: string;
  readonly entry: string;
  readonly earned: Decimal;
  readonly unbilled: Decimal;
  readonly deferred: Decimal;
};

/** What became of a run. */
export type RecognitionRun = {
  readonly recognised: readonly Recognised[];
  readonly refused: readonly {
    readonly project: string;
    readonly number: string;
    readonly code: string;
    readonly message: string;
  }[];
};

const ZERO = decimal('0');
const COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  project_id: 'text',
  on_day: 'date',
  percent: 'numeric',
  earned: 'numeric',
  charged: 'numeric',
  unbilled: 'numeric',
  deferred: 'numeric',
  entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/**
 * Brings revenue in the books to what projects have earned at the end of a day: what is not charged
 * is unbilled, what is charged too early deferred. Doing it again posts what has come since.
 */
export async function recogniseRevenue(
  tx: Handle,
  context: ErpContext,
  wish: { readonly on: LocalDate; readonly projects?: readonly string[] },
): Promise<RecognitionRun> {
  const ids = await runningProjects(tx, context.legalEntity, wish.projects);
  const projects = await lockProjects(tx, ids);
  const plans = await plansNow(tx, projects.values());
  const hours = await chargeableHours(tx, { projects: ids, on: wish.on });
  const last = await lastRecognised(tx, ids);
  const results: [Project, Result<RecognitionTarget, Code>][] = [];
  for (const project of projects.values()) {
    const before = last.get(project.id);
    const isLate = before !== undefined && before > wish.on;
    const message = `revenue of ${project.number} was recognised on ${before}`;
    results.push([
      project,
      isLate
        ? refuse('projects.moved-on', message, 'on')
        : accept(await targetOf(tx, { project, on: wish.on, plans, hours })),
    ]);
  }
  const targets = results.flatMap(([, each]) => (each.ok ? [each.value] : []));
  const booked = (await postRecognitions(tx, context, targets)).values();
  const recognised: Recognised[] = [];
  const refused: RecognitionRun['refused'][number][] = [];
  for (const [{ id, number }, each] of results) {
    const result = each.ok ? booked.next().value : each;
    if (result?.ok === true && result.value !== undefined) recognised.push(result.value);
    if (result?.ok === false) refused.push({ project: id, number, ...result.problem });
  }
  return { recognised, refused };
}

/** Posts what brings the books to these positions; where they are there already, nothing. */
export const postRecognitions = (
  tx: Handle,
  context: ErpContext,
  targets: readonly RecognitionTarget[],
): Promise<readonly Result<Recognised | undefined, Code>[]> =>
  bookTogether(tx, targets, (asked) => bookRecognitions(tx, context, asked));

/** What the books show of a project's revenue without what was recognised before. */
export async function chargedOf(handle: Handle, project: Project, on: LocalDate): Promise<Decimal> {
  const { revenue } = await actualsOf(handle, project, on);
  return subtractDecimals(revenue, subtractDecimals(project.unbilled, project.deferred));
}

async function runningProjects(
  tx: Handle,
  legalEntity: string,
  only: readonly string[] | undefined,
): Promise<readonly string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from erp_projects.project
      where legal_entity = ${legalEntity} and kind <> 'internal'
        and decision in ('released', 'on-hold', 'completed')
        and ${only === undefined ? sql`true` : sql`id = any(${[...only]})`}`,
  );
  return found.map(({ id }) => id);
}

async function targetOf(
  tx: Handle,
  of: {
    readonly project: Project;
    readonly on: LocalDate;
    readonly plans: ReadonlyMap<string, Plan>;
    readonly hours: readonly ChargeableHours[];
  },
): Promise<RecognitionTarget> {
  const { project, on } = of;
  const scale = currencyScale(project.currency);
  const plan = of.plans.get(project.id) ?? { startsOn: on, endsOn: on, tasks: [], milestones: [] };
  const progress = await progressOf(tx, project.id, on);
  const value = earnedValueOf({ on, scale, plan, progress, actualCost: ZERO });
  const own = of.hours.filter((each) => each.project === project.id);
  const position = positionOf({
    kind: project.kind,
    scale,
    percent: value.percentComplete,
    earnedValue: value.earnedValue,
    budget: value.budgetAtCompletion,
    plannedRevenue: totalsOf(plan).revenue,
    charged: await chargedOf(tx, project, on),
    chargeable: own.map(({ charge }) => charge),
  });
  return { project, on, position };
}

const isMoved = ({ project, position }: RecognitionTarget): boolean =>
  compareDecimals(project.unbilled, position.unbilled) !== 0 ||
  compareDecimals(project.deferred, position.deferred) !== 0;

async function bookRecognitions(
  tx: Handle,
  context: ErpContext,
  targets: readonly RecognitionTarget[],
): Promise<Booked<Recognised | undefined, Code>> {
  const { by, clock, legalEntity } = context;
  const places = [...targets.keys()].filter((place) =>
    targets.slice(place, place + 1).some(isMoved),
  );
  const moved = targets.filter(isMoved);
  const days = moved.map(({ on }) => on);
  const numbers = await takeNumbersOn(tx, legalEntity, 'PR', days);
  const now = clock();
  const numbered = moved.map((target, at) => ({
    target,
    id: newId('pr', millisecondsOf(now)),
    number: numbers[at] ?? '',
  }));
  const posted = await postEntries(tx, context, numbered.map(entryOf));
  const late = refusedLate(posted, places, 'projects.journal-refused');
  if (late.size > 0) return { results: [], late };
  const values = numbered.map(({ id, number, target: { project, on, position } }, at) => {
    const entry = posted[at];
    return {
      id,
      legal_entity: legalEntity,
      number,
      project_id: project.id,
      on_day: on,
      ...position,
      entry_id: entry?.ok === true ? entry.value.id : '',
      created_by: by,
      created_at: now,
    };
  });
  await insertRows(tx, 'erp_projects.recognition', COLUMNS, values);
  const ids = moved.map(({ project }) => project.id);
  await countChange(tx, ids);
  const made = new Map(
    values.map((each): [string, Recognised] => [
      each.project_id,
      {
        project: each.project_id,
        number: each.number,
        recognition: each.id,
        entry: each.entry_id,
        earned: each.earned,
        unbilled: each.unbilled,
        deferred: each.deferred,
      },
    ]),
  );
  return { results: targets.map(({ project }) => accept(made.get(project.id))), late };
}

/** What moves a project from what the books show to what they are to show. */
function entryOf(of: {
  readonly target: RecognitionTarget;
  readonly id: string;
  readonly number: string;
}): EntryDraft {
  const { project, on, position } = of.target;
  const unbilled = subtractDecimals(position.unbilled, project.unbilled);
  const deferred = subtractDecimals(position.deferred, project.deferred);
  const about = project.customer === null ? {} : { party: project.customer };
  const lines = [
    { posting: { key: 'unbilled-revenue' }, amount: unbilled, ...about },
    { posting: { key: 'deferred-revenue' }, amount: negateDecimal(deferred), ...about },
    {
      posting: { key: 'revenue', itemGroup: 'service' },
      amount: subtractDecimals(deferred, unbilled),
      project: project.id,
      ...about,
    },
  ] as const;
  return {
    legalEntity: project.legalEntity,
    kind: 'deferral',
    postedOn: on,
    documentOn: on,
    currency: project.currency,
    text: entryText('project-revenue', { project: project.number }),
    source: { area: 'projects', kind: 'project-recognition', id: of.id, number: of.number },
    lines: lines.filter(({ amount }) => compareDecimals(amount, ZERO) !== 0),
  };
}
