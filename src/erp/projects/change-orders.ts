import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach, noteEvents } from '#erp/company/documents';
import { currencyScale, newId } from '#kernel';
import { compareDecimals, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { daysBetween, millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { CHANGE_COLUMNS } from './change-order.ts';
import type { ChangeOrder, ChangeOrderStatus } from './change-order.ts';
import { changedPlan } from './decide-plan.ts';
import type { PlanChange } from './decide-plan.ts';
import type { ProjectsProblemCode } from './errors.ts';
import { totalsOf } from './plan.ts';
import type { Plan, PlanContent } from './plan.ts';
import { reachedOf } from './progress.ts';
import type { Reached } from './progress.ts';
import { PROJECT_EVENTS } from './project.ts';
import type { Project } from './project.ts';
import { lockProjects, plansNow } from './read-projects.ts';
import { countChange } from './steer-projects.ts';
import { writePlans } from './write-plans.ts';

type Code = ProjectsProblemCode;

/** A change order as it is asked for. */
export type ChangeOrderDraft = {
  readonly project: string;
  readonly on: LocalDate;
  readonly title: string;
  readonly reason?: string;
  readonly change: PlanChange;
};

/** What somebody else decides about a change order. */
export type ChangeDecision = {
  readonly id: string;
  readonly version?: number;
  readonly decision: Exclude<ChangeOrderStatus, 'draft'>;
  readonly note?: string;
};

type Facts = {
  readonly projects: ReadonlyMap<string, Project>;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly reached: readonly Reached[];
};

const OPEN = new Set(['released', 'on-hold']);
const COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  project_id: 'text',
  title: 'text',
  reason: 'text',
  change: 'jsonb',
  cost_change: 'numeric',
  revenue_change: 'numeric',
  days_change: 'integer',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Asks for changes of plans. Nothing changes before somebody else approves them. */
export async function createChangeOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ChangeOrderDraft[],
): Promise<readonly Result<{ readonly id: string; readonly number: string }, Code>[]> {
  const { by, clock, legalEntity } = context;
  const facts = await readFacts(
    tx,
    drafts.map(({ project }) => project),
  );
  const decided = drafts.map((draft) => {
    const result = changeOf(facts, legalEntity, draft);
    return result.ok ? accept({ draft, ...result.value }) : result;
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const days = good.map(({ draft }) => draft.on);
  const numbers = await takeNumbersOn(tx, legalEntity, 'CO', days);
  const now = clock();
  const values = good.map(({ draft, before, after }, at) => ({
    id: newId('co', millisecondsOf(now)),
    legal_entity: legalEntity,
    number: numbers[at] ?? '',
    project_id: draft.project,
    title: draft.title,
    reason: draft.reason ?? '',
    change: JSON.stringify(draft.change),
    cost_change: subtractDecimals(totalsOf(after).cost, totalsOf(before).cost),
    revenue_change: subtractDecimals(totalsOf(after).revenue, totalsOf(before).revenue),
    days_change: daysBetween(before.endsOn, after.endsOn),
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_projects.change_order', COLUMNS, values);
  const made = values.values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number = '' } = made.next().value ?? {};
    return accept({ id, number });
  });
}

/**
 * Decides change orders. An approved one is applied to the plan as it is now, and makes its next
 * version; the versions before stay as they were. Who asked does not approve.
 */
export async function decideChangeOrders(
  tx: Handle,
  context: ErpContext,
  wishes: readonly ChangeDecision[],
): Promise<readonly Result<{ readonly id: string; readonly planVersion: number | null }, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const first = await rows<{ project: string }>(
    tx,
    sql`select project_id as project from erp_projects.change_order where id = any(${ids})`,
  );
  const facts = await readFacts(
    tx,
    first.map(({ project }) => project),
  );
  const plans = new Map(facts.plans); // Approved before in this call is seen.
  const decided = decideEach(context, await lockChangeOrders(tx, ids), wishes, {
    missing: 'projects.no-such-change-order',
    moved: 'projects.moved-on',
    decide: (order: ChangeOrder, wish: ChangeDecision): Result<Plan | undefined, Code> => {
      const result = decideChange({ ...facts, plans }, context, { order, wish });
      if (result.ok && result.value !== undefined) plans.set(order.project, result.value);
      return result;
    },
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  for (const { to, document } of good) {
    if (to !== undefined) await writePlans(tx, context, [{ ...to, changeOrder: document.id }]);
  }
  await writeDecisions(
    tx,
    context,
    good.map(({ document, wish, to }) => ({ order: document, wish, planVersion: to?.version })),
  );
  return decided.map((each) =>
    each.ok
      ? accept({ id: each.value.document.id, planVersion: each.value.to?.version ?? null })
      : each,
  );
}

async function readFacts(tx: Handle, ids: readonly string[]): Promise<Facts> {
  const projects = await lockProjects(tx, ids);
  const plans = await plansNow(tx, projects.values());
  return { projects, plans, reached: await reachedOf(tx, [...projects.keys()]) };
}

async function lockChangeOrders(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChangeOrder>> {
  const found = await rows<ChangeOrder>(
    tx,
    sql`select ${CHANGE_COLUMNS} from erp_projects.change_order c
      where c.id = any(${[...ids]}) order by c.id for no key update`,
  );
  return new Map(found.map((order) => [order.id, order]));
}

/** The plan as it is and as it would be. What was charged for a milestone stays its amount. */
function changeOf(
  { projects, plans, reached }: Facts,
  legalEntity: string,
  { project: id, change }: { readonly project: string; readonly change: PlanChange },
): Result<{ readonly before: Plan; readonly after: PlanContent }, Code> {
  const [project, before] = [projects.get(id), plans.get(id)];
  if (project?.legalEntity !== legalEntity || before === undefined) {
    return refuse('projects.no-such-project', `there is no project ${id}`, 'project');
  }
  if (!OPEN.has(project.status)) {
    const message = `${project.number} is ${project.status}: its plan is not changed by orders`;
    return refuse('projects.not-in-this-state', message, 'project');
  }
  const scale = currencyScale(project.currency);
  const after = changedPlan({ kind: project.kind, scale }, before, change);
  if (!after.ok) return after;
  const charged = reached.find(({ project: of, milestone, bill }) => {
    const [was, is] = [amountOf(before, milestone), amountOf(after.value, milestone)];
    return of === id && bill !== null && was !== undefined && is !== undefined
      ? compareDecimals(was, is) !== 0
      : false;
  });
  return charged === undefined
    ? accept({ before, after: after.value })
    : refuse('projects.settled', `milestone ${charged.milestone} was charged`, 'change.milestones');
}

function decideChange(
  facts: Facts,
  { by, legalEntity }: ErpContext,
  of: { readonly order: ChangeOrder; readonly wish: ChangeDecision },
): Result<Plan | undefined, Code> {
  const { order, wish } = of;
  if (order.status !== 'draft') {
    return refuse('projects.not-in-this-state', `${order.number} is ${order.status}`);
  }
  if (wish.decision === 'rejected') return accept(undefined);
  if (order.createdBy === by) {
    return refuse('projects.four-eyes', 'who asks for a change does not approve it');
  }
  const changed = changeOf(facts, legalEntity, order);
  if (!changed.ok) return changed;
  const { before, after } = changed.value;
  return accept({ ...after, project: order.project, version: before.version + 1 });
}

type Decision = {
  readonly order: ChangeOrder;
  readonly wish: ChangeDecision;
  readonly planVersion: number | undefined;
};

async function writeDecisions(
  tx: Handle,
  context: ErpContext,
  decisions: readonly Decision[],
): Promise<void> {
  const { by, clock } = context;
  const values = decisions.map(({ order, wish, planVersion }) => ({
    id: order.id,
    decision: wish.decision,
    plan_version: planVersion,
    note: wish.note ?? '',
  }));
  const columns = { id: 'text', decision: 'text', plan_version: 'integer', note: 'text' } as const;
  await rows(
    tx,
    sql`update erp_projects.change_order c set decision = n.decision, plan_version = n.plan_version,
        decision_note = n.note, decided_by = ${by}, decided_at = ${clock()}, version = c.version + 1
      from ${unnested('n', columns, values)} where n.id = c.id`,
  );
  const events = decisions.map(({ order, wish, planVersion }) => ({
    id: order.project,
    action: `change-${wish.decision}`,
    detail: { changeOrder: order.number, planVersion: planVersion ?? null },
  }));
  await noteEvents(tx, context, PROJECT_EVENTS, events);
  await countChange(
    tx,
    decisions.map(({ order }) => order.project),
  );
}

const amountOf = ({ milestones }: PlanContent, number: string): Decimal | undefined =>
  milestones.find((each) => each.number === number)?.amount;
