import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse } from '#erp/company';
import type { Booked, ErpContext, Problem, Result } from '#erp/company';
import { noteEvents } from '#erp/company/documents';
import { itemsOfDocuments, openOf } from '#erp/open-items';
import { committedTo } from '#erp/purchasing';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { chargeableHours, standingBills } from './bill.ts';
import { listChangeOrders } from './read-change-orders.ts';
import type { ProjectsProblemCode } from './errors.ts';
import { isCharged } from './plan.ts';
import type { Plan } from './plan.ts';
import { reachedOf } from './progress.ts';
import { PROJECT_EVENTS } from './project.ts';
import type { Project } from './project.ts';
import { lockProjects, plansNow } from './read-projects.ts';
import { chargedOf, postRecognitions } from './recognise-revenue.ts';
import { settledPosition } from './recognition.ts';
import { stepEach } from './steer-projects.ts';
import type { ProjectWish, Steered } from './steer-projects.ts';

type Code = ProjectsProblemCode;
type Reason = NonNullable<Problem['reasons']>[number];

/** A project that is to be closed. */
export type CloseDraft = ProjectWish & { readonly on: LocalDate };

const ZERO = decimal('0');

/**
 * Closes completed projects of which everything is charged, paid and decided, and nothing is on order.
 * What the books show as unbilled or deferred is settled: a project has earned what it was charged.
 */
export const closeProjects = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly CloseDraft[],
): Promise<readonly Result<Steered, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookClosings(tx, context, asked));

async function bookClosings(
  tx: Handle,
  context: ErpContext,
  drafts: readonly CloseDraft[],
): Promise<Booked<Steered, Code>> {
  const ids = drafts.map(({ id }) => id);
  const projects = await lockProjects(tx, ids);
  const open = await openReasons(tx, context, projects);
  const decided = stepEach(context, projects, drafts, {
    step: () => 'close',
    decide: ({ id, number }): Result<undefined, Code> => {
      const reasons = open.get(id) ?? [];
      if (reasons.length === 0) return accept(undefined);
      const refusal = refuse<Code>('projects.not-closable', `${number} is not settled`);
      return { ok: false, problem: { ...refusal.problem, reasons } };
    },
  });
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const targets = [];
  for (const { document: project, wish } of good) {
    const charged = await chargedOf(tx, project, wish.on);
    targets.push({ project, on: wish.on, position: settledPosition(decimal('100'), charged) });
  }
  const settled = await postRecognitions(tx, context, targets);
  const late = new Map(
    settled.flatMap((each, at) => (each.ok ? [] : [[places[at] ?? -1, each] as const])),
  );
  if (late.size > 0) return { results: [], late };
  const closed = good.map(({ document, wish }) => ({ id: document.id, on: wish.on }));
  const after = await rows<Steered>(
    tx,
    sql`update erp_projects.project p set decision = 'closed', closed_on = n."on",
        version = p.version + 1
      from ${unnested('n', { id: 'text', on: 'date' }, closed)} where n.id = p.id
      returning p.id, p.version, p.decision as status`,
  );
  const events = good.map(({ document: { id }, wish: { reason = '' } }) => ({
    id,
    action: 'close',
    detail: { reason },
  }));
  await noteEvents(tx, context, PROJECT_EVENTS, events);
  const steered = new Map(after.map((each) => [each.id, each]));
  const results = decided.map((each): Result<Steered, Code> => {
    if (!each.ok) return each;
    const { id, version } = each.value.document;
    return accept(steered.get(id) ?? { id, version, status: 'closed' });
  });
  return { results, late };
}

/** What speaks against closing projects. */
async function openReasons(
  tx: Handle,
  context: ErpContext,
  projects: ReadonlyMap<string, Project>,
): Promise<ReadonlyMap<string, readonly Reason[]>> {
  const { legalEntity } = context;
  const ids = [...projects.keys()];
  const plans = await plansNow(tx, projects.values());
  const hours = await chargeableHours(tx, { projects: ids });
  const reached = await reachedOf(tx, ids);
  const orders = await committedTo(tx, { legalEntity, projects: ids });
  const bills = await standingBills(tx, ids);
  const items = await itemsOfDocuments(
    tx,
    bills.map(({ invoice }) => invoice),
  );
  const reasons = new Map<string, readonly Reason[]>();
  for (const id of ids) {
    const drafts = await listChangeOrders(tx, { project: id, status: 'draft', limit: 1 });
    const billed = new Set(
      reached.flatMap((each) =>
        each.project === id && each.bill !== null ? [each.milestone] : [],
      ),
    );
    const unpaid = bills.filter(
      ({ project, invoice }) =>
        project === id &&
        (items.get(invoice) ?? []).some((item) => compareDecimals(openOf(item), ZERO) !== 0),
    );
    const ordered = orders.filter(({ project }) => project === id);
    const found: readonly Reason[] = [
      ...(hours.some(({ project }) => project === id)
        ? [because('nothing-to-bill', 'hours are not charged')]
        : []),
      ...unbilledMilestones(plans.get(id), billed),
      ...unpaid.map(({ invoiceNumber }) => because('settled', `${invoiceNumber} is not paid`)),
      ...ordered.map(({ number, line }) => because('settled', `line ${line} of ${number} is open`)),
      ...drafts.map(({ number }) => because('not-in-this-state', `${number} is not decided`)),
    ];
    reasons.set(id, found);
  }
  return reasons;
}

const unbilledMilestones = (
  plan: Plan | undefined,
  billed: ReadonlySet<string>,
): readonly Reason[] =>
  (plan?.milestones ?? [])
    .filter((milestone) => isCharged(milestone) && !billed.has(milestone.number))
    .map(({ number }) => because('nothing-to-bill', `milestone ${number} is not charged`));

const because = (
  code: 'nothing-to-bill' | 'settled' | 'not-in-this-state',
  message: string,
): Reason => ({ code: `projects.${code}`, message });
