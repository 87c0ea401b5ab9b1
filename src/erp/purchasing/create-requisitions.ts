import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, momentsOf, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { itemFacts } from '#erp/items';
import type { Item } from '#erp/items';
import { readLineTargets } from '#erp/inventory/targets';
import type { TargetProblem } from '#erp/ledger/reports';
import { newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { PurchasingProblemCode } from './errors.ts';
import type { RequisitionDraft, RequisitionLineDraft } from './requisition.ts';

type Created = { readonly id: string; readonly number: string };
type Line = RequisitionLineDraft & { readonly text: string; readonly unit: string };
type Decided = Omit<RequisitionDraft, 'lines'> & { readonly lines: readonly Line[] };

/** Writes requisitions down as drafts; `steerRequisitions` submits and approves them. */
export async function createRequisitions(
  tx: Handle,
  context: ErpContext,
  drafts: readonly RequisitionDraft[],
): Promise<readonly Result<Created, PurchasingProblemCode>[]> {
  const items = await itemFacts(
    tx,
    drafts.flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
  );
  const targetProblem = await readLineTargets(
    tx,
    { legalEntity: context.legalEntity, direction: 'input' },
    drafts.flatMap(({ lines }) => lines),
  );
  const decided = drafts.map((draft) => decideRequisition(items, targetProblem, draft));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const nowMs = millisecondsOf(context.clock());
  const numbers = await takeNumbersOn(
    tx,
    context.legalEntity,
    'RQ',
    good.map(({ issuedOn }) => issuedOn),
  );
  const created = good.map((requisition, at) => ({
    requisition,
    id: newId('rq', nowMs),
    number: numbers[at] ?? '',
  }));
  await write(tx, context, created);
  const next = created.values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number = '' } = next.next().value ?? {};
    return accept({ id, number });
  });
}

function decideRequisition(
  items: ReadonlyMap<string, Item>,
  targetProblem: TargetProblem,
  draft: RequisitionDraft,
): Result<Decided, PurchasingProblemCode> {
  if (draft.lines.length === 0) {
    return refuse('purchasing.empty-document', 'a requisition has a line', 'lines');
  }
  const lines: Line[] = [];
  for (const [at, line] of draft.lines.entries()) {
    const field = `lines.${at}`;
    const item = line.item === undefined ? undefined : items.get(line.item);
    const text = line.text ?? item?.name ?? '';
    const unit = line.unit ?? item?.baseUnit ?? 'C62';
    if (line.item !== undefined && item === undefined) {
      return refuse('purchasing.no-such-item', `there is no item ${line.item}`, `${field}.item`);
    }
    if (compareDecimals(line.quantity, decimal('0')) <= 0) {
      return refuse('purchasing.quantity-not-positive', 'a quantity is above zero', field);
    }
    if (compareDecimals(line.estimatedPrice ?? decimal('0'), decimal('0')) < 0) {
      return refuse('purchasing.bad-line', 'a price is not below zero', `${field}.estimatedPrice`);
    }
    const isCounted =
      item === undefined || unit === item.baseUnit || item.units.some((each) => each.unit === unit);
    if (text === '' || !isCounted) {
      const message = 'a line names an item, in a unit of it, or says what it is';
      return refuse('purchasing.bad-line', message, field);
    }
    const target = targetProblem(line);
    if (target !== undefined) {
      return refuse('purchasing.bad-line', target.message, `${field}.${target.field}`);
    }
    if (item === undefined && line.costCentre === undefined && line.project === undefined) {
      const message = 'what is no item is at the expense of a cost centre or a project';
      return refuse('purchasing.bad-line', message, `${field}.costCentre`);
    }
    lines.push({ ...line, text, unit });
  }
  return accept({ ...draft, lines });
}

async function write(
  tx: Handle,
  context: ErpContext,
  created: readonly (Created & { readonly requisition: Decided })[],
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const header = {
    id: 'text',
    legal_entity: 'text',
    number: 'text',
    requester: 'text',
    text: 'text',
    decision: 'text',
    issued_on: 'date',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const headers = created.map(({ id, number, requisition }) => ({
    id,
    legal_entity: legalEntity,
    number,
    requester: requisition.requester ?? by,
    text: requisition.text ?? '',
    decision: 'draft',
    issued_on: requisition.issuedOn,
    created_by: by,
    created_at: momentOf(requisition.issuedOn),
  }));
  await insertRows(tx, 'erp_purchasing.requisition', header, headers);
  const line = {
    requisition_id: 'text',
    number: 'integer',
    item: 'text',
    text: 'text',
    quantity: 'numeric',
    unit: 'text',
    needed_on: 'date',
    estimated_price: 'numeric',
    supplier: 'text',
    warehouse: 'text',
    account: 'text',
    cost_centre: 'text',
    project: 'text',
  } as const;
  const lines = created.flatMap(({ id, requisition }) =>
    requisition.lines.map((each, at) => ({
      requisition_id: id,
      number: (at + 1) * 10,
      item: each.item,
      text: each.text,
      quantity: each.quantity,
      unit: each.unit,
      needed_on: each.neededOn,
      estimated_price: each.estimatedPrice,
      supplier: each.supplier,
      warehouse: each.warehouse,
      account: each.account,
      cost_centre: each.costCentre,
      project: each.project,
    })),
  );
  await insertRows(tx, 'erp_purchasing.requisition_line', line, lines);
}
