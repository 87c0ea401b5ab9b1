import { itemsOfDocuments } from '#erp/open-items';
import {
  createChangeOrders,
  createProjects,
  decideChangeOrders,
  postTimeSheets,
  reachMilestones,
  reportProgress,
  steerProjects,
} from '#erp/projects';
import { billProjects, closeProjects, recogniseRevenue } from '#erp/projects/billing';
import { releaseRevenue } from '#erp/subscriptions';
import { decimalOf } from '#kernel/decimal';
import type { PlannedMilestone, PlannedTask } from '../world/intent.ts';
import { money, pieces } from './amounts.ts';
import { book, documentOf, idOf, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

const MANAGER = 'j.brandt';
const APPROVER = 'cfo';

const tasksOf = (tasks: readonly PlannedTask[]) =>
  tasks.map(({ months, ...task }) => ({
    ...task,
    months: months.map(({ month, hours, cost, revenue }) => ({
      month,
      hours: pieces(hours),
      cost: money(cost),
      revenue: money(revenue),
    })),
  }));

const milestonesOf = (milestones: readonly PlannedMilestone[]) =>
  milestones.map((each) => ({ ...each, amount: money(each.amount) }));

/** Projects are planned and released. */
export async function bookProjects(desk: Desk, projects: readonly Of<'project'>[]): Promise<void> {
  const { tx, context, trade } = desk;
  const customers = new Map(trade.customers.map((each) => [each.number, each]));
  await book(
    desk,
    projects,
    ({ name, how: kind, customer, on, endsOn, tasks, milestones }) => ({
      name,
      kind,
      manager: MANAGER,
      ...(customer === undefined
        ? {}
        : {
            customer: idOf(desk, customer),
            taxCode: customers.get(customer)?.taxCode ?? 'OUT-STD',
          }),
      plan: {
        startsOn: on,
        endsOn,
        tasks: tasksOf(tasks),
        milestones: milestonesOf(milestones),
      },
    }),
    (drafts) => createProjects(tx, context, drafts),
  );
  const ids = projects.flatMap(({ key }) => desk.noted.get(key)?.id ?? []);
  if (ids.length === 0) return;
  const steps = ids.map((id) => ({ id, step: 'release' as const }));
  for (const each of await steerProjects(tx, context, steps)) {
    if (!each.ok) refuse(desk, each.problem.code);
  }
}

/** Somebody asks for more; another approves it, or does not. */
export async function bookChangeOrders(
  desk: Desk,
  orders: readonly Of<'change-order'>[],
): Promise<void> {
  const { tx, context } = desk;
  await book(
    desk,
    orders,
    (intent) => {
      const project = documentOf(desk, intent.project);
      if (project === undefined) return undefined;
      const { on, title, endsOn, tasks, milestones } = intent;
      const change = { endsOn, tasks: tasksOf(tasks), milestones: milestonesOf(milestones) };
      return { project: project.id, on, title, change };
    },
    (drafts) => createChangeOrders(tx, { ...context, by: MANAGER }, drafts),
  );
  const wishes = orders.flatMap(({ key, isApproved }) => {
    const id = desk.noted.get(key)?.id;
    const decision = isApproved ? ('approved' as const) : ('rejected' as const);
    return id === undefined ? [] : [{ id, decision }];
  });
  if (wishes.length === 0) return;
  for (const each of await decideChangeOrders(tx, { ...context, by: APPROVER }, wishes)) {
    if (!each.ok) refuse(desk, each.problem.code);
  }
}

/** Hours that were worked. */
export const bookTimeSheets = (desk: Desk, sheets: readonly Of<'time-sheet'>[]): Promise<void> =>
  book(
    desk,
    sheets,
    ({ person, project, on, lines }) => {
      const found = documentOf(desk, project);
      if (found === undefined) return undefined;
      return {
        resource: idOf(desk, person),
        postedOn: on,
        lines: lines.map(({ task, on: workedOn, quarters }) => ({
          project: found.id,
          task,
          workedOn,
          hours: decimalOf(BigInt(quarters * 25), 2),
        })),
      };
    },
    (drafts) => postTimeSheets(desk.tx, desk.context, drafts),
  );

/** How far projects are, and what they have reached. */
export async function bookProgress(
  desk: Desk,
  progress: readonly Of<'progress'>[],
  milestones: readonly Of<'milestone'>[],
): Promise<void> {
  const { tx, context } = desk;
  await book(
    desk,
    progress,
    ({ project, task, on, percent, costToComplete }) => {
      const found = documentOf(desk, project);
      if (found === undefined) return undefined;
      const rest = costToComplete === undefined ? {} : { costToComplete: money(costToComplete) };
      return { project: found.id, task, on, percent: pieces(percent), ...rest };
    },
    (drafts) => reportProgress(tx, context, drafts),
  );
  await book(
    desk,
    milestones,
    ({ project, milestone, on }) => {
      const found = documentOf(desk, project);
      return found === undefined ? undefined : { project: found.id, milestone, on };
    },
    (drafts) => reachMilestones(tx, context, drafts),
  );
}

/** What is reached, or was worked, is charged: of one project one bill after the other. */
export async function bookProjectBills(
  desk: Desk,
  bills: readonly Of<'project-bill'>[],
): Promise<void> {
  const { tx, context } = desk;
  const command = async (drafts: Parameters<typeof billProjects>[2]) => {
    const posted = await billProjects(tx, context, drafts);
    const invoices = posted.flatMap((each) => (each.ok ? [each.value.invoice] : []));
    const items = await itemsOfDocuments(tx, invoices);
    return posted.map((each) => {
      if (!each.ok) return each;
      const item = items.get(each.value.invoice)?.[0]?.id;
      return {
        ok: true as const,
        value: { ...each.value, ...(item === undefined ? {} : { item }) },
      };
    });
  };
  let left = bills;
  while (left.length > 0) {
    const now = new Map(left.toReversed().map((each) => [each.project, each])); // The first of each.
    await book(
      desk,
      [...now.values()],
      ({ project, milestone, hoursUntil, on }) => {
        const found = documentOf(desk, project);
        if (found === undefined) return undefined;
        const about =
          milestone === undefined ? { until: hoursUntil ?? on } : { milestones: [milestone] };
        return { id: found.id, issuedOn: on, postedOn: on, ...about };
      },
      command,
    );
    left = left.filter((each) => now.get(each.project) !== each);
  }
}

/** The work is done; and later all is paid. */
export async function endProjects(
  desk: Desk,
  done: readonly Of<'complete-project'>[],
  settled: readonly Of<'close-project'>[],
): Promise<void> {
  const { tx, context } = desk;
  await book(
    desk,
    done,
    ({ project }) => {
      const found = documentOf(desk, project);
      return found === undefined ? undefined : { id: found.id, step: 'complete' as const };
    },
    (steps) => steerProjects(tx, context, steps),
  );
  await book(
    desk,
    settled,
    ({ project, on }) => {
      const found = documentOf(desk, project);
      return found === undefined ? undefined : { id: found.id, on };
    },
    (drafts) => closeProjects(tx, context, drafts),
  );
}

/** At the end of a month revenue is what projects and subscriptions have earned. */
export async function recogniseMonths(
  desk: Desk,
  months: readonly Of<'recognise-revenue'>[],
): Promise<void> {
  const { tx, context } = desk;
  for (const { on } of months) {
    const { refused } = await recogniseRevenue(tx, context, { on });
    for (const { code } of refused) refuse(desk, code);
    for (const each of await releaseRevenue(tx, context, { through: on })) {
      if (!each.ok) refuse(desk, each.problem.code);
    }
  }
}
