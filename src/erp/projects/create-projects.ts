import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, companyCurrencyOf, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { noteEvents } from '#erp/company/documents';
import { customerFacts } from '#erp/parties';
import type { Party } from '#erp/parties';
import { currencyScale, newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { decidePlan } from './decide-plan.ts';
import type { PlanDraft } from './decide-plan.ts';
import type { ProjectsProblemCode } from './errors.ts';
import type { PlanContent } from './plan.ts';
import { PROJECT_EVENTS } from './project.ts';
import type { Project, ProjectKind } from './project.ts';
import { writePlans } from './write-plans.ts';

type Code = ProjectsProblemCode;

/** A project as it is asked for. */
export type ProjectDraft = {
  readonly name: string;
  readonly kind: ProjectKind;
  readonly customer?: string; // None: it is internal.
  readonly manager?: string;
  readonly taxCode?: string;
  readonly paymentTerms?: string;
  readonly budgetCheck?: Project['budgetCheck'];
  readonly plan: PlanDraft;
};

const PROJECT = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  name: 'text',
  kind: 'text',
  customer: 'text',
  manager: 'text',
  currency: 'text',
  tax_code: 'text',
  payment_terms: 'text',
  budget_check: 'text',
  decision: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

type Decided = { readonly draft: ProjectDraft; readonly plan: PlanContent };

/** Writes projects with their first plan. Nothing is posted to them before they are released. */
export async function createProjects(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ProjectDraft[],
): Promise<readonly Result<{ readonly id: string; readonly number: string }, Code>[]> {
  const { by, clock, legalEntity } = context;
  const currency = await companyCurrencyOf(tx, legalEntity);
  const customers = await customerFacts(
    tx,
    drafts.flatMap(({ customer }) => customer ?? []),
  );
  const scale = currencyScale(currency);
  const decided = drafts.map((draft) => decideProject({ customers, legalEntity, scale }, draft));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const days = good.map(({ plan }) => plan.startsOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'PJ', days);
  const now = clock();
  const made = good.map((each, at) => ({
    ...each,
    id: newId('pj', millisecondsOf(now)),
    number: numbers[at] ?? '',
  }));
  const values = made.map(({ id, number, draft }) => ({
    id,
    legal_entity: legalEntity,
    number,
    name: draft.name,
    kind: draft.kind,
    customer: draft.customer,
    manager: draft.manager ?? '',
    currency,
    tax_code: draft.taxCode,
    payment_terms: draft.paymentTerms,
    budget_check: draft.budgetCheck ?? 'off',
    decision: 'draft',
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_projects.project', PROJECT, values);
  await writePlans(
    tx,
    context,
    made.map(({ id, plan }) => ({ ...plan, project: id, version: 1 })),
  );
  const events = made.map(({ id, draft: { name } }) => ({
    id,
    action: 'created',
    detail: { name },
  }));
  await noteEvents(tx, context, PROJECT_EVENTS, events);
  const created = made.values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number = '' } = created.next().value ?? {};
    return accept({ id, number });
  });
}

/** Whether a project may be one. Pure. */
function decideProject(
  facts: {
    readonly customers: ReadonlyMap<string, Party>;
    readonly legalEntity: string;
    readonly scale: number;
  },
  draft: ProjectDraft,
): Result<Decided, Code> {
  const { kind, customer } = draft;
  if (draft.name === '') return refuse('projects.bad-project', 'a project has a name', 'name');
  if ((kind === 'internal') !== (customer === undefined)) {
    const message = 'an internal project has no customer, any other has one';
    return refuse('projects.bad-project', message, 'customer');
  }
  if (customer !== undefined && facts.customers.get(customer)?.legalEntity !== facts.legalEntity) {
    return refuse('projects.no-such-customer', `there is no customer ${customer}`, 'customer');
  }
  const plan = decidePlan({ kind, scale: facts.scale }, draft.plan);
  return plan.ok ? accept({ draft, plan: plan.value }) : plan;
}
