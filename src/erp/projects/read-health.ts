import type { Handle } from '#database';
import { projectSums } from '#erp/ledger/reports';
import { committedTo } from '#erp/purchasing';
import { assert, currencyScale } from '#kernel';
import {
  compareDecimals,
  decimal,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { earnedValueOf } from './earned-value.ts';
import type { EarnedValue } from './earned-value.ts';
import { totalsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { progressOf } from './progress.ts';
import type { Project } from './project.ts';
import { findPlans } from './read-projects.ts';

/** How a project stands: earned value, budget and money, at the end of a day. */
export type ProjectHealth = EarnedValue & {
  readonly on: LocalDate;
  readonly planVersion: number;
  readonly plannedRevenue: Decimal;
  readonly revenue: Decimal; // In the books.
  readonly committed: Decimal; // Ordered now, and neither come nor charged.
  readonly available: Decimal; // Of the budget, now: less costs and commitments.
  readonly isOverBudget: boolean;
  readonly baselineCost: Decimal; // As it was released; the plan's own while it is a draft.
  readonly baselineEndsOn: LocalDate;
  readonly endsOn: LocalDate;
};

/** What the books show of a project. */
export async function actualsOf(
  handle: Handle,
  { id, legalEntity }: Project,
  to?: LocalDate,
): Promise<{ readonly cost: Decimal; readonly revenue: Decimal }> {
  const projects = [id];
  const wish = { legalEntity, projects, ...(to === undefined ? {} : { to }) };
  const sums = await projectSums(handle, wish);
  const of = (kind: 'income' | 'expense'): Decimal =>
    sumDecimals(sums.flatMap((each) => (each.kind === kind ? [each.amount] : [])));
  return { cost: of('expense'), revenue: negateDecimal(of('income')) };
}

/** Looks how a project stands. */
export async function projectHealth(
  handle: Handle,
  project: Project,
  on: LocalDate,
): Promise<ProjectHealth> {
  const { id, legalEntity, planVersion, baselineVersion } = project;
  const scale = currencyScale(project.currency);
  const plan = await planOf(handle, id, planVersion);
  const baseline = await planOf(handle, id, baselineVersion ?? planVersion);
  const actual = await actualsOf(handle, project, on);
  const progress = await progressOf(handle, id, on);
  const value = earnedValueOf({ on, scale, plan, progress, actualCost: actual.cost });
  const ordered = await committedTo(handle, { legalEntity, projects: [id] });
  const committed = roundDecimal(sumDecimals(ordered.map(({ amount }) => amount)), scale);
  const spent = (await actualsOf(handle, project)).cost;
  const left = subtractDecimals(subtractDecimals(value.budgetAtCompletion, spent), committed);
  const available = roundDecimal(left, scale);
  return {
    ...value,
    on,
    planVersion,
    plannedRevenue: roundDecimal(totalsOf(plan).revenue, scale),
    revenue: roundDecimal(actual.revenue, scale),
    committed,
    available,
    isOverBudget: compareDecimals(available, decimal('0')) < 0,
    baselineCost: roundDecimal(totalsOf(baseline).cost, scale),
    baselineEndsOn: baseline.endsOn,
    endsOn: plan.endsOn,
  };
}

async function planOf(handle: Handle, project: string, version: number): Promise<Plan> {
  const found = (await findPlans(handle, [{ project, version }])).get(project);
  assert(found !== undefined, `${project} has a plan ${version}`);
  return found;
}
