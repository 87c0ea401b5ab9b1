import { sql } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** What people decided about an order. */
export type Decision = 'planned' | 'released' | 'cancelled' | 'closed';

/** How far it has come; computed from what was posted. */
export type Progress = 'open' | 'in-progress' | 'completed';

/** Where an order stands. */
export type WorkOrderStatus = Decision | Exclude<Progress, 'open'>;

/** A step of an order, frozen at release. What was done is the sum of its confirmations. */
export type Operation = {
  readonly number: number;
  readonly kind: 'inside' | 'outside';
  readonly name: string;
  readonly workCentre: string | null;
  readonly setupSeconds: number;
  readonly runSeconds: Decimal; // For `baseQuantity`.
  readonly baseQuantity: Decimal;
  readonly machineRate: Decimal; // Planned, an hour.
  readonly labourRate: Decimal;
  readonly supplier: string | null;
  readonly supplierWarehouse: string | null;
  readonly unitPrice: Decimal | null; // Planned; company currency.
  readonly good: Decimal;
  readonly scrap: Decimal;
  readonly rework: Decimal;
  readonly setupDone: number;
  readonly runDone: number;
  readonly labourDone: number;
  readonly downDone: number;
  readonly isFinal: boolean;
  readonly shipped: Decimal; // To the supplier.
  readonly cost: Decimal; // Machine, labour and supplier.
};

/** What an order needs, frozen at release. */
export type Component = {
  readonly number: number;
  readonly operation: number;
  readonly item: string;
  readonly required: Decimal; // For the whole order, in the item's base unit.
  readonly unitCost: Decimal; // Planned.
  readonly isBackflushed: boolean;
  readonly issued: Decimal;
  readonly issuedValue: Decimal;
};

/** An order to make something, as it stands. Amounts in the company's currency. */
export type WorkOrder = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly item: string;
  readonly quantity: Decimal; // That is begun with, in the item's base unit.
  readonly warehouse: string;
  readonly decision: Decision;
  readonly progress: Progress;
  readonly plannedStartOn: LocalDate;
  readonly plannedEndOn: LocalDate;
  readonly frozenEndOn: LocalDate | null; // As planned when it was released.
  readonly bom: string | null;
  readonly routing: string | null;
  readonly batch: string | null;
  readonly salesOrder: string | null;
  readonly salesOrderLine: number | null;
  readonly project: string | null;
  readonly text: string;
  readonly overPercentMax: Decimal;
  readonly unitCost: Decimal | null; // Planned, frozen at release.
  readonly releasedAt: Instant | null;
  readonly closedOn: LocalDate | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly good: Decimal; // Of the last operation.
  readonly received: Decimal;
  readonly wip: Decimal;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly operations: readonly Operation[];
  readonly components: readonly Component[];
};

/** The one word for where an order stands. */
export const statusOf = ({
  decision,
  progress,
}: Pick<WorkOrder, 'decision' | 'progress'>): WorkOrderStatus =>
  decision === 'released' && progress !== 'open' ? progress : decision;

/** The same in SQL, for filters. */
export const STATUS_SQL = sql`case when o.decision = 'released' and o.progress <> 'open'
  then o.progress else o.decision end`;

/** Whether an order `o` should have been finished before a day and is not, in SQL. */
export const isLate = (on: LocalDate) => sql<boolean>`(o.decision in ('planned', 'released')
  and o.progress <> 'completed' and o.planned_end_on < ${on}::date)`;

/** An order's columns in SQL, under their names here. */
export const ORDER_COLUMNS = sql`o.id, o.legal_entity as "legalEntity", o.number, o.item,
  o.quantity::text as quantity, o.warehouse, o.decision, o.progress,
  o.planned_start_on as "plannedStartOn", o.planned_end_on as "plannedEndOn",
  o.frozen_end_on as "frozenEndOn", o.bom, o.routing, o.batch, o.sales_order as "salesOrder",
  o.sales_order_line as "salesOrderLine", o.project, o.text,
  o.over_percent_max::text as "overPercentMax", o.unit_cost::text as "unitCost",
  o.released_at as "releasedAt", o.closed_on as "closedOn", o.started_at as "startedAt",
  o.finished_at as "finishedAt", o.good::text as good, o.received::text as received,
  o.wip::text as wip, o.version, o.created_by as "createdBy", o.created_at as "createdAt"`;

/** An operation's columns in SQL, under their names here. */
export const OPERATION_COLUMNS = sql`p.number, p.kind, p.name, p.work_centre as "workCentre",
  p.setup_seconds as "setupSeconds", p.run_seconds::text as "runSeconds",
  p.base_quantity::text as "baseQuantity", p.machine_rate::text as "machineRate",
  p.labour_rate::text as "labourRate", p.supplier, p.supplier_warehouse as "supplierWarehouse",
  p.unit_price::text as "unitPrice", p.good::text as good, p.scrap::text as scrap,
  p.rework::text as rework, p.setup_done as "setupDone", p.run_done as "runDone",
  p.labour_done as "labourDone", p.down_done as "downDone", p.finals = 1 as "isFinal",
  p.shipped::text as shipped, p.cost::text as cost`;

/** A component's columns in SQL, under their names here. */
export const COMPONENT_COLUMNS = sql`c.number, c.operation, c.item, c.required::text as required,
  c.unit_cost::text as "unitCost", c.is_backflushed as "isBackflushed", c.issued::text as issued,
  c.issued_value::text as "issuedValue"`;
