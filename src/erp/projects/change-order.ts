import { sql } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { Instant } from '#kernel/time';
import type { PlanChange } from './decide-plan.ts';

/** Where a change order stands. */
export type ChangeOrderStatus = 'draft' | 'approved' | 'rejected';

/** A change of the plan that is asked for; approved, it makes the next version. */
export type ChangeOrder = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly project: string;
  readonly title: string;
  readonly reason: string;
  readonly change: PlanChange;
  readonly costChange: Decimal; // Of the plan when it was written.
  readonly revenueChange: Decimal;
  readonly daysChange: number; // Of the end.
  readonly status: ChangeOrderStatus;
  readonly planVersion: number | null; // That it made.
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decisionNote: string;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** A change order's columns in SQL, under their names here. */
export const CHANGE_COLUMNS = sql`c.id, c.legal_entity as "legalEntity", c.number,
  c.project_id as project, c.title, c.reason, c.change, c.cost_change::text as "costChange",
  c.revenue_change::text as "revenueChange", c.days_change as "daysChange", c.decision as status,
  c.plan_version as "planVersion", c.decided_by as "decidedBy", c.decided_at as "decidedAt",
  c.decision_note as "decisionNote", c.version, c.created_by as "createdBy",
  c.created_at as "createdAt"`;
