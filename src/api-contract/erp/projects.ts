import { z } from 'zod';
import { Day, Moment, Said } from '../common.ts';
import { PROJECT_WORK_ROUTES } from './project-work.ts';
import {
  acts,
  AmountIn,
  BETWEEN,
  Changed,
  creates,
  DayIn,
  Numbered,
  pages,
  shows,
  sort,
  tells,
  text,
  version,
} from './shapes.ts';

const Kind = z.enum(['fixed-price', 'time-and-material', 'internal']);
const Status = z.enum(['draft', 'released', 'on-hold', 'completed', 'closed', 'cancelled']);
const Project = z.object({
  id: z.string(), // What lines of documents name as their project.
  legalEntity: z.string(),
  number: z.string(),
  name: z.string(),
  kind: Kind,
  customer: z.string().nullable(),
  manager: z.string(),
  currency: z.string(), // The company's.
  taxCode: z.string().nullable(),
  paymentTerms: z.string().nullable(),
  budgetCheck: z.enum(['off', 'block']),
  status: Status,
  planVersion: z.number().int(),
  baselineVersion: z.number().int().nullable(), // The plan it was released with.
  closedOn: Day.nullable(),
  hours: z.string(),
  timeCost: z.string(),
  billed: z.string(),
  unbilled: z.string(), // Earned and not charged, in the books.
  deferred: z.string(), // Charged and not earned, in the books.
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
});
const Milestone = z.object({
  number: z.string(),
  name: z.string(),
  task: z.string().nullable(),
  plannedOn: Day,
  amount: z.string(), // That is charged when it is reached.
});
const Plan = z.object({
  version: z.number().int(),
  startsOn: Day,
  endsOn: Day,
  tasks: z
    .array(
      z.object({
        number: z.string(),
        name: z.string(),
        parent: z.string().nullable(),
        startsOn: Day,
        endsOn: Day,
        months: z
          .array(z.object({ month: Day, hours: z.string(), cost: z.string(), revenue: z.string() }))
          .readonly(),
      }),
    )
    .readonly(),
  milestones: z.array(Milestone).readonly(),
});
const PlanVersion = z.object({
  version: z.number().int(),
  startsOn: Day,
  endsOn: Day,
  changeOrder: z.string().nullable(), // That made it.
  createdBy: z.string(),
  createdAt: Moment,
});
const Reached = z.object({
  milestone: z.string(),
  reachedOn: Day,
  bill: z.string().nullable(), // That charged it.
});
const Event = z.object({
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
  by: z.string(),
  at: Moment,
});
const months = z
  .array(
    z.strictObject({
      month: DayIn, // Any day of it.
      hours: AmountIn.exactOptional(),
      cost: AmountIn,
      revenue: AmountIn.exactOptional(),
    }),
  )
  .max(240)
  .exactOptional();
const TASK = {
  number: text(20),
  parent: text(20).exactOptional(),
  startsOn: DayIn.exactOptional(),
  endsOn: DayIn.exactOptional(),
  months,
} as const;
const milestones = z
  .array(
    z.strictObject({
      number: text(20),
      name: text(200),
      task: text(20).exactOptional(),
      plannedOn: DayIn,
      amount: AmountIn.exactOptional(),
    }),
  )
  .max(200)
  .exactOptional();
const NewPlan = z.strictObject({
  startsOn: DayIn,
  endsOn: DayIn,
  tasks: z
    .array(z.strictObject({ ...TASK, name: text(200) }))
    .min(1)
    .max(500),
  milestones, // Of a fixed price: they charge all of its revenue.
});
const PlanChange = z.strictObject({
  startsOn: DayIn.exactOptional(),
  endsOn: DayIn.exactOptional(),
  tasks: z
    .array(z.strictObject({ ...TASK, name: text(200).exactOptional() })) // Months: more, or less.
    .max(500)
    .exactOptional(),
  milestones,
});
const SeenChange = z.record(z.string(), z.unknown());
const Health = z.object({
  on: Day,
  planVersion: z.number().int(),
  budgetAtCompletion: z.string(),
  plannedValue: z.string(),
  earnedValue: z.string(),
  actualCost: z.string(),
  percentComplete: z.string(),
  costVariance: z.string(),
  scheduleVariance: z.string(),
  costPerformance: z.string().nullable(), // CPI.
  schedulePerformance: z.string().nullable(), // SPI.
  estimateToComplete: z.string(),
  estimateAtCompletion: z.string(),
  varianceAtCompletion: z.string(),
  plannedRevenue: z.string(),
  revenue: z.string(), // In the books.
  committed: z.string(), // Ordered now, and neither come nor charged.
  available: z.string(), // Of the budget, now.
  isOverBudget: z.boolean(),
  baselineCost: z.string(),
  baselineEndsOn: Day,
  endsOn: Day,
});
const Actual = z.object({
  id: z.string(),
  entry: z.string(),
  entryNumber: z.string(),
  postedOn: Day,
  account: z.string(),
  kind: z.enum(['income', 'expense']),
  amount: z.string(), // A debit is above zero.
  party: z.string().nullable(),
  item: z.string().nullable(),
  text: z.string(),
  said: Said.exactOptional(), // The text for other languages; what a person worded has none.
  sourceKind: z.string(),
  sourceId: z.string(),
  sourceNumber: z.string(),
});
const ChangeStatus = z.enum(['draft', 'approved', 'rejected']);
const ChangeOrder = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  project: z.string(),
  title: z.string(),
  reason: z.string(),
  change: SeenChange,
  costChange: z.string(),
  revenueChange: z.string(),
  daysChange: z.number().int(), // Of the end.
  status: ChangeStatus,
  planVersion: z.number().int().nullable(), // That it made.
  decidedBy: z.string().nullable(),
  decidedAt: Moment.nullable(),
  decisionNote: z.string(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
});
const ListedChangeOrder = ChangeOrder.extend({
  projectNumber: z.string(),
  projectName: z.string(),
});
const Made = z.object({ id: z.string() });
const Steered = Changed.extend({ status: Status });

/** Routes about projects: plans, progress, change orders; and the work on them. */
export const PROJECTS_ROUTES = {
  ...PROJECT_WORK_ROUTES,
  listProjects: pages('projects', Project, {
    status: Status.exactOptional(),
    kind: Kind.exactOptional(),
    customer: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['number', 'name', 'hours', 'timeCost', 'billed']),
  }),
  getProject: shows(
    'projects/:id',
    z.strictObject({
      project: Project,
      plan: Plan,
      reached: z.array(Reached).readonly(),
      plans: z.array(PlanVersion).readonly(),
      history: z.array(Event).readonly(),
    }),
  ),
  getProjectPlan: tells('project-plans', Plan, {
    project: text(100),
    version: z.coerce.number().int().min(1),
  }),
  getProjectHealth: tells('project-health', Health, { project: text(100), on: DayIn }),
  listProjectActuals: pages('project-actuals', Actual, { ...BETWEEN, project: text(100) }),
  createProject: creates(
    'projects',
    z.strictObject({
      name: z.string().trim().min(1).max(200),
      kind: Kind,
      customer: text(100).exactOptional(), // None: it is internal.
      manager: text(100).exactOptional(),
      taxCode: text(30).exactOptional(),
      paymentTerms: text(30).exactOptional(),
      budgetCheck: z.enum(['off', 'block']).exactOptional(), // Block: hours above it are refused.
      plan: NewPlan,
    }),
    Numbered,
  ),
  planProject: acts(
    'projects/:id/plan',
    z.strictObject({ version, plan: NewPlan }),
    z.object({ id: z.string(), planVersion: z.number().int() }),
  ),
  stepProject: acts(
    'projects/:id/steps',
    z.strictObject({
      step: z.enum(['release', 'hold', 'resume', 'complete', 'reopen', 'cancel']),
      version,
      reason: text(500).exactOptional(),
    }),
    Steered,
  ),
  closeProject: acts(
    'projects/:id/close',
    z.strictObject({ version, on: DayIn, reason: text(500).exactOptional() }),
    Steered,
  ),
  reportProjectProgress: acts(
    'projects/:id/progress',
    z.strictObject({
      task: text(20),
      on: DayIn,
      percent: AmountIn,
      costToComplete: AmountIn.exactOptional(), // Else as it went so far.
      note: text(500).exactOptional(),
    }),
    Made,
  ),
  reachProjectMilestone: acts(
    'projects/:id/milestones',
    z.strictObject({ milestone: text(20), on: DayIn }),
    Made,
  ),
  listProjectChangeOrders: pages('project-change-orders', ListedChangeOrder, {
    project: text(100).exactOptional(),
    status: ChangeStatus.exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['number', 'title', 'costChange', 'revenueChange', 'daysChange']),
  }),
  createProjectChangeOrder: creates(
    'project-change-orders',
    z.strictObject({
      project: text(100),
      on: DayIn,
      title: z.string().trim().min(1).max(200),
      reason: text(1000).exactOptional(),
      change: PlanChange,
    }),
    Numbered,
  ),
  decideProjectChangeOrder: acts(
    'project-change-orders/:id/decision',
    z.strictObject({
      decision: z.enum(['approved', 'rejected']),
      version,
      note: text(500).exactOptional(),
    }),
    z.object({ id: z.string(), planVersion: z.number().int().nullable() }),
  ),
} as const;
