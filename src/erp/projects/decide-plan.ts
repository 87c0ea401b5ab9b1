import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { addDecimals, compareDecimals, decimal, roundDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProjectsProblemCode } from './errors.ts';
import { totalsOf } from './plan.ts';
import type { PlanContent, PlanMilestone, PlanMonth, PlanTask } from './plan.ts';
import type { ProjectKind } from './project.ts';

type Code = ProjectsProblemCode;

/** What is asked for in a month; in a change: so much more, or less. */
export type MonthDraft = {
  readonly month: LocalDate; // Any day of it.
  readonly hours?: Decimal;
  readonly cost: Decimal;
  readonly revenue?: Decimal;
};

/** A task as it is asked for. */
export type TaskDraft = {
  readonly number: string;
  readonly name: string;
  readonly parent?: string;
  readonly startsOn?: LocalDate; // Else the plan's.
  readonly endsOn?: LocalDate;
  readonly months?: readonly MonthDraft[];
};

/** A milestone as it is asked for. */
export type MilestoneDraft = {
  readonly number: string;
  readonly name: string;
  readonly task?: string;
  readonly plannedOn: LocalDate;
  readonly amount?: Decimal;
};

/** A plan as it is asked for. */
export type PlanDraft = {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly tasks: readonly TaskDraft[];
  readonly milestones?: readonly MilestoneDraft[];
};

/** What a change order does to a plan. */
export type PlanChange = {
  readonly startsOn?: LocalDate;
  readonly endsOn?: LocalDate;
  readonly tasks?: readonly (Pick<TaskDraft, 'number'> & Partial<TaskDraft>)[]; // Months: more or less.
  readonly milestones?: readonly MilestoneDraft[]; // New, or instead of the one of that number.
};

/** What a plan has to fit to. */
export type PlanFacts = { readonly kind: ProjectKind; readonly scale: number };

const ZERO = decimal('0');

/** Whether a plan may be one. Pure. */
export function decidePlan(facts: PlanFacts, draft: PlanDraft): Result<PlanContent, Code> {
  const { startsOn, endsOn } = draft;
  const tasks = draft.tasks.map((task) => taskOf(task, { startsOn, endsOn }));
  const milestones = (draft.milestones ?? []).map(milestoneOf);
  return checked(facts, { startsOn, endsOn, tasks, milestones }, 'plan');
}

/** The plan that a change makes of another, if it may. Pure. */
export function changedPlan(
  facts: PlanFacts,
  plan: PlanContent,
  change: PlanChange,
): Result<PlanContent, Code> {
  const { startsOn = plan.startsOn, endsOn = plan.endsOn } = change;
  const tasks = new Map(plan.tasks.map((task) => [task.number, task]));
  for (const [at, wish] of (change.tasks ?? []).entries()) {
    const before = tasks.get(wish.number);
    if (before === undefined && wish.name === undefined) {
      const message = `there is no task ${wish.number}: a new one has a name`;
      return bad(message, `change.tasks.${at}.name`);
    }
    tasks.set(
      wish.number,
      before === undefined
        ? taskOf({ ...wish, name: wish.name ?? '' }, { startsOn, endsOn })
        : changedTask(before, wish),
    );
  }
  const milestones = new Map(plan.milestones.map((each) => [each.number, each]));
  for (const wish of change.milestones ?? []) milestones.set(wish.number, milestoneOf(wish));
  const after = { tasks: [...tasks.values()], milestones: [...milestones.values()] };
  return checked(facts, { startsOn, endsOn, ...after }, 'change');
}

function taskOf(draft: TaskDraft, days: Pick<PlanContent, 'startsOn' | 'endsOn'>): PlanTask {
  const { number, name, parent, startsOn = days.startsOn, endsOn = days.endsOn } = draft;
  const months = (draft.months ?? []).map(monthOf);
  return { number, name, parent: parent ?? null, startsOn, endsOn, months };
}

const monthOf = ({ month, hours = ZERO, cost, revenue = ZERO }: MonthDraft): PlanMonth => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the first is a day of any month.
  month: `${month.slice(0, 8)}01` as LocalDate,
  hours,
  cost,
  revenue,
});

const milestoneOf = (draft: MilestoneDraft): PlanMilestone => ({
  number: draft.number,
  name: draft.name,
  task: draft.task ?? null,
  plannedOn: draft.plannedOn,
  amount: draft.amount ?? ZERO,
});

function changedTask(task: PlanTask, wish: Partial<TaskDraft>): PlanTask {
  const months = new Map(task.months.map((each) => [each.month, each]));
  for (const more of (wish.months ?? []).map(monthOf)) {
    const before = months.get(more.month);
    months.set(more.month, {
      month: more.month,
      hours: addDecimals(before?.hours ?? ZERO, more.hours),
      cost: addDecimals(before?.cost ?? ZERO, more.cost),
      revenue: addDecimals(before?.revenue ?? ZERO, more.revenue),
    });
  }
  return {
    number: task.number,
    name: wish.name ?? task.name,
    parent: wish.parent ?? task.parent,
    startsOn: wish.startsOn ?? task.startsOn,
    endsOn: wish.endsOn ?? task.endsOn,
    months: [...months.values()],
  };
}

/** `within` is what the request calls it: of a change only what was sent can be pointed at. */
function checked(
  facts: PlanFacts,
  plan: PlanContent,
  within: 'plan' | 'change',
): Result<PlanContent, Code> {
  const { tasks, milestones } = plan;
  const field = (list: 'tasks' | 'milestones', at: number): string =>
    within === 'plan' ? `plan.${list}.${at}` : `change.${list}`;
  if (plan.endsOn < plan.startsOn) return bad('it ends before it begins', `${within}.endsOn`);
  if (tasks.length === 0) return bad('a plan has a task', `${within}.tasks`);
  const seen = new Set<string>();
  for (const [at, task] of tasks.entries()) {
    const problem = taskProblem(facts, task, seen);
    if (problem !== undefined) return bad(problem, field('tasks', at));
    seen.add(task.number);
  }
  const numbers = new Set<string>();
  for (const [at, milestone] of milestones.entries()) {
    const { number, task, amount } = milestone;
    const isBad =
      number === '' ||
      milestone.name === '' ||
      numbers.has(number) ||
      (task !== null && !seen.has(task)) ||
      !isAmount(amount, facts.scale);
    if (isBad) {
      const message = 'a milestone has a number of its own, a name, a task that is there';
      return bad(`${message}, and an amount that can be paid`, field('milestones', at));
    }
    numbers.add(number);
  }
  return moneyProblem(facts, plan, `${within}.milestones`) ?? accept(plan);
}

/** What customers pay a fixed price for is charged by milestones, all of it. */
function moneyProblem(
  { kind }: PlanFacts,
  plan: PlanContent,
  field: string,
): Refusal<Code> | undefined {
  const charged = sumDecimals(plan.milestones.map(({ amount }) => amount));
  if (kind === 'fixed-price') {
    const { revenue } = totalsOf(plan);
    return compareDecimals(charged, revenue) === 0
      ? undefined
      : bad(`milestones charge ${charged}, ${revenue} are planned as revenue`, field);
  }
  return compareDecimals(charged, ZERO) === 0
    ? undefined
    : bad('only a fixed price is charged by milestones', field);
}

function taskProblem(
  { scale }: PlanFacts,
  task: PlanTask,
  seen: ReadonlySet<string>,
): string | undefined {
  if (task.number === '' || task.name === '' || seen.has(task.number)) {
    return 'a task has a number of its own and a name';
  }
  if (task.parent !== null && !seen.has(task.parent)) {
    return `there is no task ${task.parent} before ${task.number}`;
  }
  if (task.endsOn < task.startsOn) return 'it ends before it begins';
  const months = new Set(task.months.map(({ month }) => month));
  if (months.size < task.months.length) return 'a month is planned once';
  const isWrong = task.months.some(
    ({ hours, cost, revenue }) =>
      compareDecimals(hours, ZERO) < 0 || !isAmount(cost, scale) || !isAmount(revenue, scale),
  );
  return isWrong ? 'hours, cost and revenue are not below zero, and can be paid' : undefined;
}

const isAmount = (amount: Decimal, scale: number): boolean =>
  compareDecimals(amount, ZERO) >= 0 && compareDecimals(roundDecimal(amount, scale), amount) === 0;

const bad = (message: string, field: string): Refusal<Code> =>
  refuse('projects.bad-plan', message, field);
