import { sql } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** What people decided about a requisition. */
export type RequisitionDecision = 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn';

/** Where a requisition stands: the decision, and once approved how far it is ordered. */
export type RequisitionStatus = RequisitionDecision | 'partly-ordered' | 'ordered' | 'closed';

/** What somebody wants to be bought: an item, or what `text` says at the expense of a cost centre. */
export type RequisitionLineDraft = {
  readonly item?: string;
  readonly text?: string;
  readonly quantity: Decimal;
  readonly unit?: string; // Else the item's base unit.
  readonly neededOn: LocalDate;
  readonly estimatedPrice?: Decimal; // Company currency, per unit.
  readonly supplier?: string; // Whom the requester would ask.
  readonly warehouse?: string;
  readonly account?: string;
  readonly costCentre?: string;
  readonly project?: string;
};

/** A requisition as it is asked for. */
export type RequisitionDraft = {
  readonly requester?: string; // Else who writes it down.
  readonly issuedOn: LocalDate;
  readonly text?: string;
  readonly lines: readonly RequisitionLineDraft[];
};

/** A line as it stands. `ordered` is the sum of its order lines that are not cancelled. */
export type RequisitionLine = {
  readonly number: number;
  readonly item: string | null;
  readonly text: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly neededOn: LocalDate;
  readonly estimatedPrice: Decimal | null;
  readonly supplier: string | null;
  readonly warehouse: string | null;
  readonly account: string | null;
  readonly costCentre: string | null;
  readonly project: string | null;
  readonly ordered: Decimal;
};

/** A requisition as it stands. */
export type Requisition = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly requester: string;
  readonly decision: RequisitionDecision;
  readonly isClosed: boolean;
  readonly progress: 'open' | 'partly-ordered' | 'ordered';
  readonly issuedOn: LocalDate;
  readonly text: string;
  readonly approvedBy: string | null;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly RequisitionLine[];
};

/** The one word for where a requisition stands. */
export function requisitionStatusOf({
  decision,
  isClosed,
  progress,
}: Pick<Requisition, 'decision' | 'isClosed' | 'progress'>): RequisitionStatus {
  if (decision !== 'approved') return decision;
  if (isClosed) return 'closed';
  return progress === 'open' ? 'approved' : progress;
}

/** The same in SQL, for filters. */
export const REQUISITION_STATUS_SQL = sql`case when r.decision <> 'approved' then r.decision
  when r.is_closed then 'closed' when r.progress = 'open' then 'approved' else r.progress end`;

/** A requisition's columns in SQL, under their names here. */
export const REQUISITION_COLUMNS = sql`r.id, r.legal_entity as "legalEntity", r.number, r.requester,
  r.decision, r.is_closed as "isClosed", r.progress, r.issued_on as "issuedOn", r.text,
  r.approved_by as "approvedBy", r.version, r.created_by as "createdBy",
  r.created_at as "createdAt"`;

/** A line's columns in SQL, under their names here. */
export const REQUISITION_LINE_COLUMNS = sql`l.number, l.item, l.text, l.quantity::text as quantity,
  l.unit, l.needed_on as "neededOn", l.estimated_price::text as "estimatedPrice", l.supplier,
  l.warehouse, l.account, l.cost_centre as "costCentre", l.project, l.ordered::text as ordered`;
