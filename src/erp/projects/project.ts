import { sql } from '#database';
import type { CurrencyCode } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** How a project is paid for. */
export type ProjectKind = 'fixed-price' | 'time-and-material' | 'internal';

/** Where a project stands; people decide it. */
export type ProjectStatus = 'draft' | 'released' | 'on-hold' | 'completed' | 'closed' | 'cancelled';

/** What people do with a whole project. */
export type Step =
  | 'plan'
  | 'release'
  | 'hold'
  | 'resume'
  | 'complete'
  | 'reopen'
  | 'cancel'
  | 'close';

/** From where each step may be taken. */
export const STEPS: Readonly<Record<Step, readonly ProjectStatus[]>> = {
  plan: ['draft'],
  release: ['draft'],
  hold: ['released'],
  resume: ['on-hold'],
  complete: ['released'],
  reopen: ['completed', 'closed'],
  cancel: ['draft'],
  close: ['completed'],
};

/** A project as it stands. Amounts in the company's currency. */
export type Project = {
  readonly id: string; // What journal lines name as their project.
  readonly legalEntity: string;
  readonly number: string;
  readonly name: string;
  readonly kind: ProjectKind;
  readonly customer: string | null; // None: it is internal.
  readonly manager: string;
  readonly currency: CurrencyCode;
  readonly taxCode: string | null;
  readonly paymentTerms: string | null;
  readonly budgetCheck: 'off' | 'block'; // Block: hours above the budget are refused.
  readonly status: ProjectStatus;
  readonly planVersion: number;
  readonly baselineVersion: number | null; // The plan it was released with.
  readonly closedOn: LocalDate | null;
  readonly hours: Decimal;
  readonly timeCost: Decimal;
  readonly billed: Decimal; // Net, of bills that stand.
  readonly unbilled: Decimal; // Earned and not charged, in the books.
  readonly deferred: Decimal; // Charged and not earned, in the books.
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** A project's columns in SQL, under their names here. */
export const PROJECT_COLUMNS = sql`p.id, p.legal_entity as "legalEntity", p.number, p.name, p.kind,
  p.customer, p.manager, p.currency, p.tax_code as "taxCode", p.payment_terms as "paymentTerms",
  p.budget_check as "budgetCheck", p.decision as status, p.plan_version as "planVersion",
  p.baseline_version as "baselineVersion", p.closed_on as "closedOn", p.hours::text as hours,
  p.time_cost::text as "timeCost", p.billed::text as billed, p.unbilled::text as unbilled,
  p.deferred::text as deferred, p.version, p.created_by as "createdBy",
  p.created_at as "createdAt"`;

/** Where it is kept what people did with projects. */
export const PROJECT_EVENTS = {
  table: 'erp_projects.project_event',
  column: 'project_id',
} as const;
