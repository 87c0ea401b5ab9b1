import { insertRows } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import type { Plan } from './plan.ts';

const TASK = {
  project_id: 'text',
  version: 'integer',
  number: 'text',
  position: 'integer',
  name: 'text',
  parent: 'text',
  starts_on: 'date',
  ends_on: 'date',
} as const;
const MONTH = {
  project_id: 'text',
  version: 'integer',
  task: 'text',
  month: 'date',
  hours: 'numeric',
  cost: 'numeric',
  revenue: 'numeric',
} as const;
const MILESTONE = {
  project_id: 'text',
  version: 'integer',
  number: 'text',
  name: 'text',
  task: 'text',
  planned_on: 'date',
  amount: 'numeric',
} as const;
const PLAN = {
  project_id: 'text',
  version: 'integer',
  starts_on: 'date',
  ends_on: 'date',
  change_order: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Writes plans, each the next version of its project's. */
export async function writePlans(
  tx: Handle,
  { by, clock }: ErpContext,
  plans: readonly (Plan & { readonly changeOrder?: string })[],
): Promise<void> {
  const now = clock();
  const keyed = plans.map((plan) => ({
    plan,
    key: { project_id: plan.project, version: plan.version },
  }));
  const heads = keyed.map(({ plan, key }) => ({
    ...key,
    starts_on: plan.startsOn,
    ends_on: plan.endsOn,
    change_order: plan.changeOrder,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_projects.plan', PLAN, heads);
  const tasks = keyed.flatMap(({ plan, key }) =>
    plan.tasks.map(({ number, name, parent, startsOn, endsOn }, position) => ({
      ...key,
      number,
      position,
      name,
      parent,
      starts_on: startsOn,
      ends_on: endsOn,
    })),
  );
  await insertRows(tx, 'erp_projects.plan_task', TASK, tasks);
  const months = keyed.flatMap(({ plan, key }) =>
    plan.tasks.flatMap((task) =>
      task.months.map((each) => ({ ...key, task: task.number, ...each })),
    ),
  );
  await insertRows(tx, 'erp_projects.plan_month', MONTH, months);
  const milestones = keyed.flatMap(({ plan, key }) =>
    plan.milestones.map(({ number, name, task, plannedOn, amount }) => ({
      ...key,
      number,
      name,
      task,
      planned_on: plannedOn,
      amount,
    })),
  );
  await insertRows(tx, 'erp_projects.plan_milestone', MILESTONE, milestones);
}
