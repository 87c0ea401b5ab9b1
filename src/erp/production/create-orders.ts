import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, linkDocuments, momentsOf, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { readProjects } from '#erp/company/projects';
import type { ProjectProblem } from '#erp/company/projects';
import { listWarehouses } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import type { Item } from '#erp/items';
import { newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';

type Code = ProductionProblemCode;
type Created = { readonly id: string; readonly number: string };

/** An order as it is asked for. */
export type WorkOrderDraft = {
  readonly item: string;
  readonly quantity: Decimal; // That is begun with, in the item's base unit.
  readonly warehouse: string; // Where materials come from and what is made goes to.
  readonly plannedStartOn: LocalDate;
  readonly plannedEndOn: LocalDate;
  readonly batch?: string;
  readonly salesOrder?: { readonly id: string; readonly number: string; readonly line: number };
  readonly project?: string;
  readonly text?: string;
  readonly overPercentMax?: Decimal; // That may be passed on beyond what was passed on before.
};

/** What is known when orders are decided. */
export type OrderFacts = {
  readonly legalEntity: string;
  readonly items: ReadonlyMap<string, Item>;
  readonly warehouses: ReadonlySet<string>; // Active ones of the legal entity.
  readonly projectProblem: ProjectProblem;
};

const ZERO = decimal('0');
const HUNDRED = decimal('100');

const ORDER = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  item: 'text',
  quantity: 'numeric',
  warehouse: 'text',
  decision: 'text',
  planned_start_on: 'date',
  planned_end_on: 'date',
  batch: 'text',
  sales_order: 'text',
  sales_order_line: 'integer',
  project: 'text',
  text: 'text',
  over_percent_max: 'numeric',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Plans orders. Nothing is reserved or frozen before they are released. */
export async function createWorkOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly WorkOrderDraft[],
): Promise<readonly Result<Created, Code>[]> {
  const { by, legalEntity } = context;
  const items = await itemFacts(
    tx,
    drafts.map(({ item }) => item),
  );
  const warehouses = await activeWarehouses(tx, legalEntity);
  const projectProblem = await readProjects(tx, legalEntity, drafts);
  const facts = { legalEntity, items, warehouses, projectProblem };
  const decided = drafts.map((draft) => decideWorkOrder(facts, draft));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const days = good.map(({ plannedStartOn }) => plannedStartOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'WO', days);
  const nowMs = millisecondsOf(context.clock());
  const momentOf = momentsOf(context);
  const made = good.map((draft, at) => ({
    draft,
    id: newId('wo', nowMs),
    number: numbers[at] ?? '',
  }));
  const values = made.map(({ draft, id, number }) => ({
    id,
    legal_entity: legalEntity,
    number,
    item: draft.item,
    quantity: draft.quantity,
    warehouse: draft.warehouse,
    decision: 'planned',
    planned_start_on: draft.plannedStartOn,
    planned_end_on: draft.plannedEndOn,
    batch: draft.batch,
    sales_order: draft.salesOrder?.id,
    sales_order_line: draft.salesOrder?.line,
    project: draft.project,
    text: draft.text ?? '',
    over_percent_max: draft.overPercentMax ?? '0',
    created_by: by,
    created_at: momentOf(draft.plannedStartOn),
  }));
  await insertRows(tx, 'erp_production.work_order', ORDER, values);
  const links = made.flatMap(({ draft: { salesOrder }, id, number }) =>
    salesOrder === undefined
      ? []
      : [
          {
            from: { kind: 'sales-order', id: salesOrder.id, number: salesOrder.number },
            to: { kind: 'work-order', id, number },
          },
        ],
  );
  await linkDocuments(tx, links);
  const created = made.values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number = '' } = created.next().value ?? {};
    return accept({ id, number });
  });
}

/** The ids of the warehouses of a legal entity that are in use. */
export async function activeWarehouses(
  handle: Handle,
  legalEntity: string,
): Promise<ReadonlySet<string>> {
  const all = await listWarehouses(handle, legalEntity);
  return new Set(all.filter(({ status }) => status === 'active').map(({ id }) => id));
}

/** Whether an order may be planned. Pure. */
export function decideWorkOrder(
  { items, warehouses, legalEntity, projectProblem }: OrderFacts,
  draft: WorkOrderDraft,
): Result<WorkOrderDraft, Code> {
  const item = items.get(draft.item);
  if (item?.legalEntity !== legalEntity) {
    return refuse('production.no-such-item', `there is no item ${draft.item}`, 'item');
  }
  if (item.kind === 'service' || item.status === 'inactive') {
    return refuse('production.bad-order', `${item.number} is not made`, 'item');
  }
  if (compareDecimals(draft.quantity, ZERO) <= 0) {
    return refuse('production.bad-quantity', 'a quantity is above zero', 'quantity');
  }
  if (!warehouses.has(draft.warehouse)) {
    const message = `there is no warehouse ${draft.warehouse}`;
    return refuse('production.bad-order', message, 'warehouse');
  }
  if (draft.plannedEndOn < draft.plannedStartOn) {
    return refuse('production.bad-order', 'it ends before it begins', 'plannedEndOn');
  }
  const wrong = projectProblem(draft.project);
  if (wrong !== undefined) return refuse('production.bad-order', wrong, 'project');
  const { overPercentMax = ZERO } = draft;
  const isShare =
    compareDecimals(overPercentMax, ZERO) >= 0 && compareDecimals(overPercentMax, HUNDRED) <= 0;
  return isShare
    ? accept(draft)
    : refuse('production.bad-order', 'a tolerance is 0 to 100 percent', 'overPercentMax');
}
