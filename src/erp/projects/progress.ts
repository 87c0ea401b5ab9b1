import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { ProjectsProblemCode } from './errors.ts';
import type { Plan } from './plan.ts';
import type { Project } from './project.ts';
import { lockProjects, plansNow } from './read-projects.ts';
import { countChange } from './steer-projects.ts';

type Code = ProjectsProblemCode;

/** How far a task is, as somebody says. */
export type ProgressDraft = {
  readonly project: string;
  readonly task: string;
  readonly on: LocalDate;
  readonly percent: Decimal;
  readonly costToComplete?: Decimal; // What the rest will cost; else as it went so far.
  readonly note?: string;
};

/** How far a task is, as somebody said last. */
export type Progress = {
  readonly task: string;
  readonly on: LocalDate;
  readonly percent: Decimal;
  readonly costToComplete: Decimal | null;
  readonly note: string;
  readonly by: string;
  readonly at: Instant;
};

/** A milestone that is reached. */
export type ReachDraft = {
  readonly project: string;
  readonly milestone: string;
  readonly on: LocalDate;
};

/** A milestone that was reached, and whether it has been charged. */
export type Reached = {
  readonly project: string;
  readonly milestone: string;
  readonly reachedOn: LocalDate;
  readonly bill: string | null;
};

const ZERO = decimal('0');
const HUNDRED = decimal('100');
const RUNNING = new Set(['released', 'on-hold', 'completed']);

type Done = Result<{ readonly id: string }, Code>;
type Found = { readonly project: Project; readonly plan: Plan };

/** Notes how far tasks are. What was said before stays. */
export async function reportProgress(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ProgressDraft[],
): Promise<readonly Done[]> {
  const find = await running(tx, context, drafts);
  const results = drafts.map((draft): Done => {
    const found = find(draft.project);
    return found.ok ? decideProgress(found.value, draft) : found;
  });
  const { by, clock } = context;
  const good = drafts.filter((_, at) => results[at]?.ok === true);
  const columns = {
    project_id: 'text',
    task: 'text',
    on_day: 'date',
    percent: 'numeric',
    cost_to_complete: 'numeric',
    note: 'text',
    by: 'text',
    at: 'timestamptz',
  } as const;
  const now = clock();
  const values = good.map(({ project, task, on, percent, costToComplete, note = '' }) => ({
    project_id: project,
    task,
    on_day: on,
    percent,
    cost_to_complete: costToComplete,
    note,
    by,
    at: now,
  }));
  await insertRows(tx, 'erp_projects.progress', columns, values);
  await countChange(
    tx,
    good.map(({ project }) => project),
  );
  return results;
}

/** Notes that milestones are reached: what is charged for them may be charged. */
export async function reachMilestones(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ReachDraft[],
): Promise<readonly Done[]> {
  const find = await running(tx, context, drafts);
  const reached = await reachedOf(
    tx,
    drafts.map(({ project }) => project),
  );
  const seen = new Set(reached.map(({ project, milestone }) => keyOf(project, milestone)));
  const results = drafts.map(({ project, milestone }): Done => {
    const found = find(project);
    if (!found.ok) return found;
    if (!found.value.plan.milestones.some(({ number }) => number === milestone)) {
      const message = `${found.value.project.number} has no milestone ${milestone}`;
      return refuse('projects.no-such-milestone', message, 'milestone');
    }
    if (seen.has(keyOf(project, milestone))) {
      return refuse('projects.already-reached', `${milestone} was reached before`, 'milestone');
    }
    seen.add(keyOf(project, milestone));
    return accept({ id: project });
  });
  const { by, clock } = context;
  const good = drafts.filter((_, at) => results[at]?.ok === true);
  const columns = {
    project_id: 'text',
    milestone: 'text',
    reached_on: 'date',
    by: 'text',
    at: 'timestamptz',
  } as const;
  const now = clock();
  const values = good.map(({ project, milestone, on }) => ({
    project_id: project,
    milestone,
    reached_on: on,
    by,
    at: now,
  }));
  await insertRows(tx, 'erp_projects.milestone_reached', columns, values);
  await countChange(
    tx,
    good.map(({ project }) => project),
  );
  return results;
}

/** The milestones of projects that were reached. */
export const reachedOf = (
  handle: Handle,
  projects: readonly string[],
): Promise<readonly Reached[]> =>
  rows<Reached>(
    handle,
    sql`select r.project_id as project, r.milestone, r.reached_on as "reachedOn", l.bill_id as bill
      from erp_projects.milestone_reached r
      left join erp_projects.bill_line l on l.project_id = r.project_id
        and l.milestone = r.milestone and l.stands
      where r.project_id = any(${[...projects]}) order by r.reached_on, r.milestone`,
  );

/** How far tasks of a project were at the end of a day, as was said last. */
export const progressOf = (
  handle: Handle,
  project: string,
  on: LocalDate,
): Promise<readonly Progress[]> =>
  rows<Progress>(
    handle,
    sql`select distinct on (task) task, on_day as "on", percent::text as percent,
        cost_to_complete::text as "costToComplete", note, by, at
      from erp_projects.progress where project_id = ${project} and on_day <= ${on}
      order by task, on_day desc, id desc`,
  );

/** Finds projects that run, with the plan they have now. */
async function running(
  tx: Handle,
  { legalEntity }: ErpContext,
  drafts: readonly { readonly project: string }[],
): Promise<(id: string) => Result<Found, Code>> {
  const projects = await lockProjects(
    tx,
    drafts.map(({ project }) => project),
  );
  const plans = await plansNow(tx, projects.values());
  return (id) => {
    const [project, plan] = [projects.get(id), plans.get(id)];
    if (project?.legalEntity !== legalEntity || plan === undefined) {
      return refuse('projects.no-such-project', `there is no project ${id}`, 'project');
    }
    return RUNNING.has(project.status)
      ? accept({ project, plan })
      : refuse('projects.not-in-this-state', `${project.number} is ${project.status}`, 'project');
  };
}

function decideProgress({ project, plan }: Found, draft: ProgressDraft): Done {
  if (!plan.tasks.some(({ number }) => number === draft.task)) {
    const message = `${project.number} has no task ${draft.task}`;
    return refuse('projects.no-such-task', message, 'task');
  }
  const { percent, costToComplete = ZERO } = draft;
  const isShare = compareDecimals(percent, ZERO) >= 0 && compareDecimals(percent, HUNDRED) <= 0;
  return isShare && compareDecimals(costToComplete, ZERO) >= 0
    ? accept({ id: project.id })
    : refuse('projects.bad-progress', 'progress is 0 to 100 %, the rest costs nothing or more');
}

const keyOf = (project: string, milestone: string): string => `${project} ${milestone}`;
