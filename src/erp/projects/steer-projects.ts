import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach, noteEvents } from '#erp/company/documents';
import type { Decided } from '#erp/company/documents';
import { currencyScale } from '#kernel';
import { decidePlan } from './decide-plan.ts';
import type { PlanDraft } from './decide-plan.ts';
import type { ProjectsProblemCode } from './errors.ts';
import type { PlanContent } from './plan.ts';
import { PROJECT_EVENTS, STEPS } from './project.ts';
import type { Project, ProjectStatus, Step } from './project.ts';
import { lockProjects } from './read-projects.ts';
import { writePlans } from './write-plans.ts';

type Code = ProjectsProblemCode;

/** A project that something is to be done with. */
export type ProjectWish = {
  readonly id: string;
  readonly version?: number; // As it was seen; another one now is refused.
  readonly reason?: string;
};

/** A step as it is asked for. Planning and closing ask for more: see `planProjects`, `closeProjects`. */
export type ProjectStep = ProjectWish & { readonly step: Exclude<Step, 'plan' | 'close'> };

/** What became of a project. */
export type Steered = {
  readonly id: string;
  readonly version: number;
  readonly status: ProjectStatus;
};

const LEADS_TO: Readonly<Record<ProjectStep['step'], ProjectStatus>> = {
  release: 'released',
  hold: 'on-hold',
  resume: 'released',
  complete: 'completed',
  reopen: 'released',
  cancel: 'cancelled',
};

/** Decides for each wish whether the step may be taken with its project, and where it leads. */
export const stepEach = <W extends ProjectWish, T>(
  context: Pick<ErpContext, 'legalEntity'>,
  projects: ReadonlyMap<string, Project>,
  wishes: readonly W[],
  how: {
    readonly step: (wish: W) => Step;
    readonly decide: (project: Project, wish: W) => Result<T, Code>;
  },
): readonly Result<Decided<Project, W, T>, Code>[] =>
  decideEach(context, projects, wishes, {
    missing: 'projects.no-such-project',
    moved: 'projects.moved-on',
    decide(project: Project, wish: W): Result<T, Code> {
      const step = how.step(wish);
      if (STEPS[step].includes(project.status)) return how.decide(project, wish);
      const message = `${project.number} is ${project.status}: it cannot be made to ${step}`;
      return refuse('projects.not-in-this-state', message);
    },
  });

/** Takes steps with projects. What they are released with is the plan they are measured against. */
export async function steerProjects(
  tx: Handle,
  context: ErpContext,
  wishes: readonly ProjectStep[],
): Promise<readonly Result<Steered, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const decided = stepEach(context, await lockProjects(tx, ids), wishes, {
    step: ({ step }) => step,
    decide: (_project, { step }) => accept(LEADS_TO[step]),
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const values = good.map(({ document, to }) => ({ id: document.id, status: to }));
  await rows(
    tx,
    sql`update erp_projects.project p set decision = n.status, closed_on = null,
        baseline_version = case when n.status in ('cancelled', 'draft') then null
          else coalesce(p.baseline_version, p.plan_version) end,
        version = p.version + 1
      from ${unnested('n', { id: 'text', status: 'text' }, values)} where n.id = p.id`,
  );
  const events = good.map(({ document: { id }, wish: { step, reason = '' } }) => ({
    id,
    action: step,
    detail: { reason },
  }));
  await noteEvents(tx, context, PROJECT_EVENTS, events);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { document, to } = each.value;
    return accept({ id: document.id, version: document.version + 1, status: to });
  });
}

/** A draft's plan as it is to be instead. */
export type PlanWish = ProjectWish & { readonly plan: PlanDraft };

/** Plans drafts anew: each plan is the next version. Later ones are made by change orders. */
export async function planProjects(
  tx: Handle,
  context: ErpContext,
  wishes: readonly PlanWish[],
): Promise<readonly Result<{ readonly id: string; readonly planVersion: number }, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const decided = stepEach(context, await lockProjects(tx, ids), wishes, {
    step: () => 'plan',
    decide: ({ kind, currency }, { plan }): Result<PlanContent, Code> =>
      decidePlan({ kind, scale: currencyScale(currency) }, plan),
  });
  const plans = decided.flatMap((each) => {
    if (!each.ok) return [];
    const { document, to } = each.value;
    return [{ ...to, project: document.id, version: document.planVersion + 1 }];
  });
  await writePlans(tx, context, plans);
  await countChange(
    tx,
    plans.map(({ project }) => project),
  );
  const events = plans.map(({ project, version }) => ({
    id: project,
    action: 'plan',
    detail: { version },
  }));
  await noteEvents(tx, context, PROJECT_EVENTS, events);
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id, planVersion } = each.value.document;
    return accept({ id, planVersion: planVersion + 1 });
  });
}

/** Projects have changed: who saw them before is told so. */
export const countChange = (tx: Handle, ids: readonly string[]): Promise<unknown> =>
  rows(tx, sql`update erp_projects.project set version = version + 1 where id = any(${[...ids]})`);
