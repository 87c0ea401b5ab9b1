import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { addDecimals, compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { afterConfirmation, afterIssue, allowedAt } from './order-progress.ts';
import type { ConfirmationRow, CostLine, DecidedPosting, StockLine } from './posting.ts';
import type { ProductionFacts } from './production-facts.ts';
import type { Posting, PostingLine } from './read-postings.ts';
import { statusOf } from './work-order.ts';
import type { Operation, WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** A posting that is to be taken back. */
export type PostingReversal = {
  readonly id: string;
  readonly on: LocalDate;
  readonly reason?: string;
};

const ZERO = decimal('0');

/**
 * Decides the taking back of a posting. What later steps stand on stays until they are taken back
 * themselves. Taking back a settlement opens its order again.
 */
export function decideReversal(
  facts: ProductionFacts,
  postings: ReadonlyMap<string, Posting>,
  wish: PostingReversal,
): Result<DecidedPosting, Code> {
  const posting = postings.get(wish.id);
  const order = facts.orders.get(posting?.order ?? '');
  if (posting === undefined || order?.legalEntity !== facts.legalEntity) {
    return refuse('production.no-such-posting', `there is no posting ${wish.id}`, 'id');
  }
  if (posting.kind === 'reversal' || posting.reversedBy !== null) {
    return refuse('production.already-reversed', `${posting.number} has been taken back`, 'id');
  }
  const isSettlement = posting.kind === 'settlement';
  if (order.decision !== (isSettlement ? 'closed' : 'released')) {
    const message = `${order.number} is ${statusOf(order)}`;
    return refuse('production.not-in-this-state', message);
  }
  const after = afterReversal(order, posting);
  const problem = laterProblem(after, posting);
  if (problem !== undefined) return problem;
  facts.orders.set(order.id, after);
  const { confirmation, shipment } = posting;
  return accept({
    kind: 'reversal',
    order,
    postedOn: wish.on,
    reason: wish.reason ?? null,
    reverses: posting.id,
    ...(confirmation === null ? {} : { confirmation: negated(confirmation) }),
    ...(shipment === null
      ? {}
      : { shipment: { ...shipment, quantity: negateDecimal(shipment.quantity) } }),
    ...(posting.goodsReceipt === null ? {} : { goodsReceipt: posting.goodsReceipt }),
    ...(posting.stockDocument === null ? {} : { stockDocument: posting.stockDocument }),
    stock: posting.lines.flatMap(stockBack),
    costs: posting.lines.flatMap(costBack),
  });
}

function afterReversal(order: WorkOrder, posting: Posting): WorkOrder {
  const { confirmation, shipment, lines } = posting;
  let after: WorkOrder = { ...order, decision: 'released' };
  if (confirmation !== null) after = afterConfirmation(after, negated(confirmation));
  if (shipment !== null) {
    const operations = after.operations.map(
      (each): Operation =>
        each.number === shipment.operation
          ? { ...each, shipped: addDecimals(each.shipped, negateDecimal(shipment.quantity)) }
          : each,
    );
    after = { ...after, operations };
  }
  for (const { kind, component, quantity } of lines) {
    if (quantity === null) continue;
    const back = negateDecimal(quantity);
    if (kind === 'product') after = { ...after, received: addDecimals(after.received, back) };
    if (kind === 'material') after = afterIssue(after, component ?? 0, back);
  }
  return after;
}

/** Whether something later stands on what would be taken back. */
function laterProblem(after: WorkOrder, { number }: Posting): Refusal<Code> | undefined {
  const later = (what: string): Refusal<Code> =>
    refuse('production.later-steps-exist', `${what} stands on ${number}: take that back first`);
  if (compareDecimals(after.received, after.good) > 0) return later('a receipt');
  const isOpen = after.operations.every((operation) => {
    const processed = addDecimals(operation.good, operation.scrap);
    const most = operation.kind === 'outside' ? operation.shipped : processed;
    const { passed } = allowedAt(after, operation);
    return compareDecimals(processed, most) <= 0 && compareDecimals(most, passed) <= 0;
  });
  if (!isOpen) return later('a later operation');
  const isThere = after.components.every(({ issued }) => compareDecimals(issued, ZERO) >= 0);
  return isThere ? undefined : later('a return of material');
}

const negated = (row: ConfirmationRow): ConfirmationRow => ({
  ...row,
  good: negateDecimal(row.good),
  scrap: negateDecimal(row.scrap),
  rework: negateDecimal(row.rework),
  setupSeconds: 0 - row.setupSeconds,
  runSeconds: 0 - row.runSeconds,
  labourSeconds: 0 - row.labourSeconds,
  downSeconds: 0 - row.downSeconds,
  finals: 0 - row.finals,
});

function stockBack(line: PostingLine): readonly StockLine[] {
  const { kind, item, quantity, movement } = line;
  const isStock = kind === 'material' || kind === 'product' || kind === 'by-product';
  if (!isStock || item === null || quantity === null || movement === null) return [];
  const { operation, component, warehouse, location, batch } = line;
  return [
    {
      kind,
      operation,
      component,
      item,
      quantity: negateDecimal(quantity),
      warehouse: warehouse ?? '',
      location: location ?? '',
      batch: batch ?? '',
      stock: { movement },
    },
  ];
}

function costBack({ kind, operation, amount, costCentre }: PostingLine): readonly CostLine[] {
  if (kind === 'material' || kind === 'product' || kind === 'by-product') return [];
  return [{ kind, operation, amount: negateDecimal(amount), costCentre }];
}
