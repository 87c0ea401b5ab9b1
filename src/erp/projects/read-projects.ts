import { rows, sql } from '#database';
import type { Handle } from '#database';
import { readEvents } from '#erp/company/documents';
import type { DocumentEvent } from '#erp/company/documents';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Instant, LocalDate } from '#kernel/time';
import type { Plan, PlanMilestone, PlanMonth, PlanTask } from './plan.ts';
import { PROJECT_COLUMNS, PROJECT_EVENTS } from './project.ts';
import type { Project, ProjectKind, ProjectStatus } from './project.ts';

const LIST = {
  table: 'erp_projects.project',
  alias: 'p',
  columns: {
    number: 'number',
    name: 'name',
    hours: 'hours',
    timeCost: 'time_cost',
    billed: 'billed',
  },
} as const;

/** Which projects to list. */
export type ProjectFilter = {
  readonly legalEntity?: string;
  readonly status?: ProjectStatus;
  readonly kind?: ProjectKind;
  readonly customer?: string;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

/** Projects, unless sorted otherwise the newest first. */
export const listProjects = (
  handle: Handle,
  filter: ProjectFilter,
): Promise<readonly Project[]> => {
  const { legalEntity = null, status = null, kind = null, customer = null } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-number', filter.after);
  return rows<Project>(
    handle,
    sql`select ${PROJECT_COLUMNS} from erp_projects.project p
      where (${legalEntity}::text is null or p.legal_entity = ${legalEntity})
        and (${status}::text is null or p.decision = ${status})
        and (${kind}::text is null or p.kind = ${kind})
        and (${customer}::text is null or p.customer = ${customer})
        and starts_with(p.number, ${filter.number ?? ''}) and ${isAfter}
      order by ${order} limit ${filter.limit}`,
  );
};

/** Projects by id. */
export const findProjects = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Project>> => read(handle, ids, sql``);

/** The same, locked until the transaction ends, in the order of ids so that nobody waits in a ring. */
export const lockProjects = (
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Project>> => read(tx, ids, sql`for no key update`);

async function read(
  handle: Handle,
  ids: readonly string[],
  lock: ReturnType<typeof sql>,
): Promise<ReadonlyMap<string, Project>> {
  const found = await rows<Project>(
    handle,
    sql`select ${PROJECT_COLUMNS} from erp_projects.project p
      where p.id = any(${[...new Set(ids)]}) order by p.id ${lock}`,
  );
  return new Map(found.map((project) => [project.id, project]));
}

/** What people did with a project, the oldest first. */
export const projectHistory = (handle: Handle, id: string): Promise<readonly DocumentEvent[]> =>
  readEvents(handle, PROJECT_EVENTS, id);

/** One of a project's plans, as far as a list tells. */
export type PlanHead = {
  readonly version: number;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly changeOrder: string | null; // That made it.
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** All versions of a project's plan, the oldest first. */
export const listPlans = (handle: Handle, project: string): Promise<readonly PlanHead[]> =>
  rows<PlanHead>(
    handle,
    sql`select version, starts_on as "startsOn", ends_on as "endsOn", change_order as "changeOrder",
        created_by as "createdBy", created_at as "createdAt"
      from erp_projects.plan where project_id = ${project} order by version`,
  );

type Of<T> = T & { readonly project: string; readonly version: number };

/** The plans that projects have now, by project; or the version of each that is named. */
export async function findPlans(
  handle: Handle,
  wishes: readonly { readonly project: string; readonly version: number }[],
): Promise<ReadonlyMap<string, Plan>> {
  const named = sql`(select distinct * from unnest(${wishes.map(({ project }) => project)}::text[],
    ${wishes.map(({ version }) => version)}::integer[]) as w(project_id, version)) w`;
  const heads = await rows<Of<Pick<Plan, 'startsOn' | 'endsOn'>>>(
    handle,
    sql`select p.project_id as project, p.version, p.starts_on as "startsOn", p.ends_on as "endsOn"
      from erp_projects.plan p join ${named} using (project_id, version)`,
  );
  const tasks = await rows<Of<Omit<PlanTask, 'months'>>>(
    handle,
    sql`select t.project_id as project, t.version, t.number, t.name, t.parent,
        t.starts_on as "startsOn", t.ends_on as "endsOn"
      from erp_projects.plan_task t join ${named} using (project_id, version) order by t.position`,
  );
  const months = await rows<Of<PlanMonth> & { readonly task: string }>(
    handle,
    sql`select m.project_id as project, m.version, m.task, m.month, m.hours::text as hours,
        m.cost::text as cost, m.revenue::text as revenue
      from erp_projects.plan_month m join ${named} using (project_id, version) order by m.month`,
  );
  const milestones = await rows<Of<PlanMilestone>>(
    handle,
    sql`select m.project_id as project, m.version, m.number, m.name, m.task,
        m.planned_on as "plannedOn", m.amount::text as amount
      from erp_projects.plan_milestone m join ${named} using (project_id, version)
      order by m.planned_on, m.number`,
  );
  const monthsOf = Map.groupBy(months, ({ project, task }) => `${project} ${task}`);
  const tasksOf = Map.groupBy(tasks, ({ project }) => project);
  const milestonesOf = Map.groupBy(milestones, ({ project }) => project);
  const plans = heads.map((head): [string, Plan] => [
    head.project,
    {
      ...head,
      tasks: (tasksOf.get(head.project) ?? []).map(({ project, version: _version, ...task }) => ({
        ...task,
        months: (monthsOf.get(`${project} ${task.number}`) ?? []).map(
          ({ month, hours, cost, revenue }) => ({ month, hours, cost, revenue }),
        ),
      })),
      milestones: (milestonesOf.get(head.project) ?? []).map(
        ({ project: _project, version: _version, ...milestone }) => milestone,
      ),
    },
  ]);
  return new Map(plans);
}

/** The plans that these projects have now. */
export const plansNow = (
  handle: Handle,
  projects: Iterable<Project>,
): Promise<ReadonlyMap<string, Plan>> =>
  findPlans(
    handle,
    [...projects].map(({ id, planVersion }) => ({ project: id, version: planVersion })),
  );
